"""IPSEC: write a tunnel's typed values as strongSwan configuration.

Law: the values decide everything, the templates only write them down.
"""

from lab.compiler.ipsec.render import tunnel_files
from lab.compiler.ipsec.values import TunnelConfig, aws_side, customer_port, customer_side

__all__ = ["TunnelConfig", "aws_side", "customer_port", "customer_side", "tunnel_files"]
