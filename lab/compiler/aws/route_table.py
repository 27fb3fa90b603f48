"""The static routes in the route table of a transit gateway. They beat every other route to the same prefix (2.2 T23).

- To a VPN connection: its tunnels' endpoints have them while the tunnel is up, as those of a static VPN.
- To a VPC or a peering: they stay, also when the way there is cut. Then they drop packets. VPN customers hear them (OL).
- `blackhole`: they drop packets. No customer hears them, nor any other route to the prefix (OL).
"""

from collections.abc import Iterator
from ipaddress import IPv4Network

from lab.compiler.aws.inside import FROM_ASSOCIATION
from lab.compiler.blueprint import Blueprint
from lab.model.by_tables import learned_vpcs
from lab.model.ip import Address, Prefix
from lab.model.plan import Route
from lab.model.route_tables import BLACKHOLE, TransitRoute
from lab.model.router import Network, RouteMapEntry, SetCommunities, SetPreference, SetWeight
from lab.model.topology import Gateway

_PREFERENCE = 600
_IF_CUT = 1
"""The metric of the route that drops packets while the way of a static route is cut."""


def table_networks(blueprint: Blueprint, gateway: Gateway) -> tuple[Network, ...]:
    """What the gateway originates: the CIDRs of its VPCs, and its static routes that lead into no tunnel."""
    cidrs = {vpc.name: vpc.cidr for vpc in blueprint.topology.vpcs}
    kept = _kept_here(blueprint, gateway)
    static = {route.prefix for route in kept}
    return (
        *(Network(prefix=cidrs[name], route_map="VPC") for name in learned_vpcs(gateway) if cidrs[name] not in static),
        *(Network(prefix=each.prefix, route_map="BLACKHOLE" if each.attachment == BLACKHOLE else "STATIC") for each in kept),
    )


def table_maps(blueprint: Blueprint, gateway: Gateway) -> tuple[RouteMapEntry, ...]:
    """The route-maps of the static routes. A route without a tag is not announced."""
    names = {each.route_map for each in table_networks(blueprint, gateway)}
    tagged = SetCommunities(values=(FROM_ASSOCIATION,), large=True)
    ours = (SetWeight(value=0), SetPreference(value=_PREFERENCE))
    maps = (RouteMapEntry(name="STATIC", seq=10, set=(*ours, tagged)), RouteMapEntry(name="BLACKHOLE", seq=10, set=ours))
    return tuple(each for each in maps if each.name in names)


def table_routes(blueprint: Blueprint, gateway: Gateway) -> tuple[Route, ...]:
    """The static routes in the kernel of the gateway's node: those of its table, and those to the routers of VPCs."""
    static = {each.prefix for each in _kept_here(blueprint, gateway)}
    routed = [blueprint.vpc(name) for name in learned_vpcs(gateway) if (name, gateway.name) in blueprint.vpc_links]
    to_vpcs = (Route(prefix=vpc.cidr, via=blueprint.toward_vpc(vpc.name, gateway.name)) for vpc in routed if vpc.cidr not in static)
    return (*to_vpcs, *(route for each in _kept_here(blueprint, gateway) for route in _written(blueprint, gateway, each)))


def _written(blueprint: Blueprint, gateway: Gateway, route: TransitRoute) -> Iterator[Route]:
    via = _next_hop(blueprint, gateway, route)
    for prefix in (route.prefix, *_hosts(blueprint, gateway, route)):
        if via:
            yield Route(prefix=prefix, via=via)
        yield Route(prefix=prefix, metric=_IF_CUT if via else 0)


def _next_hop(blueprint: Blueprint, gateway: Gateway, route: TransitRoute) -> Address | None:
    """The address of the next node. None for a blackhole."""
    if route.attachment in blueprint.peerings:
        pair = blueprint.peerings[route.attachment]
        ends = next(each.between for each in blueprint.topology.peerings if each.name == route.attachment)
        return pair.b.ip if ends[0] == gateway.name else pair.a.ip
    return None if route.attachment == BLACKHOLE else blueprint.toward_vpc(route.attachment, gateway.name)


def _hosts(blueprint: Blueprint, gateway: Gateway, route: TransitRoute) -> Iterator[Prefix]:
    """The hosts of attached VPCs that the route takes from them. The node is connected to each host, so it needs a route to the host."""
    cidrs = {vpc.name: vpc.cidr for vpc in blueprint.topology.vpcs}
    for name in (each for each in gateway.vpcs if (each, gateway.name) not in blueprint.vpc_links):
        host = blueprint.hosts[name].a.ip
        longer = [each.prefix for each in gateway.static_routes if host in each.prefix and each.prefix.prefixlen > route.prefix.prefixlen]
        if host in route.prefix and name != route.attachment and not longer and route.prefix.prefixlen >= cidrs[name].prefixlen:
            yield IPv4Network(host)


def _kept_here(blueprint: Blueprint, gateway: Gateway) -> tuple[TransitRoute, ...]:
    """The static routes that lead into no tunnel."""
    tunnels = {vpn.name for vpn in blueprint.topology.vpn_connections}
    return tuple(route for route in gateway.static_routes if route.attachment not in tunnels)
