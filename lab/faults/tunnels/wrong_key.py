"""Wrong key: one end changes its pre-shared key. Nothing happens until a new IKE SA must start.

- A rekey of ESP or IKE is a CREATE_CHILD_SA exchange with the keys of the existing IKE SA (RFC 7296, 1.3). Dead peer detection uses these
  keys, too.
- Only IKE_AUTH, which starts or re-authenticates an IKE SA, proves that both ends know the pre-shared key.

So the tunnel works for hours or weeks. After its first interruption it does not come back: AUTHENTICATION_FAILED.
"""

from contextlib import ExitStack

from lab.model.fault import WrongKey
from lab.runtime.capabilities import TunnelControl


def wrong_key(fault: WrongKey, lab: TunnelControl, undo: ExitStack) -> None:
    """Give AWS's end another key and delete its IKE SA, so that a new one must start. Undoing the fault restores the right key."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        undo.callback(lab.load_planned, tunnel)
        lab.give_wrong_key(tunnel)
        lab.delete_ike_sa(tunnel)
