"""Edges with an ASN of their own. They have eBGP with their core router, which does not carry local preferences.

So the edge tags what it hears on a line that the customer prefers, and the core router sets the local preference again.
"""

from collections.abc import Iterator

from lab.compiler.blueprint import Blueprint
from lab.compiler.data_center.common import DX_PREFERENCE, VPN_PREFERENCE, lines_of
from lab.model.router import CommunityList, HasCommunity, RouteMapEntry, SetPreference
from lab.model.told import Line
from lab.model.topology import DataCenter

FROM_CORE = "FROM-CORE"
"""The edge's inbound route-map for its core router. It accepts all. FRR wants one for eBGP (RFC 8212)."""

_FIRST_TAG = 100


def is_apart(site: DataCenter, edge: str) -> bool:
    """Whether an edge has another ASN than its core router."""
    return site.asn_of(edge) != site.asn


def from_edge(edge: str) -> str:
    """The core router's inbound route-map for an edge with its own ASN."""
    return f"FROM-{edge}"


def via(blueprint: Blueprint, line: Line) -> str:
    """The community of what an edge hears on a line."""
    return f"64496:{_FIRST_TAG + blueprint.lines.index(line)}"


def core_maps(blueprint: Blueprint, site: DataCenter) -> Iterator[RouteMapEntry]:
    """The core router's route-maps for edges with their own ASN."""
    for edge in (each for each in site.edges if is_apart(site, each)):
        chosen = [(f"VIA-{line.name}", line.customer.prefer) for line in _preferred(blueprint, edge)]
        usual = [("FROM-DX", DX_PREFERENCE), ("FROM-VPN", VPN_PREFERENCE)]
        for number, (tagged, preference) in enumerate((*chosen, *usual), start=1):
            if preference is not None:
                match, preferred = (HasCommunity(list=tagged),), (SetPreference(value=preference),)
                yield RouteMapEntry(name=from_edge(edge), seq=number * 10, match=match, set=preferred)


def core_lists(blueprint: Blueprint, site: DataCenter) -> Iterator[CommunityList]:
    """The community lists of these route-maps."""
    for edge in (each for each in site.edges if is_apart(site, each)):
        for line in _preferred(blueprint, edge):
            yield CommunityList(name=f"VIA-{line.name}", value=via(blueprint, line))


def _preferred(blueprint: Blueprint, edge: str) -> list[Line]:
    return [line for line in lines_of(blueprint, edge) if line.customer.prefer is not None]
