"""Node kill: a node dies, but its neighbors' carriers stay up. No other failure takes longer to notice."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NodeKill
from lab.runtime.capabilities import LossControl, ProcessControl


class Killable(LossControl, ProcessControl, Protocol):
    """The capabilities that node-kill needs.

    Freezing the processes is not enough, because the kernel of the node would still forward packets.
    """


def node_kill(fault: NodeKill, lab: Killable, undo: ExitStack) -> None:
    """Drop all packets of the nodes, then stop their processes. Undoing the fault takes these steps back in reverse order."""
    for node in fault.nodes:
        lab.require_alive(node)
    for node in fault.nodes:
        undo.callback(lab.reunite, node)
        lab.isolate(node)
    for node in fault.nodes:
        undo.callback(lab.resume, node)
        lab.pause(node)
