"""IPsec: typed values → strongSwan configuration. Law: as in frr, the templates only spell what the values decided."""

from lab.compiler.ipsec.render import tunnel_files
from lab.compiler.ipsec.values import AWS, CUSTOMER, Side, TunnelConfig

__all__ = ["AWS", "CUSTOMER", "Side", "TunnelConfig", "tunnel_files"]
