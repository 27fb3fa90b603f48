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
