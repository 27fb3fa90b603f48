"""IKE delete: AWS deletes its IKE SA and sends a DELETE, as when it restarts. The side that initiates starts the tunnel again."""

from contextlib import ExitStack

from lab.model.fault import IkeDelete
from lab.runtime.capabilities import TunnelControl


def ike_delete(fault: IkeDelete, lab: TunnelControl, undo: ExitStack) -> None:
    """Delete each IKE SA at AWS's end. Undoing the fault makes sure that the tunnels are up."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        lab.delete_ike_sa(tunnel)
