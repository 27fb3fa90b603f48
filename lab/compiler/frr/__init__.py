"""FRR: typed values → configuration text. Law: all deciding is done in the values; the templates beside only spell them."""

from lab.compiler.frr.render import frr_files
from lab.compiler.frr.values import Bfd, BgpRouter, CommunityList, Neighbor, Network, PrefixList, RouteMapEntry, Sharing

__all__ = ["Bfd", "BgpRouter", "CommunityList", "Neighbor", "Network", "PrefixList", "RouteMapEntry", "Sharing", "frr_files"]
