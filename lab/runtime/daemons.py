"""Start a node's daemons again, in the same way as `node-start` at boot."""

from collections.abc import Callable

from lab.errors import NodeError
from lab.model.plan import Node
from lab.runtime import processes

Run = Callable[[list[str]], tuple[int, str]]
"""Runs a command in the node. Returns its exit code and output."""


def start(node: Node, daemon: str, first_pid: int, run: Run) -> bool:
    """Start a daemon, and restart those that depend on it. False if it already ran. NodeError if one does not start."""
    if processes.daemon_pid(first_pid, daemon):
        return False
    clinging = _clinging_to(node, daemon)
    for each in clinging:
        pid = processes.daemon_pid(first_pid, each)
        if pid:  # it may also be dead
            processes.kill_process(pid)
    for each in (daemon, *clinging):
        code, output = run(["timeout", "10", "node-start", each])
        if code:
            raise NodeError(f"{node.name}: {each} does not start: {output.strip() or f'exit code {code}'}")
    return True


def _clinging_to(node: Node, daemon: str) -> tuple[str, ...]:
    """Daemons that must restart with a new zebra: bgpd never asks the new one for next hops. watchfrr restarts them too."""
    return node.daemons[node.daemons.index(daemon) + 1 :] if daemon == "zebra" else ()
