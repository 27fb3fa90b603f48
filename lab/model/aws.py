"""Facts about AWS that more than one room must know."""

from lab.model.topology import GatewayKind

INTERNAL_AS = 65551
"""The AS of all emulated AWS routers. Customers never see it. It is from the documentation range for 4-byte ASNs (RFC 5398), so no AWS
gateway and no customer should have it."""

VIF_PREFIX_LIMIT = 100
"""Prefixes that a customer may announce on a private or transit virtual interface (Direct Connect quotas, unless AWS allocates more).
With more, the BGP session goes down and stays down until it is reset (3.3)."""

VPN_PREFIX_LIMIT = {GatewayKind.VGW: 100, GatewayKind.TGW: 1000}
"""Prefixes that a customer gateway may announce over a VPN with BGP (Site-to-Site VPN quotas, not adjustable). With more, AWS closes the
session (1.5)."""

TUNNEL_MTU = 1438
"""The longest IP packet that fits a tunnel with AES-GCM-16 and NAT traversal, in octets (V23 your-cgw, 1.4)."""

_AROUND_ESP = 20 + 8 + 8 + 8 + 16
"""Octets of the outer IPv4 and UDP headers, SPI and sequence number, IV and ICV (RFC 3948, 4303, 4106)."""


def octets_outside(octets: int) -> int:
    """The length on the internet of the packet that carries an IP packet of so many octets: with trailer and padding (RFC 4303, 2.4)."""
    return _AROUND_ESP + -(-(octets + 2) // 4) * 4


def fewest_outside(octets: int) -> int:
    """The shortest IP packet that becomes longer than so many octets on the internet."""
    return (octets - _AROUND_ESP) // 4 * 4 - 1
