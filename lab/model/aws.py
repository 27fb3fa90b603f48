"""Facts about AWS that more than one room must know."""

from lab.model.topology import GatewayKind

INTERNAL_AS = 65551
"""The AS all emulated AWS routers share, from the documentation range for 4-byte ASNs (RFC 5398): no AWS gateway and no sane customer has
it. Customers never see it."""

VIF_PREFIX_LIMIT = 100
"""Prefixes a customer may announce on a private or transit virtual interface (Direct Connect quotas, unless AWS allocates more); with more
the BGP session goes down and stays so until somebody resets it (3.3)."""

VPN_PREFIX_LIMIT = {GatewayKind.VGW: 100, GatewayKind.TGW: 1000}
"""Prefixes a customer gateway may announce over a VPN with BGP (Site-to-Site VPN quotas, not adjustable); more, and AWS closes the session
(1.5)."""

TUNNEL_MTU = 1438
"""Octets of the longest IP packet that fits a tunnel with AES-GCM-16 and NAT traversal (V23 your-cgw, 1.4)."""

_AROUND_ESP = 20 + 8 + 8 + 8 + 16
"""Octets of the outer IPv4 and UDP headers, SPI and number, IV and ICV (RFC 3948, 4303, 4106)."""


def octets_outside(octets: int) -> int:
    """How long the packet on the internet is that carries an IP packet of so many octets: with trailer and padding to 4 (RFC 4303, 2.4)."""
    return _AROUND_ESP + -(-(octets + 2) // 4) * 4


def fewest_outside(octets: int) -> int:
    """The shortest IP packet that is longer than so many octets on the internet."""
    return (octets - _AROUND_ESP) // 4 * 4 - 1
