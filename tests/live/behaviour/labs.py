"""The labs of the table: the networks made for it, and the shipped one that all live tests share."""

from pathlib import Path

VPN = "active-active-vpn"
DX = "live-dx"
TGW = "live-tgw"
SITELINK = "live-sitelink"
ANNOUNCEMENTS = "live-announcements"
CUSTOMERS = "live-customers"

TOPOLOGIES = Path(__file__).parent / "topologies"
