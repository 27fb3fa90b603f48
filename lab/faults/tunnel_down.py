"""Tunnel down: the IKE SA is deleted; both ends take the tunnel out of service at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from lab.model.fault import TunnelDown
from lab.runtime.capabilities import TunnelControl


@contextmanager
def tunnel_down(fault: TunnelDown, lab: TunnelControl) -> Iterator[None]:
    """Delete the IKE SAs from the customer's side, which then does not bring them back by itself."""
    with ExitStack() as undo:
        for tunnel in fault.tunnels:
            undo.callback(lab.initiate_tunnel, tunnel)
            lab.terminate_tunnel(tunnel)
        yield
