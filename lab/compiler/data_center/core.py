"""The core router of a data centre: it announces the site's prefixes, has every route to AWS, and joins the other data centres."""

from collections.abc import Iterator

from lab.compiler.blueprint import Blueprint
from lab.compiler.cabling import Pair
from lab.compiler.data_center.common import INTERNAL_TIMERS, LISTS, prefix_lists, shares_over_vpn, sisters
from lab.compiler.data_center.core_maps import ROUTE_MAPS, SISTER_MAPS, TO_EDGE_BEYOND_OWN
from lab.compiler.data_center.default_route import GIVEN, default_maps
from lab.compiler.data_center.own_as import core_lists, core_maps, from_edge, is_apart
from lab.model.plan import Route
from lab.model.router import (
    Bfd,
    BgpRouter,
    Neighbor,
    Network,
    Sharing,
)
from lab.model.topology import DataCenter

_ACROSS = 10
"""The distance to the core router of another site with the same ASN. To a site's own edges it is 0."""


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
        community_lists=(*LISTS, *core_lists(blueprint, site)),
        route_maps=(
            *ROUTE_MAPS,
            *((TO_EDGE_BEYOND_OWN,) if beyond_own else ()),
            *(SISTER_MAPS if sisters(blueprint, site) else ()),
            *core_maps(blueprint, site),
            *default_maps(blueprint, site),
        ),
        # routes of edges with different ASNs have different AS paths
        sharing=Sharing(paths=16 if shares_over_vpn(blueprint, site) else 1, across_ases=bool(site.own_asns)),
        fast_convergence=True,
    )


def core_routes(blueprint: Blueprint, site: DataCenter) -> tuple[Route, ...]:
    """The static routes to the core routers of sites with the same ASN.

    BGP uses their metric as the distance to the next hop. So of equal routes a site's own one wins, as it would by an IGP's cost.
    """
    pairs = [pair for pair, other in _interconnects(blueprint, site) if other.asn == site.asn]
    return tuple(Route(prefix=pair.b.host_network, interface=pair.a.name, metric=_ACROSS) for pair in pairs)


def _edge(blueprint: Blueprint, site: DataCenter, edge: str) -> Neighbor:
    keepalive, hold = INTERNAL_TIMERS
    pair, apart = blueprint.core_edge[edge], is_apart(site, edge)
    return Neighbor(
        address=pair.b.ip,
        remote_as=site.asn_of(edge),
        node=edge,
        keepalive=keepalive,
        hold=hold,
        bfd=Bfd(local=pair.a.ip, interface=pair.a.name),
        reflector_client=bool(sisters(blueprint, site)) and not apart,
        next_hop_self=True,
        # FRR also looks for its own ASN in iBGP routes
        allowas_in=site.allowas_in,
        map_in=from_edge(edge) if apart else None,
        map_out="TO-EDGE",
    )


def _other_sites(blueprint: Blueprint, site: DataCenter) -> list[Neighbor]:
    keepalive, hold = INTERNAL_TIMERS
    neighbors = []
    for pair, other in _interconnects(blueprint, site):
        maps = "SISTER" if other.asn == site.asn else "DCI"
        neighbors.append(
            Neighbor(
                address=pair.b.ip,
                remote_as=other.asn,
                node=f"{other.name}-core",
                keepalive=keepalive,
                hold=hold,
                bfd=Bfd(local=pair.a.ip, interface=pair.a.name),
                next_hop_self=other.asn == site.asn,
                map_in=f"{maps}-IN",
                map_out=GIVEN[maps] if other.default_route_from == site.name else f"{maps}-OUT",
            )
        )
    return neighbors


def _interconnects(blueprint: Blueprint, site: DataCenter) -> Iterator[tuple[Pair, DataCenter]]:
    """The two ends of each connection of a site to another site over an interconnect. The end `a` of the pair is at this site."""
    for interconnect in blueprint.topology.interconnects:
        if site.name in interconnect.between:
            here = blueprint.interconnects[interconnect.name, site.name]
            for other in interconnect.between:
                if other != site.name:
                    yield Pair(a=here, b=blueprint.interconnects[interconnect.name, other]), blueprint.centers[other]
