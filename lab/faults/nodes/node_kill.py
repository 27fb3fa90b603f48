"""Node kill: a node dies, but its neighbors' carriers stay up. No other failure takes longer to notice."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NodeKill
from lab.runtime.capabilities import LossControl, ProcessControl


class Killable(LossControl, ProcessControl, Protocol):
    """Both are needed, because the kernel of a frozen node keeps forwarding."""


def node_kill(fault: NodeKill, lab: Killable, undo: ExitStack) -> None:
    """Isolate the nodes, then stop their processes. Undoing goes in reverse order."""
    for node in fault.nodes:
        lab.require_alive(node)
    for node in fault.nodes:
        undo.callback(lab.reunite, node)
        lab.isolate(node)
    for node in fault.nodes:
        undo.callback(lab.resume, node)
        lab.pause(node)
