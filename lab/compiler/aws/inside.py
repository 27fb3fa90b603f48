"""The inside of AWS, which customers never see: tags on routes, lists that match the tags, and BGP timers."""

from lab.model.aws import INTERNAL_AS
from lab.model.dx_session import LocalPreference
from lab.model.router import CommunityList, DropCommunities

FROM_ASSOCIATION = f"{INTERNAL_AS}:1:2"
FROM_VIF = f"{INTERNAL_AS}:1:3"
FROM_VPN = f"{INTERNAL_AS}:1:4"
FROM_GATEWAY_VIF = f"{INTERNAL_AS}:1:5"
"""Tags for the origin of a route: (2) a VPC or an allowed prefix, (3) a virtual interface on a Direct Connect gateway, (4) a customer's
VPN, (5) a virtual interface directly on a virtual private gateway.
"""

STATIC = f"{INTERNAL_AS}:2:1"
SITELINK = f"{INTERNAL_AS}:3:1"
CROSSED = f"{INTERNAL_AS}:3:2"
"""More tags: the route is a static route of a VPN, its virtual interface has SiteLink, or it came from another device."""

INTERNAL_TIMERS = (1, 3)
"""Keepalive and hold time in seconds. BFD (300 ms × 3) is faster. AWS publishes no figures."""


def _large(name: str, value: str) -> CommunityList:
    return CommunityList(name=name, value=value, large=True)


LISTS = (
    _large("FROM-ASSOCIATION", FROM_ASSOCIATION),
    _large("FROM-VIF", FROM_VIF),
    _large("FROM-VPN", FROM_VPN),
    _large("FROM-GATEWAY-VIF", FROM_GATEWAY_VIF),
    _large("STATIC", STATIC),
    _large("SITELINK", SITELINK),
    _large("CROSSED", CROSSED),
    CommunityList(name="INTERNAL-TAGS", value=f"{INTERNAL_AS}:", large=True, beginning=True),
    *(CommunityList(name=f"PREFERENCE-{each.name}", value=each.value) for each in sorted(LocalPreference, key=lambda each: each.value)),
    CommunityList(name="AWS-ACTIONS", value="7224:", beginning=True),
)

UNDRESSED = (DropCommunities(list="INTERNAL-TAGS", large=True), DropCommunities(list="AWS-ACTIONS"))
"""Removes from a route what customers must not see: the tags, and the communities that are meant for AWS (7224:*)."""
