"""IPv6: a second network on the same nodes and cables. It is compiled as a network of its own, and then joined with that of IPv4.

Law: a network without IPv6 is compiled to the same bytes as if this module did not exist.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Interface, IPv6Network, ip_interface

from lab.compiler.blueprint import Blueprint, VifSite
from lab.compiler.cabling import CIRCUITS, INSIDE, WANS, Pair
from lab.model.bgp import Outlet
from lab.model.hosts import SITE_RESERVED, VPC_RESERVED, host_address, host_subnet
from lab.model.ip import AddressWithLength, Prefix
from lab.model.ipv6 import has_ipv6, ipv6_side
from lab.model.plan import GATEWAY_ROLES, Interface, Role, Target
from lab.model.router import BgpRouter, InPrefixes, Match, Neighbor, PreferGlobal, RouteMapEntry
from lab.model.topology import VirtualInterface

INSIDE_IPV6 = IPv6Network("3fff:fab:64::/64")
"""For links inside data centres, between them, and inside AWS: a /127 each (RFC 6164), from a range for documentation (RFC 9637)."""
CIRCUITS_IPV6 = IPv6Network("3fff:fab:65::/64")
"""For virtual interfaces. AWS assigns a /125 to each IPv6 session (BGP peers, D23)."""

WANS_IPV6 = IPv6Network("3fff:fab:66::/64")
"""For the lines of sites to the WANs of providers."""

_ANYTHING = "ANY-IN"
"""The route-map for neighbors from which everything is accepted."""
_SUFFIX = "-IPV6"
"""Route-maps have one name space for both families, so those of IPv6 have this at their end. Prefix lists have two."""


def ipv6_blueprint(blueprint: Blueprint) -> Blueprint | None:
    """The IPv6 side of a laid out network: the same nodes and cables with IPv6 addresses. None if it has no IPv6."""
    if not has_ipv6(blueprint.topology):
        return None
    topology = ipv6_side(blueprint.topology)
    sites = {site.name for site in topology.data_centers}
    edges = {edge for site in topology.data_centers for edge in site.edges}
    vifs = {vif.name: vif for vif in topology.virtual_interfaces}
    used = [_vif(site, vifs[site.vif.name]) for site in blueprint.vifs if site.vif.name in vifs and site.connection.edge in edges]
    devices = {site.device for site in used}
    linked = {site.device for site in used if site.vif.sitelink}
    return Blueprint(
        topology=topology,
        circuits=blueprint.circuits,
        places=blueprint.places,
        hosts=dict(_hosts(blueprint, topology_prefixes(blueprint))),
        core_edge={edge: _inside(pair) for edge, pair in blueprint.core_edge.items() if edge in edges},
        interconnects={place: _beside(end) for place, end in blueprint.interconnects.items() if place[1] in sites},
        vifs=used,
        device_core={ends: _inside(pair) for ends, pair in blueprint.device_core.items() if ends[0] in devices},
        sitelinks={ends: _inside(pair) for ends, pair in blueprint.sitelinks.items() if linked.issuperset(ends)},
    )


def topology_prefixes(blueprint: Blueprint) -> dict[str, tuple[Prefix, int]]:
    """For each site and VPC with IPv6: the prefix in which its host is, and how many addresses there are reserved."""
    found: dict[str, tuple[Prefix, int]] = {}
    for site in blueprint.topology.data_centers:
        if site.ipv6_prefixes:
            found[site.name] = (site.ipv6_prefixes[0], SITE_RESERVED)
    for vpc in blueprint.topology.vpcs:
        if vpc.ipv6_cidr:
            found[vpc.name] = (vpc.ipv6_cidr, VPC_RESERVED)
    return found


def has_ipv6_bgp(ipv6: Blueprint, node: str) -> bool:
    """Whether a node is a router with IPv6."""
    place = ipv6.places[node]
    match place.role:
        case Role.CORE:
            return place.where in ipv6.centers
        case Role.EDGE | Role.CUSTOMER_GATEWAY:
            return node in ipv6.core_edge
        case Role.DX_DEVICE:
            return any(site.device == node for site in ipv6.vifs)
        case role if role in GATEWAY_ROLES:
            return bool(ipv6.gateway(node).vpcs) or any(name == node for _, name in ipv6.device_core)
        case _:
            return False


def with_ipv6(router: BgpRouter, ipv6: BgpRouter) -> BgpRouter:
    """One router from its IPv4 and its IPv6. What routers have once, such as their lists of communities, is the same in both."""
    heard = {f"{each.map_in or _ANYTHING}{_SUFFIX}" for each in ipv6.neighbors}
    anything = (RouteMapEntry(name=_ANYTHING, seq=10),) if any(each.map_in is None for each in ipv6.neighbors) else ()
    return replace(
        router,
        neighbors=(*router.neighbors, *map(_renamed_maps, ipv6.neighbors)),
        networks=(*router.networks, *(replace(each, route_map=each.route_map and each.route_map + _SUFFIX) for each in ipv6.networks)),
        prefix_lists=(*router.prefix_lists, *ipv6.prefix_lists),
        route_maps=(*router.route_maps, *(_renamed(each, heard) for each in (*ipv6.route_maps, *anything))),
        ipv6_sharing=ipv6.sharing,
    )


def addresses_of(ipv6: Blueprint) -> dict[tuple[str, str], IPv6Interface]:
    """The IPv6 address of each interface that has one, by its MAC address and its name."""
    pairs = [*ipv6.hosts.values(), *ipv6.core_edge.values(), *ipv6.device_core.values(), *ipv6.sitelinks.values()]
    ends = [
        *ipv6.interconnects.values(),
        *(end for pair in pairs for end in (pair.a, pair.b)),
        *(end for site in ipv6.vifs for end in (site.customer, site.aws)),
    ]
    return {(each.mac, each.name): each.address for each in ends if isinstance(each.address, IPv6Interface)}


def joined_targets(targets: Iterable[Target], of_ipv6: Iterable[Target], vifs: Iterable[VirtualInterface]) -> Iterator[Target]:
    """All targets, with the sessions of both families. A virtual interface with both is also two targets, one for each family."""
    second = {target.name: target for target in of_ipv6}
    dual = {vif.name for vif in vifs}
    for target in targets:
        more = second.get(target.name)
        if more is None:
            yield target
            continue
        outlets = tuple(_renamed_outlet(each) for each in more.outlets)
        yield replace(
            target,
            sessions=(*target.sessions, *more.sessions),
            outlets=(*target.outlets, *outlets),
            legs=(*target.legs, *more.legs),
        )
        if target.name in dual and target.what == more.what == "virtual interface":
            what = "BGP session of a virtual interface"
            yield replace(target, name=f"{target.name}-ipv4", what=what)
            yield replace(target, name=f"{target.name}-ipv6", what=what, sessions=more.sessions, outlets=outlets)


def _hosts(blueprint: Blueprint, prefixes: dict[str, tuple[Prefix, int]]) -> Iterator[tuple[str, Pair]]:
    for name, (prefix, reserved) in prefixes.items():
        if name in blueprint.hosts:
            subnet = host_subnet(prefix)
            host, router = (ip_interface((each, subnet.prefixlen)) for each in (host_address(prefix, reserved=reserved), subnet[1]))
            yield name, _addressed(blueprint.hosts[name], host, router)


def _inside(pair: Pair) -> Pair:
    return Pair(a=_beside(pair.a), b=_beside(pair.b))


def _beside(interface: Interface) -> Interface:
    """The interface with the IPv6 address that has the same place in its pool as its IPv4 address. The pool of WANs has longer subnets."""
    if interface.ip in WANS:
        return replace(interface, address=ip_interface((WANS_IPV6[_place(interface, WANS[0])], 120)))
    return replace(interface, address=ip_interface((INSIDE_IPV6[_place(interface, INSIDE[0]) + 2], 127)))


def _vif(site: VifSite, vif: VirtualInterface) -> VifSite:
    """The virtual interface with IPv6 addresses. AWS has the first one of its /125, the customer the second."""
    base = CIRCUITS_IPV6[_place(site.customer, CIRCUITS[0]) // 2 * 8]
    return replace(
        site,
        vif=vif,
        customer=replace(site.customer, address=ip_interface((base + 2, 125))),
        aws=replace(site.aws, address=ip_interface((base + 1, 125))),
    )


def _place(interface: Interface, first: IPv4Address) -> int:
    return int(interface.ip) - int(first)


def _addressed(pair: Pair, one: AddressWithLength, other: AddressWithLength) -> Pair:
    return Pair(a=replace(pair.a, address=one), b=replace(pair.b, address=other))


def _renamed_maps(neighbor: Neighbor) -> Neighbor:
    return replace(
        neighbor,
        map_in=f"{neighbor.map_in or _ANYTHING}{_SUFFIX}",
        map_out=None if neighbor.map_out is None else neighbor.map_out + _SUFFIX,
    )


def _renamed(entry: RouteMapEntry, heard: set[str]) -> RouteMapEntry:
    name = entry.name + _SUFFIX
    more = (PreferGlobal(),) if name in heard and entry.permit else ()
    return replace(entry, name=name, match=tuple(map(_matching, entry.match)), set=(*entry.set, *more))


def _matching(match: Match) -> Match:
    return replace(match, ipv6=True) if isinstance(match, InPrefixes) else match


def _renamed_outlet(outlet: Outlet) -> Outlet:
    return replace(outlet, route_map=outlet.route_map + _SUFFIX)
