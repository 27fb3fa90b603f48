"""Data centre routers: a core that holds every route, customer gateways that each know only their own way out.

iBGP runs core-gateway only, so no gateway hears another's AWS routes and each keeps announcing its own; the core sees them all. Data
centres meet by eBGP between their cores. Transit is closed twice: a gateway tells AWS only data-centre prefixes (another's only as heard
over the interconnect), and AWS routes heard over the interconnect never reach a gateway.
"""

from lab.compiler.blueprint import Blueprint
from lab.compiler.frr import BgpRouter, CommunityList, Neighbor, Network, PrefixList, RouteMapEntry
from lab.model.plan import Timers
from lab.model.topology import DataCenter

INTERNAL_TIMERS = (1, 3)
"""Keepalive and hold of sessions inside a data centre, between two and inside AWS; BFD 300 ms × 3 is the first to notice there."""

VPN_TIMERS = {Timers.DEFAULT: (10, 30), Timers.TUNED: (1, 3)}
"""What the customer's side proposes on a VPN's BGP session; AWS proposes 10/30, and the lower hold wins."""

_FROM_VPN, _FROM_INTERCONNECT = "64496:20", "64496:30"
"""Where a route came into this data centre's routers; never sent to AWS."""

_LISTS = (
    CommunityList(kind="community-list standard", name="FROM-VPN", value=_FROM_VPN),
    CommunityList(kind="community-list standard", name="FROM-DCI", value=_FROM_INTERCONNECT),
    CommunityList(kind="community-list expanded", name="INTERNAL-TAGS", value="^64496:"),
)


def core_router(blueprint: Blueprint, site: DataCenter) -> BgpRouter:
    """The core router of a data centre: originates its prefixes, prefers the interconnect to another site, the own VPN to AWS."""
    neighbors = [_toward_edge(blueprint, site, edge) for edge in site.edges]
    neighbors += _toward_other_sites(blueprint, site)
    return BgpRouter(
        hostname=f"{site.name}-core",
        asn=site.asn,
        router_id=blueprint.router_id(f"{site.name}-core"),
        neighbors=tuple(neighbors),
        networks=tuple(Network(prefix=prefix) for prefix in site.prefixes),
        prefix_lists=_prefix_lists(blueprint, site),
        community_lists=_LISTS,
        route_maps=(
            RouteMapEntry(name="TO-EDGE", seq=10, match=("ip address prefix-list OWN",)),
            RouteMapEntry(name="TO-EDGE", seq=20, match=("ip address prefix-list OTHER", "community FROM-DCI")),
            RouteMapEntry(name="DCI-IN", seq=10, permit=False, match=("ip address prefix-list OWN",)),
            # the other site itself: over the interconnect before any way through AWS
            RouteMapEntry(
                name="DCI-IN",
                seq=20,
                match=("ip address prefix-list OTHER",),
                set=("local-preference 300", f"community {_FROM_INTERCONNECT}"),
            ),
            # AWS through the other site: the last resort
            RouteMapEntry(name="DCI-IN", seq=30, set=("local-preference 50", f"community {_FROM_INTERCONNECT}")),
            RouteMapEntry(name="DCI-OUT", seq=10, match=("ip address prefix-list OWN",)),
            RouteMapEntry(name="DCI-OUT", seq=20, permit=False, match=("ip address prefix-list OTHER",)),
            RouteMapEntry(name="DCI-OUT", seq=30, match=("community FROM-VPN",)),
        ),
        fast_convergence=True,
    )


def customer_gateway(blueprint: Blueprint, site: DataCenter, edge: str, timers: Timers) -> BgpRouter:
    """A VPN appliance: the same local preference for both tunnels, so that AWS's MED steers (V23, 1.6)."""
    core = blueprint.core_edge[edge].a
    keepalive, hold = INTERNAL_TIMERS
    neighbors = [
        Neighbor(
            address=core.address.ip,
            remote_as=site.asn,
            node=f"{site.name}-core",
            keepalive=keepalive,
            hold=hold,
            bfd=True,
            next_hop_self=True,
            # the core knows the way through AWS even while this gateway prefers the core's
            send_all_paths=True,
            map_out="TO-CORE",
        )
    ]
    gateways = {gateway.name: gateway for gateway in blueprint.topology.gateways}
    keepalive, hold = VPN_TIMERS[timers]
    for tunnel_site in blueprint.tunnels:
        if tunnel_site.tunnel.customer.node == edge:
            end = tunnel_site.tunnel.aws
            asn = gateways[tunnel_site.gateway].asn
            neighbors.append(
                Neighbor(
                    address=end.inside.ip, remote_as=asn, node=end.node, keepalive=keepalive, hold=hold, map_in="AWS-IN", map_out="AWS-OUT"
                )
            )
    return BgpRouter(
        hostname=edge,
        asn=site.asn,
        router_id=blueprint.router_id(edge),
        neighbors=tuple(neighbors),
        prefix_lists=_prefix_lists(blueprint, site),
        community_lists=_LISTS,
        route_maps=(
            RouteMapEntry(name="TO-CORE", seq=10, match=("community FROM-VPN",)),
            RouteMapEntry(name="AWS-IN", seq=10, permit=False, match=("ip address prefix-list OWN",)),
            RouteMapEntry(name="AWS-IN", seq=20, set=("local-preference 100", f"community {_FROM_VPN}")),
            RouteMapEntry(name="AWS-OUT", seq=10, match=("ip address prefix-list OWN",), set=("comm-list INTERNAL-TAGS delete",)),
            RouteMapEntry(
                name="AWS-OUT",
                seq=20,
                match=("ip address prefix-list OTHER", "community FROM-DCI"),
                set=("comm-list INTERNAL-TAGS delete",),
            ),
        ),
    )


def _toward_edge(blueprint: Blueprint, site: DataCenter, edge: str) -> Neighbor:
    keepalive, hold = INTERNAL_TIMERS
    address = blueprint.core_edge[edge].b.address.ip
    return Neighbor(
        address=address,
        remote_as=site.asn,
        node=edge,
        keepalive=keepalive,
        hold=hold,
        bfd=True,
        next_hop_self=True,
        map_out="TO-EDGE",
    )


def _toward_other_sites(blueprint: Blueprint, site: DataCenter) -> list[Neighbor]:
    keepalive, hold = INTERNAL_TIMERS
    sites = {other.name: other for other in blueprint.topology.data_centers}
    neighbors = []
    for interconnect in blueprint.topology.interconnects:
        if site.name not in interconnect.between:
            continue
        pair = blueprint.interconnects[interconnect.name]
        first = interconnect.between[0] == site.name
        other = sites[interconnect.between[first]]
        address = (pair.b if first else pair.a).address.ip
        neighbors.append(
            Neighbor(
                address=address,
                remote_as=other.asn,
                node=f"{other.name}-core",
                keepalive=keepalive,
                hold=hold,
                bfd=True,
                map_in="DCI-IN",
                map_out="DCI-OUT",
            )
        )
    return neighbors


def _prefix_lists(blueprint: Blueprint, site: DataCenter) -> tuple[PrefixList, ...]:
    others = [other for other in blueprint.topology.data_centers if other is not site]
    lists = (
        PrefixList(name="OWN", prefixes=site.prefixes),
        PrefixList(name="OTHER", prefixes=tuple(prefix for other in others for prefix in other.prefixes)),
    )
    return tuple(each for each in lists if each.prefixes)
