"""Facts about AWS that more than one package needs. The marks in brackets, such as `V23` or `1.4`, are sources:

`tests/live/behaviour/README.md` explains them.
"""

from lab.model.topology import LINK_MTU, VIF_PREFIX_LIMIT, GatewayKind, VifKind
from lab.model.tunnel_options import Suite

INTERNAL_AS = 65551
"""The ASN of all emulated AWS routers. Customers never see it. It is a documentation ASN (RFC 5398), so no real network uses it."""

PREFIX_ALLOCATIONS = (VIF_PREFIX_LIMIT, 1000)
"""The least and the most prefixes that AWS allocates to a private or transit virtual interface from its pool (D26 limits)."""

PREFIX_POOLS = ((100 * 10**9, 5000), (400 * 10**9, 30_000))
"""How many prefixes AWS allocates to all virtual interfaces of a connection with less than this bandwidth (XC, 3.3)."""

LARGEST_PREFIX_POOL = 50_000
DX_GATEWAY_PREFIX_POOL = 10_000
"""The pool of a connection with more bandwidth, and how many prefixes AWS allocates on one Direct Connect gateway (XC, 3.3)."""

VPN_PREFIX_LIMIT = {GatewayKind.VGW: 100, GatewayKind.TGW: 1000}
"""How many prefixes a customer gateway may announce over a VPN with BGP (Site-to-Site VPN quotas). With more, AWS closes the session (1.5).
"""

RESTART_SECONDS = 120
"""How long a customer with graceful restart keeps AWS's routes on a virtual interface without a session (D26, 3.2). In seconds."""

TUNNEL_BANDWIDTH = 1_250_000_000
"""The bandwidth of a standard VPN tunnel, in bits per second (Site-to-Site VPN quotas, 1.4)."""

ROUTE_TABLE_LIMIT = 100
"""How many routes the route table of a VPC takes from a virtual private gateway (Direct Connect troubleshooting, not adjustable, 1.5)."""

JUMBO_MTU = 9001
"""The longest IP packet in a VPC and on a private virtual interface with jumbo frames, in octets (D23 set-jumbo-frames-vif)."""

TRANSIT_GATEWAY_MTU = 8500
"""The longest IP packet through a transit gateway, and on a transit virtual interface with jumbo frames, in octets (T23 quotas, D23)."""

JUMBO = {VifKind.PRIVATE: (TRANSIT_GATEWAY_MTU, JUMBO_MTU), VifKind.TRANSIT: (TRANSIT_GATEWAY_MTU,)}
"""The MTUs of jumbo frames on each kind of virtual interface, the largest last.

On a private one, AWS's guide has 9001, and its console and API have 8500. So both are right.
"""

TUNNEL_MTU = Suite().mtu
"""The longest IP packet that fits into a tunnel with AES-GCM-16 and NAT traversal, in octets (V23 your-cgw, 1.4)."""


def mtus_in_words(kind: VifKind) -> str:
    """The MTUs of a kind of virtual interface in words: `1500, 8500 or 9001`."""
    *first, last = (LINK_MTU, *JUMBO[kind])
    return f"{', '.join(map(str, first))} or {last}"
