"""BGP shutdown: the session is closed in order, so routing policy is tried and no detector. AWS offers it for virtual interfaces
(`start_bgp_failover_test`); for a VPN nobody but AWS could do it."""

from contextlib import ExitStack

from lab.model.change import SessionShut
from lab.model.fault import BgpShutdown
from lab.runtime.capabilities import RouterControl


def bgp_shutdown(fault: BgpShutdown, lab: RouterControl, undo: ExitStack) -> None:
    """Shut each session on AWS's side; open it again."""
    for session in fault.sessions:
        change = SessionShut(session=session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
