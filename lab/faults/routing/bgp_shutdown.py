"""BGP shutdown: AWS closes a session properly. This tests the routing policy, not the detectors.

AWS lets customers do it for virtual interfaces (`start_bgp_failover_test`). For a VPN only AWS could do it.
"""

from contextlib import ExitStack

from lab.model.change import SessionShut
from lab.model.fault import BgpShutdown
from lab.runtime.capabilities import RouterControl


def bgp_shutdown(fault: BgpShutdown, lab: RouterControl, undo: ExitStack) -> None:
    """Shut each session on AWS's side. Undoing opens it."""
    for session in fault.sessions:
        change = SessionShut(session=session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
