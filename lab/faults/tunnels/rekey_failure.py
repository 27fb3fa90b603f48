"""Rekey failure: proposals that fit when a tunnel begins and not when it is renewed - the VPN that works for an hour.

The ESP SA that IKE_AUTH makes takes its keys from the IKE SA and needs no Diffie-Hellman group, so nobody notices that one side offers
none. Its rekeying is a CREATE_CHILD_SA exchange (RFC 7296, 1.3.3), in which AWS insists on one (PFS, V23 your-cgw): NO_PROPOSAL_CHOSEN.
The SA carries packets until its lifetime is over (AWS: an hour; here: four seconds); a new one is refused for the same reason, while the
IKE SA stays up. The pre-shared key has no part in it.
"""

from contextlib import ExitStack

from lab.model.fault import RekeyFailure
from lab.runtime.capabilities import TunnelControl


def rekey_failure(fault: RekeyFailure, lab: TunnelControl, undo: ExitStack) -> None:
    """Have the customer's side begin each tunnel anew without PFS and with short lifetimes; with the planned ones again."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        undo.callback(lab.load_planned, tunnel)
        lab.begin_without_pfs(tunnel)
