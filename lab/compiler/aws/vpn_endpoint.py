"""A VPN tunnel endpoint: one tunnel to the customer, one iBGP session to the gateway. Neutral: all preference lives in the gateway."""

from lab.compiler.aws.inside import FROM_VPN, INTERNAL_AS, INTERNAL_TIMERS, LISTS
from lab.compiler.blueprint import Blueprint, TunnelSite
from lab.compiler.frr import BgpRouter, Neighbor, RouteMapEntry

VPN_TIMERS = (10, 30)
"""AWS's keepalive and hold on a VPN's BGP session, not settable by a customer (1.5); BFD does not exist there."""

MED_ACTIVE, MED_STANDBY = 100, 200
"""What a virtual private gateway shows the customer on a connection's first and second tunnel (1.6)."""


def vpn_endpoint(blueprint: Blueprint, site: TunnelSite) -> BgpRouter:
    """The AWS end of one tunnel. It shows the gateway's ASN and hands all its paths on, so the gateway always knows the backup."""
    gateway = next(gateway for gateway in blueprint.topology.gateways if gateway.name == site.gateway)
    customer_asn = next(dc.asn for dc in blueprint.topology.data_centers if site.tunnel.customer.node in dc.edges)
    first = site.tunnel.name.endswith("-1")
    inside = Neighbor(
        address=site.core.b.address.ip,
        remote_as=INTERNAL_AS,
        node=site.gateway,
        keepalive=INTERNAL_TIMERS[0],
        hold=INTERNAL_TIMERS[1],
        bfd=True,
        next_hop_self=True,
        send_all_paths=True,
        map_in="FROM-CORE",
    )
    customer = Neighbor(
        address=site.tunnel.customer.inside.ip,
        remote_as=customer_asn,
        node=site.tunnel.customer.node,
        keepalive=VPN_TIMERS[0],
        hold=VPN_TIMERS[1],
        local_as=gateway.asn,
        map_in="CUSTOMER-IN",
        map_out="CUSTOMER-OUT",
    )
    return BgpRouter(
        hostname=site.tunnel.name,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(site.tunnel.name),
        neighbors=(inside, customer),
        community_lists=LISTS,
        route_maps=(
            RouteMapEntry(name="FROM-CORE", seq=10, set=("local-preference 100",)),
            RouteMapEntry(name="CUSTOMER-IN", seq=10, set=(f"large-community {FROM_VPN}",)),
            RouteMapEntry(
                name="CUSTOMER-OUT",
                seq=10,
                set=(f"metric {MED_ACTIVE if first else MED_STANDBY}", "large-comm-list INTERNAL-TAGS delete"),
            ),
        ),
    )
