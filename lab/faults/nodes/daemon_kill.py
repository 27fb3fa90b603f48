"""Daemon kill: a routing or IKE daemon crashes, and nothing restarts it."""

from contextlib import ExitStack

from lab.model.fault import DaemonKill
from lab.runtime.capabilities import ProcessControl


def daemon_kill(fault: DaemonKill, lab: ProcessControl, undo: ExitStack) -> None:
    """Kill the daemon. Undoing the fault starts the daemon again, as when the node starts."""
    lab.require_alive(fault.node)
    undo.callback(lab.start_daemon, fault.node, fault.daemon)
    lab.kill_daemon(fault.node, fault.daemon)
