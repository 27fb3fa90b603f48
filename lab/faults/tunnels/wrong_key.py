"""Wrong key: a pre-shared key is changed at one end, and nothing happens - until the IKE SA must begin anew.

Rekeying, of ESP or of IKE, is a CREATE_CHILD_SA exchange under the keys of the living IKE SA (RFC 7296, 1.3); dead peer detection is, too.
IKE_AUTH alone, with which an IKE SA begins or is re-authenticated, proves that both know the pre-shared key. So the tunnel lives for hours
or weeks, and dies for good at its first interruption: AUTHENTICATION_FAILED.
"""

from contextlib import ExitStack

from lab.model.fault import WrongKey
from lab.runtime.capabilities import TunnelControl


def wrong_key(fault: WrongKey, lab: TunnelControl, undo: ExitStack) -> None:
    """Give AWS's end another key and delete its IKE SA, instead of waiting for the interruption; the right key and a new SA."""
    for tunnel in fault.tunnels:
        undo.callback(lab.initiate_tunnel, tunnel)
        undo.callback(lab.load_planned, tunnel)
        lab.give_wrong_key(tunnel)
        lab.delete_ike_sa(tunnel)
