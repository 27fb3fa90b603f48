"""Node kill: a box without power, but with its neighbors' carriers up - the slowest death to notice."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NodeKill
from lab.runtime.capabilities import LossControl, ProcessControl


class Killable(LossControl, ProcessControl, Protocol):
    """Both are needed: a frozen node's kernel would go on forwarding."""


def node_kill(fault: NodeKill, lab: Killable, undo: ExitStack) -> None:
    """Cut the nodes off first, then stop their processes; undone in reverse."""
    for node in fault.nodes:
        lab.require_alive(node)
    for node in fault.nodes:
        undo.callback(lab.reunite, node)
        lab.isolate(node)
    for node in fault.nodes:
        undo.callback(lab.resume, node)
        lab.pause(node)
