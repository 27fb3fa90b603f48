"""strongSwan 6 on Linux: all tunnels of a router in one swanctl.conf, route-based with XFRM interfaces."""

from lab.compiler.ipsec.values import PROBE_SECONDS, REKEY_MARGIN, Side, customer_side
from lab.export import suites
from lab.export.box import Box
from lab.model.tunnel_options import TunnelOptions


def _side(options: TunnelOptions) -> Side:
    return customer_side(options)


WORDS = {"side": _side, "margin": REKEY_MARGIN, "probe": PROBE_SECONDS, "aws": suites}
"""What the template calls."""


def left_out(box: Box) -> tuple[str, ...]:
    """What the file does not say, in sentences."""
    circuits = any(port.vlan for port in box.ports)
    return (
        "BGP. A routing daemon does it, over the addresses inside the tunnels.",
        "When AWS is dead: in strongswan.conf write charon { retransmit_timeout = 10, retransmit_base = 1, retransmit_tries = 2 }.",
        *(("Direct Connect: its VLANs, BFD and MD5 keys.",) if circuits else ()),
        *(("The NAT box before this router.",) if any(pipe.tunnel.customer.behind_nat for pipe in box.pipes) else ()),
    )
