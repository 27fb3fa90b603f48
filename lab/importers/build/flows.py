"""Choose flows, if the user names none: from each site to each VPC that AWS connects it with."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from itertools import count

from lab.importers.account import Association, Vpc
from lab.importers.build.chosen import Chosen
from lab.importers.build.names import LONGEST
from lab.importers.build.placing import Placed
from lab.model.topology import FlowIntent

MOST = 40
"""With more pairs of site and VPC, each site gets one flow for each of its gateways. Every check measures every flow."""


def chosen_flows(chosen: Chosen, sites: Sequence[Placed], names: dict[str, str]) -> tuple[FlowIntent, ...]:
    """A flow for each pair of a site and a VPC that reach each other. If these are too many: for each site, one to each gateway."""
    pairs = [(site.site.name, gateway, vpc) for site in sites for gateway, vpc in _reached(chosen, site)]
    if len({(site, vpc) for site, _, vpc in pairs}) > MOST:
        pairs = list({(site, gateway): (site, gateway, vpc) for site, gateway, vpc in reversed(pairs)}.values())[::-1]
    ends = dict.fromkeys((site, names[vpc]) for site, _, vpc in pairs)
    return tuple(FlowIntent(name=name, source=site, target=vpc) for name, (site, vpc) in zip(_names(ends), ends, strict=True))


def _reached(chosen: Chosen, placed: Placed) -> Iterator[tuple[str, str]]:
    """The gateways that a site reaches, each with one VPC. Sorted by the ids."""
    vpcs = {vpc.id: vpc for vpc in chosen.vpcs}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for gateway, heard in _branches(chosen, placed):
        for each in chosen.gateways:
            if each.id == gateway:
                found[gateway].update(vpc for vpc in each.vpcs if _hears(heard, vpcs[vpc]))
    for gateway in sorted(found):
        for vpc in sorted(found[gateway]):
            yield gateway, vpc


def _branches(chosen: Chosen, placed: Placed) -> Iterator[tuple[str, tuple[IPv4Network, ...]]]:
    """The gateways that a site reaches, also over peerings, and the prefixes that it learns there. () is everything."""
    home = placed.site.prefixes[0]
    for gateway, heard in list(_direct(chosen, placed)):
        yield gateway, heard
        yield from _peered(chosen, gateway, heard, home)


def _peered(
    chosen: Chosen, gateway: str, heard: tuple[IPv4Network, ...], home: IPv4Network
) -> Iterator[tuple[str, tuple[IPv4Network, ...]]]:
    """The gateways behind a peering, and what the site reaches there: static routes must lead both there and back."""
    static = {each.id: each.static_routes for each in chosen.gateways}
    for peering in chosen.peerings:
        if gateway in peering.between:
            peer = next(end for end in peering.between if end != gateway)
            there = tuple(prefix for end, prefix in static[gateway] if end == peering.id)
            back = any(end == peering.id and home.subnet_of(prefix) for end, prefix in static[peer])
            told = tuple(prefix for prefix in there if not heard or any(prefix.subnet_of(each) for each in heard))
            if back and told:
                yield peer, told


def _direct(chosen: Chosen, placed: Placed) -> Iterator[tuple[str, tuple[IPv4Network, ...]]]:
    """The gateways to which a site has a connection of its own, and the prefixes that it learns there. () is everything."""
    ends = {end for edge in placed.site.edges for end in edge.ends}
    home = placed.site.prefixes[0]
    for vpn in chosen.vpn_connections:
        if vpn.customer_gateway in ends and (not vpn.is_static or any(route.overlaps(home) for route in vpn.static_routes)):
            yield vpn.gateway, ()
    for vif in chosen.virtual_interfaces:
        if vif.connection in ends:
            yield vif.gateway, ()
            yield from ((each.gateway, _allowed(each)) for each in chosen.associations if each.dx_gateway == vif.gateway)


def _allowed(each: Association) -> tuple[IPv4Network, ...]:
    return each.allowed_prefixes


def _hears(heard: tuple[IPv4Network, ...], vpc: Vpc) -> bool:
    return not heard or any(prefix.overlaps(vpc.cidrs[0]) for prefix in heard)


def _names(ends: dict[tuple[str, str], None]) -> Iterator[str]:
    """A name for each flow: its two ends. One that is too long is cut, and gets a number."""
    used: set[str] = set()
    for site, vpc in ends:
        name = f"{site}-{vpc}"
        if len(name) > LONGEST or name in used:
            stem = name[: LONGEST - 4].rstrip("-")
            name = next(each for number in count(1) if (each := f"{stem}-{number}") not in used)
        used.add(name)
        yield name
