"""IKE delete: AWS's side drops its IKE SA and says so, as when it restarts; who may initiate brings the tunnel back."""

from contextlib import ExitStack

from lab.model.fault import IkeDelete
from lab.runtime.capabilities import TunnelControl


def ike_delete(fault: IkeDelete, lab: TunnelControl, undo: ExitStack) -> None:
    """Delete each IKE SA at AWS's end; in the end, see that the tunnels are up."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        lab.delete_ike_sa(tunnel)
