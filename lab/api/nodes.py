"""Run a command or a shell in a node."""

from lab.api.running import opened
from lab.errors import InputError, Problem
from lab.runtime.lab import RunningLab
from lab.spelling import way_out

SHELL = ["bash", "-l"]


def run_in_node(lab: str | None, node: str, command: list[str]) -> int:
    """Run a command in a node. It uses this terminal. Return its exit code. Without a command, run a shell."""
    with opened(lab) as running:
        _require_node(running, node)
        return running.attach(node, command or SHELL)


def _require_node(running: RunningLab, node: str) -> None:
    known = [each.name for each in running.plan.nodes]
    if node not in known:
        raise InputError([Problem(place="node", message=f"{running.plan.lab} has no node '{node}' {way_out(node, known)}")])
