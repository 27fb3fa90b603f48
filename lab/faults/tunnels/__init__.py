"""Breaking VPN connections."""

from contextlib import ExitStack
from typing import assert_never

from lab.faults.tunnels.tunnel_down import tunnel_down
from lab.model.fault import TunnelDown, TunnelFault
from lab.runtime.capabilities import TunnelControl


def break_tunnels(fault: TunnelFault, lab: TunnelControl, undo: ExitStack) -> None:
    """The verb of the kind."""
    match fault:
        case TunnelDown():
            tunnel_down(fault, lab, undo)
        case _:
            assert_never(fault)
