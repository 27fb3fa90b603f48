"""How a gateway chooses among routes: a local preference for each class of route, and rules for sharing (2.1-2.3).

- VGW: VPC 500, Direct Connect 405-430, static VPN 300, VPN 200.
- TGW: static VPN 600, VPC 500, Direct Connect 405-430, private-IP VPN 300, VPN 200.
- Direct Connect by community: 7224:7300 430, 7224:7200 420, 7224:7100 405.
- Direct Connect without a community: 420 from a location in the gateway's Region, else 410. With SiteLink all get 420 (D23).

AWS publishes no order between 7224:7100 and a route without a community from another Region.
"""

from lab.compiler.blueprint import Blueprint, TunnelSite
from lab.model.dx_session import LocalPreference
from lab.model.router import HasCommunity, RouteMapEntry, SetPreference, Sharing
from lab.model.topology import Gateway, GatewayKind

_HOME, _REMOTE = 420, 410
_TAGGED = {LocalPreference.HIGH: 430, LocalPreference.MEDIUM: 420, LocalPreference.LOW: 405}
_STATIC_VPN = {GatewayKind.VGW: 300, GatewayKind.TGW: 600}
PATHS = 16


def class_maps(kind: GatewayKind) -> tuple[RouteMapEntry, ...]:
    """The inbound route-maps that set a route's local preference by its class."""
    return (
        RouteMapEntry(
            name="FROM-VPN", seq=10, match=(HasCommunity(list="STATIC", large=True),), set=(SetPreference(value=_STATIC_VPN[kind]),)
        ),
        RouteMapEntry(name="FROM-VPN", seq=20, set=(SetPreference(value=200),)),
        *_dx_class("FROM-DX-HOME", _HOME),
        *_dx_class("FROM-DX-REMOTE", _REMOTE),
    )


def from_vpn_map(site: TunnelSite) -> str:
    """The name of the inbound route-map for a VPN endpoint."""
    return "FROM-VPN" if site.vpn.over is None else "FROM-PRIVATE-VPN"


def private_vpn_maps(blueprint: Blueprint, gateway: Gateway) -> tuple[RouteMapEntry, ...]:
    """The inbound route-map for private-IP VPNs: better than VPNs over the internet, and never shared with them (T26, XC)."""
    if all(site.vpn.over is None for site in blueprint.tunnels if site.vpn.gateway == gateway.name):
        return ()
    return (
        RouteMapEntry(
            name="FROM-PRIVATE-VPN",
            seq=10,
            match=(HasCommunity(list="STATIC", large=True),),
            set=(SetPreference(value=_STATIC_VPN[gateway.kind]),),
        ),
        RouteMapEntry(name="FROM-PRIVATE-VPN", seq=20, set=(SetPreference(value=300),)),
    )


def from_dx_map(blueprint: Blueprint, gateway: Gateway, device: str) -> str:
    """The name of the inbound route-map for a device. It depends on the Region of the device's location, but not with SiteLink."""
    site = next(site for site in blueprint.vifs if site.device == device)
    region = next(each.region for each in blueprint.topology.locations if each.name == site.connection.location)
    by_sitelink = sum(each.vif.sitelink for each in blueprint.vifs if each.vif.gateway == site.vif.gateway) > 1
    return "FROM-DX-HOME" if region == gateway.region or by_sitelink else "FROM-DX-REMOTE"


def sharing(blueprint: Blueprint, gateway: Gateway) -> Sharing:
    """Which equal paths share traffic:

    Direct Connect's even with different ASNs (2.3), VPN's only on a TGW and with equal AS paths (2.2).
    """
    if _has_dx(blueprint, gateway):
        return Sharing(paths=PATHS, across_ases=True)
    return Sharing(paths=PATHS if gateway.shares_vpn else 1)


def igp_metrics(blueprint: Blueprint, gateway: Gateway) -> dict[str, int]:
    """The distance to each VPN endpoint, for a gateway whose Direct Connect paths share traffic.

    FRR shares for all routes of a router or for none. It compares the distance to the next hop first, so different distances keep VPN
    tunnels from sharing. On a virtual private gateway each tunnel has its own distance, on a transit gateway with ECMP each customer ASN.
    Tunnels of a static VPN differ by MED.
    """
    if not _has_dx(blueprint, gateway):
        return {}
    sites = [site for site in blueprint.tunnels if site.vpn.gateway == gateway.name]
    kinds = [blueprint.asn_of(site.vpn.customer_gateway) if gateway.shares_vpn else site.tunnel.name for site in sites]
    order = list(dict.fromkeys(kinds))
    return {site.tunnel.name: (order.index(kind) + 1) * 10 for site, kind in zip(sites, kinds, strict=True)}


def _has_dx(blueprint: Blueprint, gateway: Gateway) -> bool:
    return any(name == gateway.name for _, name in blueprint.device_core)


def _dx_class(name: str, untagged: int) -> tuple[RouteMapEntry, ...]:
    tagged = [
        RouteMapEntry(
            name=name,
            seq=(number + 1) * 10,
            match=(HasCommunity(list=f"PREFERENCE-{preference.name}"),),
            set=(SetPreference(value=value),),
        )
        for number, (preference, value) in enumerate(_TAGGED.items())
    ]
    return (*tagged, RouteMapEntry(name=name, seq=40, set=(SetPreference(value=untagged),)))
