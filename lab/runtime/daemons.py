"""Start the daemons of a node again, in the same way as when the node starts (program `node-start`)."""

from collections.abc import Callable

from lab.errors import NodeError
from lab.model.plan import Node
from lab.runtime import processes

_START_SECONDS = 10
_TIMED_OUT = 124
"""The exit code of timeout(1) when time is up."""

Run = Callable[[list[str]], tuple[int, str]]
"""A function that runs a command in the node. Returns its exit code and output."""


def start(node: Node, daemon: str, first_pid: int, run: Run) -> bool:
    """Start a daemon, and restart the daemons that depend on it. Return False if it already ran.

    Raises NodeError if a daemon does not start.
    """
    if processes.daemon_pid(first_pid, daemon):
        return False
    clinging = _clinging_to(node, daemon)
    for each in clinging:
        pid = processes.daemon_pid(first_pid, each)
        if pid:  # it may be dead, too
            processes.kill_process(pid)
    for each in (daemon, *clinging):
        code, output = run(["timeout", str(_START_SECONDS), "node-start", each])
        if code == _TIMED_OUT:
            raise NodeError(f"{each} of {node.name} does not start: its control socket did not open within {_START_SECONDS} s")
        if code:
            raise NodeError(f"{each} of {node.name} does not start: {output.strip() or f'exit code {code}'}")
    return True


def _clinging_to(node: Node, daemon: str) -> tuple[str, ...]:
    """The daemons that must be restarted together with zebra. bgpd would not ask a new zebra for next hops.

    (FRR's watchfrr does the same.)
    """
    return node.daemons[node.daemons.index(daemon) + 1 :] if daemon == "zebra" else ()
