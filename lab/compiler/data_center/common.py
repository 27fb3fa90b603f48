"""Timers, tags and lists that both the core router and the edge routers of a data centre use."""

from collections.abc import Iterable

from lab.compiler.blueprint import Blueprint
from lab.model.ip import Prefix
from lab.model.plan import Timers
from lab.model.router import CommunityList, PrefixList
from lab.model.told import Line
from lab.model.topology import DEFAULT_ROUTE, DataCenter

INTERNAL_TIMERS = (1, 3)
"""Keepalive and hold time in seconds, inside a data centre and between two. BFD (300 ms × 3) is faster."""

VPN_TIMERS = {Timers.DEFAULT: (10, 30), Timers.TUNED: (1, 3)}
DX_TIMERS = {Timers.DEFAULT: (30, 90), Timers.TUNED: (1, 3)}
"""Keepalive and hold time that the customer's router proposes, in seconds. AWS proposes 10/30 and 30/90.

The lower hold time counts (1.5, 3.2).
"""

FROM_DX, FROM_VPN, FROM_INTERCONNECT = "64496:10", "64496:20", "64496:30"
"""Communities that say how a route entered this data centre. They are never sent to AWS."""

DX_PREFERENCE, VPN_PREFERENCE = 200, 100
"""The local preference of AWS's routes if the customer does not choose one."""

LISTS = (
    CommunityList(name="FROM-DX", value=FROM_DX),
    CommunityList(name="FROM-VPN", value=FROM_VPN),
    CommunityList(name="FROM-DCI", value=FROM_INTERCONNECT),
    CommunityList(name="INTERNAL-TAGS", value="64496:", beginning=True),
)


def prefix_lists(blueprint: Blueprint, site: DataCenter) -> tuple[PrefixList, ...]:
    """Prefix lists with the prefixes of data centres.

    - OWN: those of this one. OTHER: those of all others.
    - BEYOND-OWN: what this one announces to AWS besides its own prefixes
    - DEFAULT: the default route, if this one has it from another or gives it to one
    """
    others = [other for other in blueprint.topology.data_centers if other is not site]
    lists = (
        PrefixList(name="OWN", prefixes=site.prefixes),
        PrefixList(name="OTHER", prefixes=_prefixes(others)),
        PrefixList(name="BEYOND-OWN", prefixes=blueprint.beyond_own(site)),
        PrefixList(name="DEFAULT", prefixes=(DEFAULT_ROUTE,) if site.default_route_from or blueprint.gives_default(site) else ()),
    )
    return tuple(each for each in lists if each.prefixes)


def lines_of(blueprint: Blueprint, edge: str) -> tuple[Line, ...]:
    """The VPN connections with BGP and the virtual interfaces of an edge."""
    tunnels = [each for each in blueprint.tunnels_of(edge) if not each.vpn.static_routes]
    vifs = [each for each in blueprint.vifs if each.connection.edge == edge]
    return (*dict.fromkeys(each.vpn for each in tunnels), *(each.vif for each in vifs))


def sisters(blueprint: Blueprint, site: DataCenter) -> tuple[DataCenter, ...]:
    """The data centres with the same ASN that an interconnect joins with this one. Their cores speak iBGP."""
    return tuple(other for other in blueprint.joined(site) if other.asn == site.asn)


def _prefixes(sites: Iterable[DataCenter]) -> tuple[Prefix, ...]:
    return tuple(dict.fromkeys(prefix for site in sites for prefix in site.prefixes))


def shares_over_vpn(blueprint: Blueprint, site: DataCenter) -> bool:
    """Whether the site has a VPN to a transit gateway with ECMP. Then its routers also share traffic over equal tunnels (T26)."""
    tunnels = (tunnel for edge in site.edges for tunnel in blueprint.tunnels_of(edge))
    return any(blueprint.gateway(tunnel.vpn.gateway).shares_vpn for tunnel in tunnels)
