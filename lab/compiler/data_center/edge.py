"""An edge router of a data centre: the customer's end of VPN tunnels and Direct Connect circuits."""

from lab.compiler.blueprint import Blueprint, TunnelSite, VifSite
from lab.compiler.data_center.common import DX_TIMERS, FROM_DX, FROM_VPN, INTERNAL_TIMERS, LISTS, VPN_TIMERS, prefix_lists, shares_over_vpn
from lab.compiler.dx_session import dx_password
from lab.model.plan import Timers
from lab.model.router import (
    Bfd,
    BgpRouter,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Neighbor,
    PrefixList,
    Prepend,
    RouteMapEntry,
    Set,
    SetCommunities,
    SetPreference,
    SetWeight,
    Sharing,
)
from lab.model.topology import DataCenter


def out_by(name: str) -> str:
    """The name of an edge's outbound route-map for a VPN connection or a virtual interface."""
    return f"AWS-OUT-{name}"


def edge_router(blueprint: Blueprint, site: DataCenter, edge: str, timers: Timers) -> BgpRouter:
    """The BGP of an edge: it announces the data centre's prefixes and learns AWS's.

    Both tunnels of a VPN have the same local preference, so AWS's MED chooses between them (V23, 1.6).
    """
    tunnels = [each for each in blueprint.tunnels_of(edge) if not each.vpn.static_routes]
    static = [each for each in blueprint.tunnels_of(edge) if each.vpn.static_routes]
    vifs = [each for each in blueprint.vifs if each.connection.edge == edge]
    vpns = dict.fromkeys(each.vpn.name for each in tunnels)
    maps = [
        *_common_maps(),
        *(_static_maps() if static else ()),
        *(entry for name in vpns for entry in _announced(out_by(name), (DropCommunities(list="INTERNAL-TAGS"),))),
        *(entry for each in vifs for entry in _vif_maps(site, each)),
    ]
    return BgpRouter(
        hostname=edge,
        asn=site.asn,
        router_id=blueprint.router_id(edge),
        neighbors=(
            _core(blueprint, site, edge),
            *(_tunnel(blueprint, site, each, timers) for each in tunnels),
            *(_vif(site, each, timers) for each in vifs),
        ),
        kernel_routes="STATIC-VPN" if _static_list(static) else None,
        prefix_lists=(*prefix_lists(blueprint, site), *_static_list(static)),
        community_lists=LISTS,
        route_maps=tuple(maps),
        sharing=Sharing(paths=16 if shares_over_vpn(blueprint, site) else 1),
    )


def _core(blueprint: Blueprint, site: DataCenter, edge: str) -> Neighbor:
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
        map_out="TO-CORE",
    )


def _tunnel(blueprint: Blueprint, site: DataCenter, tunnel_site: TunnelSite, timers: Timers) -> Neighbor:
    end = tunnel_site.tunnel.aws
    keepalive, hold = VPN_TIMERS[timers]
    return Neighbor(
        address=end.inside.ip,
        remote_as=blueprint.gateway(tunnel_site.vpn.gateway).asn,
        node=end.node,
        keepalive=keepalive,
        hold=hold,
        allowas_in=site.allowas_in,
        map_in="AWS-IN-VPN",
        map_out=out_by(tunnel_site.vpn.name),
    )


def _vif(site: DataCenter, vif_site: VifSite, timers: Timers) -> Neighbor:
    keepalive, hold = DX_TIMERS[timers]
    has_bfd = vif_site.vif.bfd and timers is Timers.TUNED
    return Neighbor(
        address=vif_site.aws.ip,
        remote_as=vif_site.amazon_asn,
        node=vif_site.device,
        keepalive=keepalive,
        hold=hold,
        password=dx_password(vif_site.vif),
        bfd=Bfd(local=vif_site.customer.ip, interface=vif_site.customer.name) if has_bfd else None,
        allowas_in=site.allowas_in,
        map_in="AWS-IN-DX",
        map_out=out_by(vif_site.vif.name),
    )


def _common_maps() -> list[RouteMapEntry]:
    return [
        RouteMapEntry(name="TO-CORE", seq=10, match=(HasCommunity(list="FROM-DX"),)),
        RouteMapEntry(name="TO-CORE", seq=20, match=(HasCommunity(list="FROM-VPN"),)),
        RouteMapEntry(name="AWS-IN-VPN", seq=10, permit=False, match=(InPrefixes(list="OWN"),)),
        RouteMapEntry(name="AWS-IN-VPN", seq=20, set=(SetPreference(value=100), SetCommunities(values=(FROM_VPN,)))),
        RouteMapEntry(name="AWS-IN-DX", seq=10, permit=False, match=(InPrefixes(list="OWN"),)),
        RouteMapEntry(name="AWS-IN-DX", seq=20, set=(SetPreference(value=200), SetCommunities(values=(FROM_DX,)))),
    ]


def _static_maps() -> tuple[RouteMapEntry, ...]:
    """The route-maps for static VPN routes. A tunnel that is down has no such route."""
    dressed = (SetWeight(value=0), SetPreference(value=100), SetCommunities(values=(FROM_VPN,)))
    return (RouteMapEntry(name="STATIC-VPN", seq=10, match=(InPrefixes(list="STATIC"),), set=dressed),)


def _static_list(static: list[TunnelSite]) -> tuple[PrefixList, ...]:
    prefixes = tuple(dict.fromkeys(prefix for each in static for prefix in each.tunnel.customer.routes))
    return (PrefixList(name="STATIC", prefixes=prefixes),) if prefixes else ()


def _vif_maps(site: DataCenter, vif_site: VifSite) -> list[RouteMapEntry]:
    vif = vif_site.vif
    tagged = SetCommunities(values=(vif.local_preference.value,)) if vif.local_preference else DropCommunities(list="INTERNAL-TAGS")
    longer = (Prepend(asns=(site.asn,) * vif.as_path_prepend),) if vif.as_path_prepend else ()
    return _announced(out_by(vif.name), (tagged, *longer))


def _announced(name: str, dressed: tuple[Set, ...]) -> list[RouteMapEntry]:
    """The entries that announce the prefixes of this data centre, and those of another one learned over the interconnect."""
    return [
        RouteMapEntry(name=name, seq=10, match=(InPrefixes(list="OWN"),), set=dressed),
        RouteMapEntry(name=name, seq=20, match=(InPrefixes(list="OTHER"), HasCommunity(list="FROM-DCI")), set=dressed),
    ]
