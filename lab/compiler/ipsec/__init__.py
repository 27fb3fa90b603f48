"""IPSEC: turn typed values into strongSwan configuration. Law: the values decide everything; the templates only spell them."""

from lab.compiler.ipsec.render import tunnel_files
from lab.compiler.ipsec.values import AWS, CUSTOMER, Side, TunnelConfig

__all__ = ["AWS", "CUSTOMER", "Side", "TunnelConfig", "tunnel_files"]
