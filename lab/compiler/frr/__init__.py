"""FRR: typed values → configuration text. Law: all deciding is done in the values; the templates beside only spell them."""

from lab.compiler.frr.render import frr_files
from lab.compiler.frr.values import BgpRouter, CommunityList, Neighbor, Network, PrefixList, RouteMapEntry

__all__ = ["BgpRouter", "CommunityList", "Neighbor", "Network", "PrefixList", "RouteMapEntry", "frr_files"]
