"""The BGP of a virtual private or transit gateway. It is the route reflector of its endpoints and devices, and chooses routes as AWS does.

The order (2.1, 2.2): longest prefix, local preference (one for each class of route), AS path, MED. Equal paths share traffic, or the one
with the nearest endpoint is used.
"""

from collections.abc import Iterator

from lab.compiler.aws.inside import FROM_ASSOCIATION, INTERNAL_TIMERS, LISTS
from lab.compiler.aws.preference import class_maps, from_dx_map, from_vpn_map, igp_metrics, private_vpn_maps, sharing
from lab.compiler.aws.route_table import table_maps, table_networks
from lab.compiler.aws.vpc_router import propagated
from lab.compiler.blueprint import Blueprint
from lab.compiler.cabling import Pair
from lab.model.aws import INTERNAL_AS
from lab.model.by_tables import learns
from lab.model.ip import Prefix
from lab.model.plan import Route
from lab.model.router import (
    Bfd,
    BgpRouter,
    HasCommunity,
    InPrefixes,
    Neighbor,
    PrefixList,
    RouteMapEntry,
    SetCommunities,
    SetPreference,
    SetWeight,
)
from lab.model.topology import DirectConnectGateway, Gateway, GatewayKind

NOTHING = "NOTHING"
"""The route-map that refuses every route."""


def gateway_core(blueprint: Blueprint, gateway: Gateway) -> BgpRouter:
    """The BGP of a gateway. It chooses the paths for all its endpoints and devices."""
    endpoints = list(_endpoints(blueprint, gateway))
    devices = [
        _client(pair, device, from_dx_map(blueprint, gateway, device), f"TO-{_served(blueprint, device)}")
        for (device, name), pair in blueprint.device_core.items()
        if name == gateway.name
    ]
    routers = [_client(pair, f"{vpc}-router", "FROM-VPC", "TO-VPC") for vpc, pair in propagated(blueprint, gateway)]
    return BgpRouter(
        hostname=gateway.name,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(gateway.name),
        neighbors=(*endpoints, *devices, *routers),
        networks=table_networks(blueprint, gateway),
        prefix_lists=_allowed_lists(blueprint, gateway),
        community_lists=LISTS,
        route_maps=(
            # FRR gives its own routes weight 32768, which counts before local preference
            RouteMapEntry(
                name="VPC",
                seq=10,
                set=(SetWeight(value=0), SetPreference(value=500), SetCommunities(values=(FROM_ASSOCIATION,), large=True)),
            ),
            *table_maps(blueprint, gateway),
            *class_maps(gateway.kind),
            *private_vpn_maps(blueprint, gateway),
            *_to_vpn(gateway.kind),
            *(RouteMapEntry(name=NOTHING, seq=10, permit=False) for _ in gateway.tables),
            *(_vpc_maps() if routers else ()),
            *(entry for served in _dx_served(blueprint, gateway) for entry in _to_dx(blueprint, gateway, served)),
        ),
        sharing=sharing(blueprint, gateway),
    )


def gateway_routes(blueprint: Blueprint, gateway: Gateway) -> tuple[Route, ...]:
    """The static routes from a gateway to its endpoints. BGP uses their metric as the distance to the next hop."""
    sites = {site.tunnel.name: site for site in blueprint.tunnels}
    return tuple(
        Route(prefix=sites[endpoint].core.a.host_network, interface=sites[endpoint].core.b.name, metric=metric)
        for endpoint, metric in igp_metrics(blueprint, gateway).items()
    )


def _endpoints(blueprint: Blueprint, gateway: Gateway) -> Iterator[Neighbor]:
    """The endpoints of VPN tunnels. Of several route tables, one routes the packets of an endpoint, and others may learn its routes."""
    for site in blueprint.tunnels:
        if site.vpn.gateway == gateway.name:
            yield _client(site.core, site.tunnel.name, from_vpn_map(site) if learns(gateway, site.vpn) else NOTHING, "TO-VPN")
        for name, pair in site.tables:
            if name == gateway.name:
                yield _client(pair, site.tunnel.name, from_vpn_map(site), NOTHING)


def _client(pair: Pair, node: str, map_in: str, map_out: str) -> Neighbor:
    return Neighbor(
        address=pair.a.ip,
        remote_as=INTERNAL_AS,
        node=node,
        keepalive=INTERNAL_TIMERS[0],
        hold=INTERNAL_TIMERS[1],
        bfd=Bfd(local=pair.b.ip, interface=pair.b.name),
        reflector_client=True,
        next_hop_self=True,
        map_in=map_in,
        map_out=map_out,
    )


def _served(blueprint: Blueprint, device: str) -> str:
    """The gateway of a device's virtual interfaces: a Direct Connect gateway, or this gateway."""
    return next(site.vif.gateway for site in blueprint.vifs if site.device == device)


def _dx_served(blueprint: Blueprint, gateway: Gateway) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_served(blueprint, device) for device, name in blueprint.device_core if name == gateway.name))


def _to_vpn(kind: GatewayKind) -> tuple[RouteMapEntry, ...]:
    """The outbound route-map for VPN customers: VPCs, other VPN customers (CloudHub, 1.7) and, if AWS joins them, Direct Connect customers.

    AWS joins VPN and Direct Connect on a transit gateway. On a virtual private gateway it does so only for virtual interfaces directly on
    it, not behind a Direct Connect gateway (3.4).
    """
    joined = "FROM-VIF" if kind is GatewayKind.TGW else "FROM-GATEWAY-VIF"
    return tuple(
        RouteMapEntry(name="TO-VPN", seq=(number + 1) * 10, match=(HasCommunity(list=tag, large=True),))
        for number, tag in enumerate(("FROM-ASSOCIATION", "FROM-VPN", joined))
    )


def _vpc_maps() -> tuple[RouteMapEntry, ...]:
    """The route-maps for the routers of VPCs: a virtual private gateway propagates what customers announce, and learns nothing there."""
    tags = ("FROM-VPN", "FROM-VIF", "FROM-GATEWAY-VIF")
    told = (RouteMapEntry(name="TO-VPC", seq=seq * 10, match=(HasCommunity(list=tag, large=True),)) for seq, tag in enumerate(tags, 1))
    return (RouteMapEntry(name="FROM-VPC", seq=10, permit=False), *told)


def _to_dx(blueprint: Blueprint, gateway: Gateway, served: str) -> tuple[RouteMapEntry, ...]:
    """The outbound route-maps for devices whose virtual interfaces lead to `served`.

    - Virtual private gateway behind a Direct Connect gateway: its own VPCs inside the allowed prefixes, never those of another association.
    - Transit gateway: nothing. The devices announce its allowed prefixes themselves.
    - Virtual private gateway with the virtual interface directly on it: also the routes learned over VPN (CloudHub, C7), but none of
      another virtual interface.
    """
    name = f"TO-{served}"
    dx_gateway = blueprint.dx_gateway(served)
    if dx_gateway is None:
        return tuple(
            RouteMapEntry(name=name, seq=(number + 1) * 10, match=(HasCommunity(list=tag, large=True),))
            for number, tag in enumerate(("FROM-ASSOCIATION", "FROM-VPN"))
        )
    if gateway.kind is GatewayKind.TGW:
        return (RouteMapEntry(name=name, seq=10, permit=False),)
    allowed = (InPrefixes(list=f"ALLOWED-{served}"),) if _allowed(dx_gateway, gateway) else ()
    return (RouteMapEntry(name=name, seq=10, match=(HasCommunity(list="FROM-ASSOCIATION", large=True), *allowed)),)


def _allowed_lists(blueprint: Blueprint, gateway: Gateway) -> tuple[PrefixList, ...]:
    """Prefix lists that accept a VPC's CIDR if an allowed prefix equals or contains it (D23)."""
    dx_gateways = [each for served in _dx_served(blueprint, gateway) for each in [blueprint.dx_gateway(served)] if each]
    return tuple(
        PrefixList(name=f"ALLOWED-{each.name}", prefixes=_allowed(each, gateway), longer=True)
        for each in dx_gateways
        if _allowed(each, gateway) and gateway.kind is GatewayKind.VGW
    )


def _allowed(dx_gateway: DirectConnectGateway, gateway: Gateway) -> tuple[Prefix, ...]:
    return next(each.allowed_prefixes for each in dx_gateway.associations if each.gateway == gateway.name)
