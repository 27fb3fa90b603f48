"""The BGP of a VPN tunnel's AWS endpoint: one session to the customer and one iBGP session to the gateway.

Only the gateway chooses routes.
"""

from collections.abc import Iterator

from lab.compiler.aws.inside import FROM_VPN, INTERNAL_TIMERS, LISTS, STATIC, UNDRESSED
from lab.compiler.blueprint import Blueprint, TunnelSite
from lab.model.automation import ActionKind
from lab.model.aws import INTERNAL_AS, VPN_PREFIX_LIMIT
from lab.model.ip import Prefix
from lab.model.router import (
    Bfd,
    BgpRouter,
    InPrefixes,
    Neighbor,
    Origin,
    PrefixList,
    RouteMapEntry,
    SetCommunities,
    SetMed,
    SetOrigin,
    SetPreference,
)
from lab.model.topology import Gateway, GatewayKind

VPN_TIMERS = (10, 30)
"""Keepalive and hold time of AWS on a VPN's BGP session, in seconds. A customer cannot change them (1.5). A VPN has no BFD."""


def vpn_endpoint(blueprint: Blueprint, site: TunnelSite) -> BgpRouter:
    """The BGP of the AWS end of one tunnel.

    It shows the gateway's ASN, and passes on all its paths, so that the gateway knows the backup.
    """
    gateway = blueprint.gateway(site.vpn.gateway)
    customers, static = (*blueprint.customer_prefixes, *_routed_by_alarms(blueprint, site)), site.tunnel.aws.routes
    return BgpRouter(
        hostname=site.tunnel.name,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(site.tunnel.name),
        neighbors=(*_inside(site), *(() if site.vpn.static_routes else (_customer(blueprint, site, gateway),))),
        kernel_routes="STATIC-VPN",
        prefix_lists=(PrefixList(name="STATIC", prefixes=tuple(dict.fromkeys((*static, *customers)))), *_routed_here(site)),
        community_lists=LISTS,
        route_maps=(
            RouteMapEntry(name="FROM-CORE", seq=10, set=(SetPreference(value=100),)),
            # A static VPN's routes are in this node's kernel while the tunnel is up. AWS uses one tunnel and never shares (1.6), so each
            # tunnel has its own MED.
            RouteMapEntry(
                name="STATIC-VPN",
                seq=10,
                match=(InPrefixes(list="STATIC"),),
                set=(SetMed(value=site.number), SetCommunities(values=(FROM_VPN, STATIC), large=True)),
            ),
            RouteMapEntry(name="CUSTOMER-IN", seq=10, set=(SetCommunities(values=(FROM_VPN,), large=True),)),
            *_to_customer(site, gateway.kind),
        ),
    )


def _routed_by_alarms(blueprint: Blueprint, site: TunnelSite) -> Iterator[Prefix]:
    """The prefixes of static routes that automations may add to this VPN connection. The gateway must learn those, too."""
    for order in (each.order for each in blueprint.topology.automations):
        if (order.kind, order.side, order.target) == (ActionKind.ROUTE, "aws", site.vpn.name) and order.prefix:
            yield order.prefix


def _routed_here(site: TunnelSite) -> tuple[PrefixList, ...]:
    """The static routes of the gateway that lead into this tunnel, if it has BGP. AWS does not document whether it announces them there.

    Here it does not: the customer would send such packets back.
    """
    routes = () if site.vpn.static_routes else site.tunnel.aws.routes
    return (PrefixList(name="ROUTED-HERE", prefixes=routes),) if routes else ()


def _inside(site: TunnelSite) -> Iterator[Neighbor]:
    """The sessions to the gateway: one for each of its route tables that routes the packets of the VPN connection, or learns its routes."""
    for node, cable in ((site.vpn.gateway, site.core), *site.tables):
        yield Neighbor(
            address=cable.b.ip,
            remote_as=INTERNAL_AS,
            node=node,
            keepalive=INTERNAL_TIMERS[0],
            hold=INTERNAL_TIMERS[1],
            bfd=Bfd(local=cable.a.ip, interface=cable.a.name),
            next_hop_self=True,
            send_all_paths=True,
            map_in="FROM-CORE",
        )


def _customer(blueprint: Blueprint, site: TunnelSite, gateway: Gateway) -> Neighbor:
    end = site.tunnel.customer
    return Neighbor(
        address=end.inside.ip,
        remote_as=blueprint.asn_of(end.node),
        node=end.node,
        keepalive=VPN_TIMERS[0],
        hold=VPN_TIMERS[1],
        local_as=gateway.asn,
        maximum_prefix=VPN_PREFIX_LIMIT[gateway.kind],
        map_in="CUSTOMER-IN",
        map_out=site.tunnel.shown.route_map if site.tunnel.shown else None,
    )


def _to_customer(site: TunnelSite, kind: GatewayKind) -> Iterator[RouteMapEntry]:
    """The outbound route-map for the customer.

    A transit gateway sends ORIGIN EGP (captured, EL 2019), so the customer prefers Direct Connect.
    """
    shown = site.tunnel.shown
    if shown:
        origin = (SetOrigin(value=Origin.EGP),) if kind is GatewayKind.TGW else ()
        for each in _routed_here(site):
            yield RouteMapEntry(name=shown.route_map, seq=shown.entry // 2, permit=False, match=(InPrefixes(list=each.name),))
        yield RouteMapEntry(name=shown.route_map, seq=shown.entry, set=(SetMed(value=shown.med), *origin, *UNDRESSED))
