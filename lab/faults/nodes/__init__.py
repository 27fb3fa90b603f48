"""Inject faults of nodes and daemons."""

from contextlib import ExitStack
from typing import Protocol, assert_never

from lab.faults.nodes.daemon_kill import daemon_kill
from lab.faults.nodes.freeze import freeze
from lab.faults.nodes.node_kill import node_kill
from lab.faults.nodes.node_restart import node_restart
from lab.model.fault import DaemonKill, Freeze, NodeFault, NodeKill, NodeRestart
from lab.runtime.capabilities import LossControl, PowerControl, ProcessControl


class Boxes(LossControl, PowerControl, ProcessControl, Protocol):
    """The capabilities that node faults need."""


def break_nodes(fault: NodeFault, lab: Boxes, undo: ExitStack) -> None:
    """Inject a fault of nodes. `undo` collects the calls that undo it."""
    match fault:
        case NodeKill():
            node_kill(fault, lab, undo)
        case NodeRestart():
            node_restart(fault, lab, undo)
        case Freeze():
            freeze(fault, lab, undo)
        case DaemonKill():
            daemon_kill(fault, lab, undo)
        case _:
            assert_never(fault)
