"""A virtual private gateway: the route reflector of its endpoints, where AWS's order of preference is kept.

Order (2.1): longest prefix, then class by local preference (VPC 500, VPN BGP 200), then AS_PATH, then MED, then one tunnel picked
internally - here the lowest router id. One egress tunnel a prefix, never ECMP.
"""

from lab.compiler.aws.inside import FROM_ASSOCIATION, INTERNAL_AS, INTERNAL_TIMERS, LISTS
from lab.compiler.blueprint import Blueprint
from lab.compiler.frr import BgpRouter, Neighbor, Network, RouteMapEntry
from lab.model.topology import Gateway


def gateway_core(blueprint: Blueprint, gateway: Gateway) -> BgpRouter:
    """The core of a gateway. It passes one customer's prefixes on to the others (CloudHub, 1.7)."""
    vpcs = {vpc.name: vpc for vpc in blueprint.topology.vpcs}
    neighbors = [
        Neighbor(
            address=site.core.a.address.ip,
            remote_as=INTERNAL_AS,
            node=site.tunnel.name,
            keepalive=INTERNAL_TIMERS[0],
            hold=INTERNAL_TIMERS[1],
            bfd=True,
            reflector_client=True,
            next_hop_self=True,
            map_in="FROM-VPN",
            map_out="TO-VPN",
        )
        for site in blueprint.tunnels
        if site.gateway == gateway.name
    ]
    return BgpRouter(
        hostname=gateway.name,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(gateway.name),
        neighbors=tuple(neighbors),
        networks=tuple(Network(prefix=vpcs[name].cidr, route_map="VPC") for name in gateway.vpcs),
        community_lists=LISTS,
        route_maps=(
            # a route of one's own would win by its weight of 32768, whatever the classes say
            RouteMapEntry(name="VPC", seq=10, set=("weight 0", "local-preference 500", f"large-community {FROM_ASSOCIATION}")),
            RouteMapEntry(name="FROM-VPN", seq=10, set=("local-preference 200",)),
            RouteMapEntry(name="TO-VPN", seq=10, match=("large-community FROM-ASSOCIATION",)),
            RouteMapEntry(name="TO-VPN", seq=20, match=("large-community FROM-VPN",)),
        ),
    )
