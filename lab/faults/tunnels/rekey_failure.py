"""Rekey failure: the proposals match when a tunnel starts, but not when it is rekeyed. Such a VPN works for an hour.

1. IKE_AUTH makes the first ESP SA. Its keys come from the IKE SA and need no Diffie-Hellman group. So nobody notices that the customer
   offers none.
2. A rekey is a CREATE_CHILD_SA exchange (RFC 7296, 1.3.3). There AWS requires a group (PFS, V23 your-cgw) and answers NO_PROPOSAL_CHOSEN.
3. The old SA carries packets until its lifetime ends (AWS: an hour; here: four seconds). Then a new one is refused for the same reason,
   while the IKE SA stays up.

The pre-shared key does not matter.
"""

from contextlib import ExitStack

from lab.model.fault import RekeyFailure
from lab.runtime.capabilities import TunnelControl


def rekey_failure(fault: RekeyFailure, lab: TunnelControl, undo: ExitStack) -> None:
    """Restart each tunnel from the customer's side, without PFS and with short lifetimes.

    Undoing the fault restarts the tunnels as planned.
    """
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        undo.callback(lab.load_planned, tunnel)
        lab.begin_without_pfs(tunnel)
