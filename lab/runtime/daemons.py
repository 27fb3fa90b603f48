"""Starting a node's daemons again, as its own `node-start` does at boot."""

from collections.abc import Callable

from lab.errors import NodeError
from lab.model.plan import Node
from lab.runtime import processes

Run = Callable[[list[str]], tuple[int, str]]
"""Runs a command in the node: its exit code and what it printed."""


def start(node: Node, daemon: str, first_pid: int, run: Run) -> bool:
    """Start a daemon, and anew those that cling to it; False where it ran already. NodeError when one does not come up."""
    if processes.daemon_pid(first_pid, daemon):
        return False
    clinging = _clinging_to(node, daemon)
    for each in clinging:
        pid = processes.daemon_pid(first_pid, each)
        if pid:  # it may be dead, too
            processes.kill_process(pid)
    for each in (daemon, *clinging):
        code, output = run(["timeout", "10", "node-start", each])
        if code:
            raise NodeError(f"{node.name}: {each} does not start: {output.strip() or f'exit code {code}'}")
    return True


def _clinging_to(node: Node, daemon: str) -> tuple[str, ...]:
    """Daemons that do not take a new zebra for the old one: bgpd never asks it again for next hops. watchfrr restarts them, too."""
    return node.daemons[node.daemons.index(daemon) + 1 :] if daemon == "zebra" else ()
