"""The BGP of an AWS device at a Direct Connect location: with customers, with gateways (iBGP), and with other devices (SiteLink).

A Direct Connect gateway is not a node. Its ASN, its allowed prefixes and its rules are settings of the sessions of devices and gateways.
"""

from lab.compiler.aws.inside import (
    CROSSED,
    FROM_ASSOCIATION,
    FROM_GATEWAY_VIF,
    FROM_VIF,
    INTERNAL_TIMERS,
    LISTS,
    SITELINK,
    UNDRESSED,
)
from lab.compiler.aws.preference import PATHS
from lab.compiler.blueprint import Blueprint, VifSite
from lab.compiler.cabling import Pair
from lab.compiler.dx_session import dx_password
from lab.model.aws import INTERNAL_AS, RESTART_SECONDS
from lab.model.ip import Prefix
from lab.model.plan import Interface, Route, Timers
from lab.model.router import Bfd, BgpRouter, HasCommunity, Neighbor, Network, Prepend, RouteMapEntry, SetCommunities, SetPreference, Sharing
from lab.model.topology import Association, GatewayKind

DX_TIMERS = (30, 90)
MINIMUM_HOLD = 3
"""Keepalive and hold time that AWS proposes on a virtual interface, and the shortest hold time that it accepts. In seconds (3.2)."""


def dx_device(blueprint: Blueprint, device: str, timers: Timers) -> BgpRouter:
    """The BGP of the device, with BFD towards customers that use BFD.

    AWS has BFD on every virtual interface. But FRR 10.3 keeps BGP down while its BFD is down, so here a customer without BFD gets none.
    """
    sites = [site for site in blueprint.vifs if site.device == device]
    cores = [_core(pair, gateway) for (name, gateway), pair in blueprint.device_core.items() if name == device]
    others = [_other_device(pair, ends, device) for ends, pair in blueprint.sitelinks.items() if device in ends]
    shown = sites[0].amazon_asn
    straight = blueprint.dx_gateway(sites[0].vif.gateway) is None
    return BgpRouter(
        hostname=device,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(device),
        neighbors=(*cores, *others, *(_customer(blueprint, site, timers) for site in sites)),
        networks=tuple(Network(prefix=prefix, route_map="ALLOWED") for _, prefix in _originated(blueprint, device)),
        community_lists=LISTS,
        route_maps=(*_inside_maps(), *_from_customers(straight=straight), *_to_customers(shown)),
        # equal virtual interfaces share traffic, also on two devices and with different customer ASNs (2.3)
        sharing=Sharing(paths=PATHS, across_ases=True),
        minimum_hold=MINIMUM_HOLD,
    )


def device_routes(blueprint: Blueprint, device: str) -> tuple[Route, ...]:
    """Static routes for the allowed prefixes of transit gateways. Each leads to its gateway while that gateway is reachable."""
    return tuple(
        Route(prefix=prefix, via=blueprint.device_core[device, association.gateway].b.ip)
        for association, prefix in _originated(blueprint, device)
    )


def _originated(blueprint: Blueprint, device: str) -> list[tuple[Association, Prefix]]:
    """The allowed prefixes of transit gateways. The device announces them even if the gateway is down (3.4)."""
    served = next(site.vif.gateway for site in blueprint.vifs if site.device == device)
    dx_gateway = blueprint.dx_gateway(served)
    return [
        (association, prefix)
        for association in (dx_gateway.associations if dx_gateway else ())
        if blueprint.gateway(association.gateway).kind is GatewayKind.TGW
        for prefix in association.allowed_prefixes
    ]


def _core(pair: Pair, gateway: str) -> Neighbor:
    return _internal(pair.a, pair.b, gateway, ("FROM-CORE", "TO-CORE"))


def _other_device(pair: Pair, ends: tuple[str, str], device: str) -> Neighbor:
    if ends[0] == device:
        return _internal(pair.a, pair.b, ends[1], ("SITELINK-IN", "SITELINK-OUT"))
    return _internal(pair.b, pair.a, ends[0], ("SITELINK-IN", "SITELINK-OUT"))


def _internal(here: Interface, there: Interface, node: str, maps: tuple[str, str]) -> Neighbor:
    return Neighbor(
        address=there.ip,
        remote_as=INTERNAL_AS,
        node=node,
        keepalive=INTERNAL_TIMERS[0],
        hold=INTERNAL_TIMERS[1],
        bfd=Bfd(local=here.ip, interface=here.name),
        next_hop_self=True,
        send_all_paths=True,
        map_in=maps[0],
        map_out=maps[1],
    )


def _customer(blueprint: Blueprint, site: VifSite, timers: Timers) -> Neighbor:
    has_bfd = site.vif.runs_bfd(tuned=timers is Timers.TUNED)
    kind = "SITELINK" if site.vif.sitelink else "PLAIN"
    return Neighbor(
        address=site.customer.ip,
        remote_as=blueprint.asn_of(site.connection.edge),
        node=site.connection.edge,
        keepalive=DX_TIMERS[0],
        hold=DX_TIMERS[1],
        local_as=site.amazon_asn,
        password=dx_password(site.vif),
        bfd=Bfd(local=site.aws.ip, interface=site.aws.name, passive=True) if has_bfd else None,
        restart_time=None if site.vif.customer.graceful_restart is None else RESTART_SECONDS,
        maximum_prefix=site.vif.prefix_limit,
        map_in=f"CUSTOMER-IN-{kind}",
        map_out=f"CUSTOMER-OUT-{kind}",
    )


def _inside_maps() -> tuple[RouteMapEntry, ...]:
    return (
        RouteMapEntry(name="ALLOWED", seq=10, set=(SetCommunities(values=(FROM_ASSOCIATION,), large=True),)),
        RouteMapEntry(name="FROM-CORE", seq=10, set=(SetPreference(value=100),)),
        RouteMapEntry(name="TO-CORE", seq=10, match=(HasCommunity(list="FROM-VIF", large=True),)),
        RouteMapEntry(name="TO-CORE", seq=20, match=(HasCommunity(list="FROM-GATEWAY-VIF", large=True),)),
        RouteMapEntry(name="SITELINK-OUT", seq=10, match=(HasCommunity(list="SITELINK", large=True),)),
        RouteMapEntry(name="SITELINK-IN", seq=10, set=(SetCommunities(values=(CROSSED,), large=True, added=True),)),
    )


def _from_customers(*, straight: bool) -> tuple[RouteMapEntry, ...]:
    """The inbound route-map for customers: it tags each route with its origin.

    A 7224:7x00 community also decides between SiteLink paths (FAQ).
    """
    tag = FROM_GATEWAY_VIF if straight else FROM_VIF
    return (*_preferring("CUSTOMER-IN-PLAIN", (tag,)), *_preferring("CUSTOMER-IN-SITELINK", (tag, SITELINK)))


def _preferring(name: str, tags: tuple[str, ...]) -> tuple[RouteMapEntry, ...]:
    tagged = [
        RouteMapEntry(
            name=name,
            seq=(number + 1) * 10,
            match=(HasCommunity(list=f"PREFERENCE-{preference}"),),
            set=(SetPreference(value=value), SetCommunities(values=tags, large=True)),
        )
        for number, (preference, value) in enumerate((("HIGH", 130), ("LOW", 110)))
    ]
    return (*tagged, RouteMapEntry(name=name, seq=30, set=(SetPreference(value=120), SetCommunities(values=tags, large=True))))


def _to_customers(shown_asn: int) -> tuple[RouteMapEntry, ...]:
    """The outbound route-map for customers. Routes of other virtual interfaces are announced only if both have SiteLink.

    A SiteLink route from another device has the gateway's ASN once more (XC).
    """
    return (
        RouteMapEntry(name="CUSTOMER-OUT-PLAIN", seq=10, match=(HasCommunity(list="FROM-ASSOCIATION", large=True),), set=UNDRESSED),
        # only a virtual private gateway sends these, and only to a virtual interface directly on it (CloudHub)
        RouteMapEntry(name="CUSTOMER-OUT-PLAIN", seq=20, match=(HasCommunity(list="FROM-VPN", large=True),), set=UNDRESSED),
        RouteMapEntry(name="CUSTOMER-OUT-SITELINK", seq=10, match=(HasCommunity(list="FROM-ASSOCIATION", large=True),), set=UNDRESSED),
        RouteMapEntry(
            name="CUSTOMER-OUT-SITELINK",
            seq=20,
            match=(HasCommunity(list="CROSSED", large=True),),
            set=(Prepend(asns=(shown_asn,)), *UNDRESSED),
        ),
        RouteMapEntry(name="CUSTOMER-OUT-SITELINK", seq=30, match=(HasCommunity(list="SITELINK", large=True),), set=UNDRESSED),
    )
