"""The hidden inside of AWS: its AS, the tags that routes carry there, and the timers of its sessions."""

from lab.compiler.frr import CommunityList

INTERNAL_AS = 65551
"""From the documentation range for 4-byte ASNs (RFC 5398): no AWS gateway and no sane customer has it. Customers never see it."""

FROM_ASSOCIATION = f"{INTERNAL_AS}:1:2"
FROM_VPN = f"{INTERNAL_AS}:1:4"
"""What a route came from: a VPC associated with the gateway, a customer's VPN."""

INTERNAL_TIMERS = (1, 3)
"""Keepalive and hold; BFD 300 ms × 3 is the first to notice. AWS publishes no figures for its inside."""

LISTS = (
    CommunityList(kind="large-community-list standard", name="FROM-ASSOCIATION", value=FROM_ASSOCIATION),
    CommunityList(kind="large-community-list standard", name="FROM-VPN", value=FROM_VPN),
    CommunityList(kind="large-community-list expanded", name="INTERNAL-TAGS", value=f"^{INTERNAL_AS}:"),
)
