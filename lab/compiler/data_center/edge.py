"""An edge router of a data centre: the customer's end of VPN tunnels and Direct Connect circuits."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lab.compiler.blueprint import Blueprint, TunnelSite, VifSite
from lab.compiler.data_center.common import (
    DX_TIMERS,
    FROM_VPN,
    INTERNAL_TIMERS,
    LISTS,
    VPN_PREFERENCE,
    VPN_TIMERS,
    lines_of,
    prefix_lists,
    shares_over_vpn,
)
from lab.compiler.data_center.own_as import FROM_CORE, is_apart, via
from lab.compiler.data_center.policy import (
    accepted_lists,
    announced_lists,
    announced_maps,
    chosen_maps,
    in_by,
    out_by,
    refused_maps,
    usual_maps,
)
from lab.compiler.data_center.session import customer_bfd, proposed
from lab.compiler.dx_session import dx_password
from lab.model.plan import Timers
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
    Sharing,
)
from lab.model.topology import DataCenter

_ORIGINATED = (RouteMapEntry(name="ORIGINATED", seq=10, set=(SetWeight(value=0), SetPreference(value=1))),)
"""What an edge originates itself. The core's route to the same prefix is better, so packets go there as long as there is one."""


def edge_router(blueprint: Blueprint, site: DataCenter, edge: str, timers: Timers) -> BgpRouter:
    """The BGP of an edge: it announces the data centre's prefixes and learns AWS's.

    Both tunnels of a VPN have the same local preference, so AWS's MED chooses between them (V23, 1.6).
    """
    tunnels = [each for each in blueprint.tunnels_of(edge) if not each.vpn.static_routes]
    static = [each for each in blueprint.tunnels_of(edge) if each.vpn.static_routes]
    vifs = [each for each in blueprint.vifs if each.connection.edge == edge]
    lines, apart = lines_of(blueprint, edge), is_apart(site, edge)
    originated = blueprint.originated(site) if site.edges_originate else ()
    maps = [
        *_common_maps(),
        *(_ORIGINATED if originated else ()),
        *(_static_maps() if static else ()),
        *(entry for line in lines for entry in announced_maps(site, edge, line)),
        *chosen_maps(lines, {line.name: via(blueprint, line) for line in lines} if apart else {}),
        *((RouteMapEntry(name=FROM_CORE, seq=10),) if apart or static else ()),
        *(refused_maps(lines) if blueprint.beyond_own(site) else ()),
    ]
    neighbors = (
        _core(blueprint, site, edge, FROM_CORE if apart or static else None),
        *(_tunnel(blueprint, site, each, timers) for each in tunnels),
        *(_vif(site, each, timers) for each in vifs),
    )
    return BgpRouter(
        hostname=edge,
        asn=site.asn_of(edge),
        router_id=blueprint.router_id(edge),
        neighbors=neighbors,
        networks=tuple(Network(prefix=prefix, route_map="ORIGINATED") for prefix in originated),
        kernel_routes="STATIC-VPN" if _static_list(static) else None,
        prefix_lists=(
            *prefix_lists(blueprint, site),
            *announced_lists(blueprint, site, lines),
            *_static_list(static),
            *accepted_lists(lines),
        ),
        community_lists=LISTS,
        route_maps=tuple(_learned_first(maps, neighbors) if static else maps),
        sharing=Sharing(paths=16 if shares_over_vpn(blueprint, site) else 1),
    )


def _core(blueprint: Blueprint, site: DataCenter, edge: str, map_in: str | None) -> Neighbor:
    pair = blueprint.core_edge[edge]
    keepalive, hold = INTERNAL_TIMERS
    return Neighbor(
        address=pair.a.ip,
        remote_as=site.asn,
        node=f"{site.name}-core",
        keepalive=keepalive,
        hold=hold,
        bfd=Bfd(local=pair.b.ip, interface=pair.b.name),
        next_hop_self=True,
        # the core learns this edge's AWS route even while the edge prefers the core's
        send_all_paths=True,
        map_in=map_in,
        map_out="TO-CORE",
    )


def _tunnel(blueprint: Blueprint, site: DataCenter, tunnel_site: TunnelSite, timers: Timers) -> Neighbor:
    end = tunnel_site.tunnel.aws
    keepalive, hold = proposed(tunnel_site.vpn, VPN_TIMERS[timers])
    return Neighbor(
        address=end.inside.ip,
        remote_as=blueprint.gateway(tunnel_site.vpn.gateway).asn,
        node=end.node,
        keepalive=keepalive,
        hold=hold,
        allowas_in=site.allowas_in,
        map_in=in_by(tunnel_site.vpn),
        map_out=out_by(tunnel_site.vpn),
    )


def _vif(site: DataCenter, vif_site: VifSite, timers: Timers) -> Neighbor:
    keepalive, hold = proposed(vif_site.vif, DX_TIMERS[timers])
    restart = vif_site.vif.customer.graceful_restart
    return Neighbor(
        address=vif_site.aws.ip,
        remote_as=vif_site.amazon_asn,
        node=vif_site.device,
        keepalive=keepalive,
        hold=hold,
        password=dx_password(vif_site.vif),
        bfd=customer_bfd(vif_site) if vif_site.vif.runs_bfd(tuned=timers is Timers.TUNED) else None,
        allowas_in=site.allowas_in,
        restart_time=None if restart is None else int(restart),
        map_in=in_by(vif_site.vif),
        map_out=out_by(vif_site.vif),
    )


def _common_maps() -> list[RouteMapEntry]:
    return [
        RouteMapEntry(name="TO-CORE", seq=10, match=(HasCommunity(list="FROM-DX"),)),
        RouteMapEntry(name="TO-CORE", seq=20, match=(HasCommunity(list="FROM-VPN"),)),
        *usual_maps(),
    ]


def _static_maps() -> tuple[RouteMapEntry, ...]:
    """The route-maps for static VPN routes. A tunnel that is down has no such route."""
    dressed = (SetWeight(value=0), SetPreference(value=VPN_PREFERENCE), SetCommunities(values=(FROM_VPN,)))
    return (RouteMapEntry(name="STATIC-VPN", seq=10, match=(InPrefixes(list="STATIC"),), set=dressed),)


def _learned_first(maps: Iterable[RouteMapEntry], neighbors: Iterable[Neighbor]) -> Iterator[RouteMapEntry]:
    """The route-maps of an edge with a static VPN. Every learned route has a weight, so none loses to a floating static route.

    zebra prefers learned routes by distance, and bgpd must agree. If bgpd preferred the static route, the first of the two would stay.
    """
    inbound = {each.map_in for each in neighbors}
    for entry in maps:
        learned = entry.permit and entry.name in inbound
        yield replace(entry, set=(*entry.set, SetWeight(value=1))) if learned else entry


def _static_list(static: list[TunnelSite]) -> tuple[PrefixList, ...]:
    prefixes = tuple(dict.fromkeys(prefix for each in static for prefix in each.tunnel.customer.routes))
    return (PrefixList(name="STATIC", prefixes=prefixes),) if prefixes else ()
