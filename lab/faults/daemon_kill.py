"""Daemon kill: a routing or IKE daemon crashes and nobody restarts it."""

from collections.abc import Iterator
from contextlib import contextmanager

from lab.model.fault import DaemonKill
from lab.runtime.capabilities import ProcessControl


@contextmanager
def daemon_kill(fault: DaemonKill, lab: ProcessControl) -> Iterator[None]:
    """Kill it; start it again as at boot."""
    try:
        lab.kill_daemon(fault.node, fault.daemon)
        yield
    finally:
        lab.start_daemon(fault.node, fault.daemon)
