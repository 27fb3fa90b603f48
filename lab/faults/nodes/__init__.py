"""Breaking boxes."""

from contextlib import ExitStack
from typing import assert_never

from lab.faults.nodes.daemon_kill import daemon_kill
from lab.faults.nodes.freeze import freeze
from lab.faults.nodes.node_kill import Killable, node_kill
from lab.model.fault import DaemonKill, Freeze, NodeFault, NodeKill


def break_nodes(fault: NodeFault, lab: Killable, undo: ExitStack) -> None:
    """The verb of the kind."""
    match fault:
        case NodeKill():
            node_kill(fault, lab, undo)
        case Freeze():
            freeze(fault, lab, undo)
        case DaemonKill():
            daemon_kill(fault, lab, undo)
        case _:
            assert_never(fault)
