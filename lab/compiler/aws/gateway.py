"""A virtual private or transit gateway: the route reflector of its endpoints and devices, where AWS's order of preference is kept.

The order (2.1, 2.2): longest prefix, then class by local preference, then AS_PATH, then MED, then either one path picked internally - here
the lowest distance to the endpoint - or several shared.
"""

from ipaddress import IPv4Network

from lab.compiler.aws.inside import FROM_ASSOCIATION, INTERNAL_TIMERS, LISTS
from lab.compiler.aws.preference import class_maps, from_dx_map, igp_metrics, sharing
from lab.compiler.blueprint import Blueprint
from lab.compiler.cabling import Pair
from lab.compiler.frr import Bfd, BgpRouter, Neighbor, Network, PrefixList, RouteMapEntry
from lab.model.aws import INTERNAL_AS
from lab.model.plan import Route
from lab.model.topology import DirectConnectGateway, Gateway, GatewayKind


def gateway_core(blueprint: Blueprint, gateway: Gateway) -> BgpRouter:
    """The core of a gateway, which decides for all of it."""
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
            # a route of one's own would win by its weight of 32768, whatever the classes say
            RouteMapEntry(name="VPC", seq=10, set=("weight 0", "local-preference 500", f"large-community {FROM_ASSOCIATION}")),
            *class_maps(gateway.kind),
            *_to_vpn(gateway.kind),
            *(entry for served in _dx_served(blueprint, gateway) for entry in _to_dx(blueprint, gateway, served)),
        ),
        sharing=sharing(blueprint, gateway),
    )


def gateway_routes(blueprint: Blueprint, gateway: Gateway) -> tuple[Route, ...]:
    """The distances from a gateway to its endpoints: host routes whose metric BGP takes for the next hop's."""
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
        bfd=Bfd(local=pair.b.ip, interface=pair.b.name),
        reflector_client=True,
        next_hop_self=True,
        map_in=map_in,
        map_out=map_out,
    )


def _served(blueprint: Blueprint, device: str) -> str:
    """What a device's virtual interfaces are on: a Direct Connect gateway or this gateway."""
    return next(site.vif.gateway for site in blueprint.vifs if site.device == device)


def _dx_served(blueprint: Blueprint, gateway: Gateway) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_served(blueprint, device) for device, name in blueprint.device_core if name == gateway.name))


def _to_vpn(kind: GatewayKind) -> tuple[RouteMapEntry, ...]:
    """To customers by VPN: the VPCs, other customers' VPN (CloudHub, 1.7), and Direct Connect only where AWS joins the two: on a transit
    gateway, or where the virtual interface is straight on the virtual private gateway, not behind a Direct Connect gateway (3.4)."""
    joined = "FROM-VIF" if kind is GatewayKind.TGW else "FROM-GATEWAY-VIF"
    return tuple(
        RouteMapEntry(name="TO-VPN", seq=(number + 1) * 10, match=(f"large-community {tag}",))
        for number, tag in enumerate(("FROM-ASSOCIATION", "FROM-VPN", joined))
    )


def _to_dx(blueprint: Blueprint, gateway: Gateway, served: str) -> tuple[RouteMapEntry, ...]:
    """To the devices of a Direct Connect gateway: its own VPCs, never another association's, as far as the allowed prefixes let them.

    For a transit gateway the devices themselves announce the allowed prefixes, so it tells them nothing. To a virtual interface straight
    on a virtual private gateway also what came by VPN (CloudHub, C7), but nothing from another such interface.
    """
    name = f"TO-{served}"
    dx_gateway = blueprint.dx_gateway(served)
    if dx_gateway is None:
        return tuple(
            RouteMapEntry(name=name, seq=(number + 1) * 10, match=(f"large-community {tag}",))
            for number, tag in enumerate(("FROM-ASSOCIATION", "FROM-VPN"))
        )
    if gateway.kind is GatewayKind.TGW:
        return (RouteMapEntry(name=name, seq=10, permit=False),)
    allowed = (f"ip address prefix-list ALLOWED-{served}",) if _allowed(dx_gateway, gateway) else ()
    return (RouteMapEntry(name=name, seq=10, match=("large-community FROM-ASSOCIATION", *allowed)),)


def _allowed_lists(blueprint: Blueprint, gateway: Gateway) -> tuple[PrefixList, ...]:
    """A VPC's CIDR passes when an allowed prefix equals or covers it (D23)."""
    dx_gateways = [each for served in _dx_served(blueprint, gateway) for each in [blueprint.dx_gateway(served)] if each]
    return tuple(
        PrefixList(name=f"ALLOWED-{each.name}", prefixes=_allowed(each, gateway), longer=True)
        for each in dx_gateways
        if _allowed(each, gateway) and gateway.kind is GatewayKind.VGW
    )


def _allowed(dx_gateway: DirectConnectGateway, gateway: Gateway) -> tuple[IPv4Network, ...]:
    return next(each.allowed_prefixes for each in dx_gateway.associations if each.gateway == gateway.name)
