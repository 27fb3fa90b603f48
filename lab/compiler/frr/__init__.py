"""FRR: turn typed values into configuration text. Law: the values decide everything; the templates only spell them."""

from lab.compiler.frr.render import frr_files
from lab.compiler.frr.values import Bfd, BgpRouter, CommunityList, Neighbor, Network, PrefixList, RouteMapEntry, Sharing

__all__ = ["Bfd", "BgpRouter", "CommunityList", "Neighbor", "Network", "PrefixList", "RouteMapEntry", "Sharing", "frr_files"]
