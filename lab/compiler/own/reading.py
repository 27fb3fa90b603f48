"""Read a customer's configuration as a BgpRouter: the reverse of the templates of `compiler/frr`.

What has no value there is unforeseen: FRR does it, but nobody can predict it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

from lab.compiler.own.bfd import strange_peers, with_intervals
from lab.compiler.own.neighbors import USUAL_TIMERS, Spoken, read_neighbor, spoken
from lab.compiler.own.placeholders import Line
from lab.compiler.own.policy import community_lists, prefix_lists, route_maps
from lab.compiler.own.statements import Statement
from lab.model.ip import Address
from lab.model.own_router import Unforeseen
from lab.model.router import BgpRouter, Network, Sharing

_MOST_PATHS = 64
"""Paths that FRR shares traffic over if a configuration does not limit them. More than any router of a lab has."""
_NEEDED = {
    ("bgp", "bestpath", "compare-routerid"): "of two equal routes FRR keeps the older one, and predictions know no age",
    ("bgp", "deterministic-med"): "what FRR chooses by MED depends on the order in which routes arrive",
}
"""Statements without which the choice of a router depends on what it heard first, and the reason."""
_WITHOUT_EFFECT = (
    ("bgp", "router-id"),
    ("bgp", "log-neighbor-changes"),
    ("no", "bgp", "default", "ipv4-unicast"),
    ("no", "bgp", "ebgp-requires-policy"),
    ("no", "bgp", "network", "import-check"),
    ("bgp", "graceful-restart-disable"),
    ("bgp", "deterministic-med"),
    ("bgp", "bestpath", "compare-routerid"),
    ("bgp", "bestpath", "as-path", "multipath-relax"),
    ("bgp", "minimum-holdtime"),
    ("bgp", "fast-convergence"),
    ("coalesce-time",),
    ("maximum-paths",),
    ("network",),
    ("redistribute", "kernel", "route-map"),
)
"""Statements that are read elsewhere, or that change no route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A configuration as values.

    - `told`: its neighbors as written. `bgp`: the line of `router bgp`, 1 if there is none
    - `activates_none`: a neighbor is active for IPv4 only if the configuration says so
    """

    router: BgpRouter
    told: Mapping[Address, Spoken]
    unforeseen: tuple[Unforeseen, ...]
    bgp: int
    activates_none: bool


def read_router(statements: Sequence[Statement], lines: Sequence[Line], ours: BgpRouter, file: str) -> Read:
    """A configuration as values. `ours`: the router that the lab would write, for what the configuration leaves out."""
    unread: list[Statement] = []
    head = next((each for each in statements if each.words[:2] == ("router", "bgp")), Statement(number=1, words=()))
    inside = [each for each in statements if each.blocks and each.blocks[0][:2] == ("router", "bgp")]
    ipv4 = [each for each in inside if len(each.blocks) < 2 or each.blocks[1] in _IPV4]
    unread += [each for each in inside if each not in ipv4 and not each.words[0].startswith("exit")]
    told = {each.address: each for each in spoken(ipv4, unread)}
    asn = int(head.words[2]) if len(head.words) == 3 and head.words[2].isdigit() else 0
    timers = next((_timers(each.words) for each in ipv4 if each.words[:2] == ("timers", "bgp")), USUAL_TIMERS)
    known = {line.far: line for line in lines}
    router = replace(
        ours,
        asn=asn,
        router_id=_router_id(ipv4, ours.router_id),
        neighbors=tuple(
            with_intervals(read_neighbor(each, known[each.address], asn, timers, unread), statements, unread)
            for each in told.values()
            if each.address in known
        ),
        networks=tuple(_networks(ipv4, unread)),
        kernel_routes=next((each.words[3] for each in ipv4 if each.words[:3] == ("redistribute", "kernel", "route-map")), None),
        prefix_lists=prefix_lists(statements, unread),
        community_lists=community_lists(statements, unread),
        route_maps=route_maps(statements, unread),
        sharing=_sharing(ipv4, unread),
        fast_convergence=any(each.words == ("bgp", "fast-convergence") for each in ipv4),
        minimum_hold=None,
    )
    unread += [each for each in ipv4 if each.words[0] not in {"neighbor", "exit"} and not _is_known(each)]
    unread += [each for each in statements if each.words[:2] in {("frr", "defaults"), ("ipv6", "prefix-list")} and each.words not in _PLAIN]
    unread += strange_peers(statements, [each.address for each in router.neighbors if each.bfd])
    return Read(
        router=router,
        told=told,
        unforeseen=(*_lacking(head, ipv4, router, file), *_unforeseen(unread, file)),
        bgp=head.number,
        activates_none=any(each.words == ("no", "bgp", "default", "ipv4-unicast") for each in ipv4),
    )


_IPV4 = {("address-family", "ipv4"), ("address-family", "ipv4", "unicast")}
_PLAIN = {("frr", "defaults", "traditional")}


def _is_known(statement: Statement) -> bool:
    words = statement.words
    if words[0] == "address-family":
        return words in _IPV4
    if words[:2] == ("timers", "bgp"):
        return len(words) == 4
    return words[:2] == ("no", "neighbor") or any(words[: len(each)] == each for each in _WITHOUT_EFFECT)


def _unforeseen(unread: Sequence[Statement], file: str) -> Iterator[Unforeseen]:
    for each in sorted(dict.fromkeys(unread), key=lambda each: each.number):
        yield Unforeseen(place=f"{file}:{each.number}", why=f"predictions do not understand {' '.join(each.words)!r}")


def _lacking(head: Statement, inside: Sequence[Statement], router: BgpRouter, file: str) -> Iterator[Unforeseen]:
    """What makes a router unpredictable because its configuration does not say it."""
    place, said = f"{file}:{head.number}", {each.words for each in inside}
    for words, why in _NEEDED.items():
        if words not in said:
            yield Unforeseen(place=place, why=f"without '{' '.join(words)}' {why}")
    if router.networks and ("no", "bgp", "network", "import-check") not in said:
        yield Unforeseen(place=place, why="without 'no bgp network import-check' FRR announces a network only while it has a route to it")
    open_ = ("no", "bgp", "ebgp-requires-policy") in said
    for each in router.neighbors:
        if not open_ and each.remote_as != router.asn and None in {each.map_in, each.map_out}:
            why = f"FRR passes no route to or from {each.address} without a route-map in that direction"
            yield Unforeseen(place=place, why=f"without 'no bgp ebgp-requires-policy' {why}")


def _timers(words: tuple[str, ...]) -> tuple[int, int]:
    return (int(words[2]), int(words[3])) if len(words) == 4 and words[2].isdigit() and words[3].isdigit() else USUAL_TIMERS


def _router_id(inside: Sequence[Statement], usual: Address) -> Address:
    for each in inside:
        if each.words[:2] == ("bgp", "router-id") and len(each.words) == 3:
            try:
                return IPv4Address(each.words[2])
            except ValueError:
                return usual
    return usual


def _networks(inside: Sequence[Statement], unread: list[Statement]) -> Iterator[Network]:
    for each in (each for each in inside if each.words[0] == "network"):
        try:
            match each.words:
                case ("network", prefix):
                    yield Network(prefix=IPv4Network(prefix))
                case ("network", prefix, "route-map", name):
                    yield Network(prefix=IPv4Network(prefix), route_map=name)
                case _:
                    unread.append(each)
        except ValueError:
            unread.append(each)


def _sharing(inside: Sequence[Statement], unread: list[Statement]) -> Sharing:
    """The paths over which the router shares traffic. Adds a statement to `unread` if eBGP and iBGP differ."""
    paths = {"ebgp": _MOST_PATHS, "ibgp": _MOST_PATHS}
    last = None
    for each in inside:
        match each.words:
            case ("maximum-paths", number) if number.isdigit():
                paths["ebgp"], last = int(number), each
            case ("maximum-paths", "ibgp", number) if number.isdigit():
                paths["ibgp"], last = int(number), each
            case ("maximum-paths", *_):
                unread.append(each)
    if last and paths["ebgp"] != paths["ibgp"]:
        unread.append(last)
    relaxed = any(each.words[:4] == ("bgp", "bestpath", "as-path", "multipath-relax") for each in inside)
    return Sharing(paths=paths["ebgp"], across_ases=relaxed)
