"""IPSEC: write a tunnel's typed values as strongSwan configuration.

Law: the values decide everything, the templates only write them down.
"""

from lab.compiler.ipsec.render import tunnel_files
from lab.compiler.ipsec.values import AWS, CUSTOMER, Side, TunnelConfig

__all__ = ["AWS", "CUSTOMER", "Side", "TunnelConfig", "tunnel_files"]
