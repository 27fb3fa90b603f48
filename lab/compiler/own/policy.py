"""Read lists and route-maps of a customer's configuration: the reverse of `compiler/frr/words`."""

from collections.abc import Sequence
from ipaddress import IPv4Network

from lab.compiler.own.statements import Statement
from lab.model.ip import Prefix
from lab.model.router import (
    CommunityList,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Match,
    Origin,
    PrefixList,
    Prepend,
    RouteMapEntry,
    Set,
    SetCommunities,
    SetMed,
    SetOrigin,
    SetPreference,
    SetWeight,
)

_EVERYTHING = ("any",)


def prefix_lists(statements: Sequence[Statement], unread: list[Statement]) -> tuple[PrefixList, ...]:
    """The lists that only permit prefixes, all of them exactly, or all with their longer ones. The others are added to `unread`."""
    found: dict[str, dict[bool, list[Prefix]]] = {}
    for each in (each for each in statements if each.words[:2] == ("ip", "prefix-list")):
        entry = _entry(each.words[2:])
        known = found.setdefault(each.words[2] if len(each.words) > 2 else "", {})
        if entry is None or (known and entry[1] not in known):
            unread.append(each)
        else:
            known.setdefault(entry[1], []).append(entry[0])
    return tuple(
        PrefixList(name=name, prefixes=tuple(prefixes), longer=longer)
        for name, kinds in found.items()
        for longer, prefixes in kinds.items()
    )


def _entry(words: tuple[str, ...]) -> tuple[Prefix, bool] | None:
    """The prefix that an entry permits, and whether also longer ones. None if it says anything else."""
    match words:
        case (_, "seq", _, *rest) | (_, *rest):
            pass
        case _:
            return None
    match rest:
        case ["permit", "any"]:
            return IPv4Network("0.0.0.0/0"), True
        case ["permit", prefix] | ["permit", prefix, "le", "32"]:
            try:
                return IPv4Network(prefix), len(rest) > 2
            except ValueError:
                return None
    return None


def community_lists(statements: Sequence[Statement], unread: list[Statement]) -> tuple[CommunityList, ...]:
    """The lists that permit one community, or all that begin alike. The others are added to `unread`."""
    found: dict[tuple[str, bool], CommunityList] = {}
    for each in statements:
        match each.words:
            case ("bgp", "community-list" | "large-community-list" as kind, "standard", name, "permit", value):
                listed = CommunityList(name=name, value=value, large=kind.startswith("large"))
            case ("bgp", "community-list" | "large-community-list" as kind, "expanded", name, "permit", value) if _is_beginning(value):
                listed = CommunityList(name=name, value=value[1:], large=kind.startswith("large"), beginning=True)
            case ("bgp", "community-list" | "large-community-list" | "extcommunity-list" | "as-path", *_):
                unread.append(each)
                continue
            case _:
                continue
        if found.setdefault((listed.name, listed.large), listed) != listed:
            unread.append(each)
    return tuple(found.values())


def _is_beginning(value: str) -> bool:
    return value.startswith("^") and set(value[1:]) <= set("0123456789:")


def route_maps(statements: Sequence[Statement], unread: list[Statement]) -> tuple[RouteMapEntry, ...]:
    """All entries of route-maps. Statements in them that have no value are added to `unread`."""
    found: dict[tuple[str, ...], RouteMapEntry] = {}
    for each in statements:
        head = each.blocks[0] if each.blocks else each.words
        match head:
            case ("route-map", name, "permit" | "deny" as verdict, seq) if seq.isdigit():
                entry = found.setdefault((name, seq), RouteMapEntry(name=name, seq=int(seq), permit=verdict == "permit"))
                changed = entry if not each.blocks else _read(entry, each.words)
                if changed is None:
                    unread.append(each)
                else:
                    found[name, seq] = changed
            case ("route-map", *_):
                unread.append(each)
    return tuple(found.values())


def _read(entry: RouteMapEntry, words: tuple[str, ...]) -> RouteMapEntry | None:
    """The entry with one more statement. None if the statement has no value."""
    if words[0] == "description":
        return entry
    condition, change = _match(words), _set(words)
    if condition is not None and not any(type(each) is type(condition) for each in entry.match):
        return _with(entry, match=(*entry.match, condition))
    if condition is not None and condition not in entry.match and isinstance(condition, HasCommunity | InPrefixes):
        return None  # FRR would replace the condition
    if change is not None and not any(_same_kind(each, change) for each in entry.set):
        return _with(entry, set_=(*entry.set, change))
    return None


def _with(entry: RouteMapEntry, *, match: tuple[Match, ...] | None = None, set_: tuple[Set, ...] | None = None) -> RouteMapEntry:
    return RouteMapEntry(
        name=entry.name,
        seq=entry.seq,
        permit=entry.permit,
        match=entry.match if match is None else match,
        set=entry.set if set_ is None else set_,
    )


def _same_kind(one: Set, other: Set) -> bool:
    return type(one) is type(other) and getattr(one, "large", None) == getattr(other, "large", None)


def _match(words: tuple[str, ...]) -> Match | None:
    match words:
        case ("match", "ip", "address", "prefix-list", name):
            return InPrefixes(list=name)
        case ("match", "community" | "large-community" as kind, name):
            return HasCommunity(list=name, large=kind.startswith("large"))
    return None


def _set(words: tuple[str, ...]) -> Set | None:  # noqa: PLR0911 - one for each kind of change
    match words:
        case ("set", "local-preference", value) if value.isdigit():
            return SetPreference(value=int(value))
        case ("set", "weight", value) if value.isdigit():
            return SetWeight(value=int(value))
        case ("set", "metric", value) if value.isdigit():
            return SetMed(value=int(value))
        case ("set", "origin", value) if value in {each.value for each in Origin}:
            return SetOrigin(value=Origin(value))
        case ("set", "community" | "large-community" as kind, *values) if values and all(":" in each for each in values[:-1]):
            added = values[-1] == "additive"
            told = tuple(values[:-1] if added else values)
            return SetCommunities(values=told, large=kind.startswith("large"), added=added) if all(":" in each for each in told) else None
        case ("set", "comm-list" | "large-comm-list" as kind, name, "delete"):
            return DropCommunities(list=name, large=kind.startswith("large"))
        case ("set", "as-path", "prepend", *asns) if asns and all(each.isdigit() for each in asns):
            return Prepend(asns=tuple(map(int, asns)))
    return None
