"""The core router of a data centre: it announces the site's prefixes, has every route to AWS, and joins the other data centres."""

from lab.compiler.blueprint import Blueprint
from lab.compiler.data_center.common import FROM_INTERCONNECT, INTERNAL_TIMERS, LISTS, prefix_lists, shares_over_vpn, sisters
from lab.model.router import (
    Bfd,
    BgpRouter,
    HasCommunity,
    InPrefixes,
    Neighbor,
    Network,
    RouteMapEntry,
    SetCommunities,
    SetPreference,
    Sharing,
)
from lab.model.topology import DataCenter

_OWN, _OTHER = InPrefixes(list="OWN"), InPrefixes(list="OTHER")
_OVER_INTERCONNECT, _OVER_DX, _OVER_VPN = (HasCommunity(list=name) for name in ("FROM-DCI", "FROM-DX", "FROM-VPN"))
_HEARD_OVER_INTERCONNECT = SetCommunities(values=(FROM_INTERCONNECT,))

_ROUTE_MAPS = (
    RouteMapEntry(name="TO-EDGE", seq=10, match=(_OWN,)),
    RouteMapEntry(name="TO-EDGE", seq=20, match=(_OTHER, _OVER_INTERCONNECT)),
    RouteMapEntry(name="DCI-IN", seq=10, permit=False, match=(_OWN,)),
    # prefixes of the other site: the interconnect is better than any path through AWS
    RouteMapEntry(
        name="DCI-IN",
        seq=20,
        match=(_OTHER,),
        set=(SetPreference(value=300), _HEARD_OVER_INTERCONNECT),
    ),
    # AWS through the other site's Direct Connect: better than this site's VPN (100), worse than this site's Direct Connect (200)
    RouteMapEntry(
        name="DCI-IN",
        seq=30,
        match=(_OVER_DX,),
        set=(SetPreference(value=150), _HEARD_OVER_INTERCONNECT),
    ),
    # AWS through the other site's VPN: the last choice
    RouteMapEntry(name="DCI-IN", seq=40, set=(SetPreference(value=50), _HEARD_OVER_INTERCONNECT)),
    RouteMapEntry(name="DCI-OUT", seq=10, match=(_OWN,)),
    RouteMapEntry(name="DCI-OUT", seq=20, permit=False, match=(_OTHER,)),
    RouteMapEntry(name="DCI-OUT", seq=30, match=(_OVER_DX,)),
    RouteMapEntry(name="DCI-OUT", seq=40, match=(_OVER_VPN,)),
)


_TO_EDGE_BEYOND_OWN = RouteMapEntry(name="TO-EDGE", seq=15, match=(InPrefixes(list="BEYOND-OWN"),))


def core_router(blueprint: Blueprint, site: DataCenter) -> BgpRouter:
    """The BGP of the core router of a data centre.

    It also originates what the site announces only to AWS. It has no route for these prefixes, not even one that discards packets: a packet
    goes on by the core's other routes, or is lost there.
    """
    beyond_own = blueprint.beyond_own(site)
    return BgpRouter(
        hostname=f"{site.name}-core",
        asn=site.asn,
        router_id=blueprint.router_id(f"{site.name}-core"),
        neighbors=(*(_edge(blueprint, site, edge) for edge in site.edges), *_other_sites(blueprint, site)),
        networks=tuple(Network(prefix=prefix) for prefix in blueprint.originated(site)),
        prefix_lists=prefix_lists(blueprint, site),
        community_lists=LISTS,
        route_maps=(*_ROUTE_MAPS, _TO_EDGE_BEYOND_OWN) if beyond_own else _ROUTE_MAPS,
        sharing=Sharing(paths=16 if shares_over_vpn(blueprint, site) else 1),
        fast_convergence=True,
    )


def _edge(blueprint: Blueprint, site: DataCenter, edge: str) -> Neighbor:
    keepalive, hold = INTERNAL_TIMERS
    pair = blueprint.core_edge[edge]
    return Neighbor(
        address=pair.b.ip,
        remote_as=site.asn,
        node=edge,
        keepalive=keepalive,
        hold=hold,
        bfd=Bfd(local=pair.a.ip, interface=pair.a.name),
        reflector_client=bool(sisters(blueprint, site)),
        next_hop_self=True,
        # FRR also looks for its own ASN in iBGP routes
        allowas_in=site.allowas_in,
        map_out="TO-EDGE",
    )


def _other_sites(blueprint: Blueprint, site: DataCenter) -> list[Neighbor]:
    keepalive, hold = INTERNAL_TIMERS
    neighbors = []
    for interconnect in blueprint.topology.interconnects:
        if site.name not in interconnect.between:
            continue
        pair = blueprint.interconnects[interconnect.name]
        first = interconnect.between[0] == site.name
        other = blueprint.centers[interconnect.between[first]]
        here, there = (pair.a, pair.b) if first else (pair.b, pair.a)
        neighbors.append(
            Neighbor(
                address=there.ip,
                remote_as=other.asn,
                node=f"{other.name}-core",
                keepalive=keepalive,
                hold=hold,
                bfd=Bfd(local=here.ip, interface=here.name),
                next_hop_self=other.asn == site.asn,
                map_in="DCI-IN",
                map_out="DCI-OUT",
            )
        )
    return neighbors
