"""Junos 23 (SRX): policies, communities and proposals in its words, as `set` commands."""

from collections.abc import Iterator

from lab.export import suites
from lab.export.box import Box, Far
from lab.export.suites import esp
from lab.model.router import (
    BgpRouter,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Match,
    PreferGlobal,
    Prepend,
    RouteMapEntry,
    Set,
    SetCommunities,
    SetMed,
    SetOrigin,
    SetPreference,
    SetWeight,
)
from lab.model.tunnel_options import TunnelOptions

_NEXT_HOP = "NEXT-HOP-SELF"
_HASHES = {1: "hmac-sha1-96", 256: "hmac-sha-256-128", 384: "hmac-sha-384", 512: "hmac-sha-512"}


def _prefixes(router: BgpRouter) -> Iterator[str]:
    for listed in router.prefix_lists:
        yield from (f"set policy-options prefix-list {listed.name} {prefix}" for prefix in listed.prefixes)


def _communities(router: BgpRouter) -> Iterator[str]:
    """Named communities: one for each list, and one for each value that a route-map sets."""
    for listed in router.community_lists:
        members = f"{'large:' if listed.large else ''}{listed.value}{'*' if listed.beginning else ''}"
        yield f"set policy-options community {listed.name} members {members}"
    changes = [change for entry in router.route_maps for change in entry.set if isinstance(change, SetCommunities)]
    for values, large in dict.fromkeys((change.values, change.large) for change in changes):
        members = " ".join(f"{'large:' if large else ''}{value}" for value in values)
        yield f"set policy-options community {_named(values)} members [ {members} ]"


def _named(values: tuple[str, ...]) -> str:
    return "SET-" + "-".join(value.replace(":", "-") for value in values)


def _policies(router: BgpRouter) -> Iterator[str]:
    """Each route-map as a policy. A route that no term takes is rejected, as FRR does."""
    longer = {listed.name for listed in router.prefix_lists if listed.longer}
    for name in dict.fromkeys(entry.name for entry in router.route_maps):
        entries = sorted((entry for entry in router.route_maps if entry.name == name), key=lambda entry: entry.seq)
        yield from (line for entry in entries for line in _term(entry, longer))
        yield f"set policy-options policy-statement {name} term last then reject"
    if any(each.next_hop_self for each in router.neighbors):
        yield f"set policy-options policy-statement {_NEXT_HOP} then next-hop self"


def _term(entry: RouteMapEntry, longer: set[str]) -> Iterator[str]:
    term = f"set policy-options policy-statement {entry.name} term {entry.seq}"
    yield from (f"{term} from {_from(each, longer)}" for each in entry.match)
    yield from (f"{term} then {words}" for each in entry.set if (words := _then(each)))
    yield f"{term} then {'accept' if entry.permit else 'reject'}"


def _from(condition: Match, longer: set[str]) -> str:
    match condition:
        case HasCommunity(list=name):
            return f"community {name}"
        case InPrefixes(list=name):
            return f"prefix-list-filter {name} {'orlonger' if name in longer else 'exact'}"


def _then(change: Set) -> str | None:  # noqa: PLR0911 - one for each kind of change
    match change:
        case SetPreference(value=value):
            return f"local-preference {value}"
        case SetMed(value=value):
            return f"metric {value}"
        case SetOrigin(value=origin):
            return f"origin {origin.value}"
        case Prepend(asns=asns):
            return f'as-path-prepend "{" ".join(map(str, asns))}"'
        case SetCommunities(values=values, added=added):
            return f"community {'add' if added else 'set'} {_named(values)}"
        case DropCommunities(list=name):
            return f"community delete {name}"
        case SetWeight() | PreferGlobal():
            return None


def _export(far: Far) -> str:
    """The policies towards a neighbor."""
    names = [*([_NEXT_HOP] if far.neighbor.next_hop_self else []), *([far.neighbor.map_out] if far.neighbor.map_out else [])]
    return " ".join(names)


def _ipsec(options: TunnelOptions) -> tuple[str, ...]:
    suite = esp(options)
    if not suite.sha:
        return (f"encryption-algorithm aes-{suite.bits}-gcm",)
    return (f"encryption-algorithm aes-{suite.bits}-cbc", f"authentication-algorithm {_HASHES[suite.sha]}")


WORDS = {
    "prefixes": _prefixes,
    "communities": _communities,
    "policies": _policies,
    "export": _export,
    "ipsec": _ipsec,
    "aws": suites,
}
"""What the template calls."""


def left_out(box: Box) -> tuple[str, ...]:
    """What the file does not say, in sentences."""
    router = box.router
    originates = [str(network.prefix) for network in router.networks]
    return (
        "The other interfaces, users, logging, security zones and their policies.",
        "BGP's keepalive interval: Junos has a third of the hold time. Its shortest hold time is 3 s.",
        *((f"What the router itself originates: {', '.join(originates)}.",) if originates else ()),
        *(("The weight of static VPN routes: Junos has none, and prefers static routes.",) if router.kernel_routes else ()),
        *(("The export of static VPN routes to the core router.",) if router.kernel_routes else ()),
        *(("The MTU of ports: raise it wherever a unit has an mtu.",) if any(port.is_jumbo for port in box.ports) else ()),
        *(("The NAT box before this router.",) if any(pipe.tunnel.customer.behind_nat for pipe in box.pipes) else ()),
    )
