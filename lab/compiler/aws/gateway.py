"""A virtual private or transit gateway: the route reflector of its endpoints and devices. It applies AWS's order of preference.

The order (2.1, 2.2): longest prefix, local preference (its class), AS_PATH, MED. Among equals the gateway shares, or it picks one path:
here the one with the lowest distance to its endpoint.
"""

from ipaddress import IPv4Network

from lab.compiler.aws.inside import FROM_ASSOCIATION, INTERNAL_TIMERS, LISTS
from lab.compiler.aws.preference import class_maps, from_dx_map, igp_metrics, sharing
from lab.compiler.blueprint import Blueprint
from lab.compiler.cabling import Pair
from lab.model.aws import INTERNAL_AS
from lab.model.plan import Route
from lab.model.router import (
    Bfd,
    BgpRouter,
    HasCommunity,
    InPrefixes,
    Neighbor,
    Network,
    PrefixList,
    RouteMapEntry,
    SetCommunities,
    SetPreference,
    SetWeight,
)
from lab.model.topology import DirectConnectGateway, Gateway, GatewayKind


def gateway_core(blueprint: Blueprint, gateway: Gateway) -> BgpRouter:
    """The BGP of a gateway's core, which chooses the paths for the whole gateway."""
    vpcs = {vpc.name: vpc for vpc in blueprint.topology.vpcs}
    endpoints = [
        _client(site.core, site.tunnel.name, "FROM-VPN", "TO-VPN") for site in blueprint.tunnels if site.vpn.gateway == gateway.name
    ]
    devices = [
        _client(pair, device, from_dx_map(blueprint, gateway, device), f"TO-{_served(blueprint, device)}")
        for (device, name), pair in blueprint.device_core.items()
        if name == gateway.name
    ]
    return BgpRouter(
        hostname=gateway.name,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(gateway.name),
        neighbors=(*endpoints, *devices),
        networks=tuple(Network(prefix=vpcs[name].cidr, route_map="VPC") for name in gateway.vpcs),
        prefix_lists=_allowed_lists(blueprint, gateway),
        community_lists=LISTS,
        route_maps=(
            # FRR gives its own routes weight 32768, which would win before local preference
            RouteMapEntry(
                name="VPC",
                seq=10,
                set=(SetWeight(value=0), SetPreference(value=500), SetCommunities(values=(FROM_ASSOCIATION,), large=True)),
            ),
            *class_maps(gateway.kind),
            *_to_vpn(gateway.kind),
            *(entry for served in _dx_served(blueprint, gateway) for entry in _to_dx(blueprint, gateway, served)),
        ),
        sharing=sharing(blueprint, gateway),
    )


def gateway_routes(blueprint: Blueprint, gateway: Gateway) -> tuple[Route, ...]:
    """Host routes from a gateway to its endpoints. BGP takes their metric as the distance to the next hop."""
    sites = {site.tunnel.name: site for site in blueprint.tunnels}
    return tuple(
        Route(prefix=sites[endpoint].core.a.host_network, interface=sites[endpoint].core.b.name, metric=metric)
        for endpoint, metric in igp_metrics(blueprint, gateway).items()
    )


def _client(pair: Pair, node: str, map_in: str, map_out: str) -> Neighbor:
    return Neighbor(
        address=pair.a.ip,
        remote_as=INTERNAL_AS,
        node=node,
        keepalive=INTERNAL_TIMERS[0],
        hold=INTERNAL_TIMERS[1],
        single_hop=True,
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
    """What VPN customers hear: the VPCs, other VPN customers (CloudHub, 1.7) and, where AWS joins them, Direct Connect customers.

    AWS joins VPN and Direct Connect on a transit gateway, and where the virtual interface is directly on the virtual private gateway, not
    behind a Direct Connect gateway (3.4).
    """
    joined = "FROM-VIF" if kind is GatewayKind.TGW else "FROM-GATEWAY-VIF"
    return tuple(
        RouteMapEntry(name="TO-VPN", seq=(number + 1) * 10, match=(HasCommunity(list=tag, large=True),))
        for number, tag in enumerate(("FROM-ASSOCIATION", "FROM-VPN", joined))
    )


def _to_dx(blueprint: Blueprint, gateway: Gateway, served: str) -> tuple[RouteMapEntry, ...]:
    """What this gateway announces to the devices of `served`.

    - A virtual private gateway behind a Direct Connect gateway: its own VPCs that the allowed prefixes cover, never another association's.
    - A transit gateway: nothing. The devices announce its allowed prefixes themselves.
    - A virtual private gateway with the virtual interface directly on it: also what it heard over VPN (CloudHub, C7), but nothing from
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
    """Prefix lists that let a VPC's CIDR pass when an allowed prefix equals or covers it (D23)."""
    dx_gateways = [each for served in _dx_served(blueprint, gateway) for each in [blueprint.dx_gateway(served)] if each]
    return tuple(
        PrefixList(name=f"ALLOWED-{each.name}", prefixes=_allowed(each, gateway), longer=True)
        for each in dx_gateways
        if _allowed(each, gateway) and gateway.kind is GatewayKind.VGW
    )


def _allowed(dx_gateway: DirectConnectGateway, gateway: Gateway) -> tuple[IPv4Network, ...]:
    return next(each.allowed_prefixes for each in dx_gateway.associations if each.gateway == gateway.name)
