"""Node restart: a node reboots. It loses its routes, its sessions and its security associations."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NodeRestart
from lab.runtime.capabilities import PowerControl, ProcessControl


class Restartable(PowerControl, ProcessControl, Protocol):
    """The capabilities that node-restart needs. A frozen node is refused, because its processes would not die."""


def node_restart(fault: NodeRestart, lab: Restartable, undo: ExitStack) -> None:
    """Shut the nodes down. Undoing the fault starts them again."""
    for node in fault.nodes:
        lab.require_alive(node)
    for node in fault.nodes:
        undo.callback(lab.boot, node)
        lab.shut_off(node)
