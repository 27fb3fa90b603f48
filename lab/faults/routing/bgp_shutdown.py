"""BGP shutdown: AWS closes a session and says so. This tests the routing policy, because no detector is needed.

Customers can do this for a virtual interface (`start_bgp_failover_test`). For a VPN only AWS can.
"""

from contextlib import ExitStack

from lab.model.change import SessionShut
from lab.model.fault import BgpShutdown
from lab.runtime.capabilities import RouterControl


def bgp_shutdown(fault: BgpShutdown, lab: RouterControl, undo: ExitStack) -> None:
    """Shut each session on AWS's side. Undoing the fault opens the sessions again."""
    for session in fault.sessions:
        change = SessionShut(session=session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
