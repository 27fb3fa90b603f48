"""Tunnel down: the IKE SA is deleted, and both ends know at once."""

from contextlib import ExitStack

from lab.model.fault import TunnelDown
from lab.runtime.capabilities import TunnelControl


def tunnel_down(fault: TunnelDown, lab: TunnelControl, undo: ExitStack) -> None:
    """Delete the IKE SAs from the customer's side, which then does not start them again."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        lab.terminate_tunnel(tunnel)
