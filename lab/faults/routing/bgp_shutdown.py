"""BGP shutdown: what `start_bgp_failover_test` does - the session is closed in order, so routing policy is tried and no detector."""

from contextlib import ExitStack

from lab.model.fault import BgpShutdown
from lab.runtime.capabilities import RouterControl


def bgp_shutdown(fault: BgpShutdown, lab: RouterControl, undo: ExitStack) -> None:
    """Shut each session on AWS's side; open it again."""
    for session in fault.sessions:
        undo.callback(lab.open_session, session)
        lab.shut_session(session)
