"""Node restart: a box reboots. What it knew is gone: routes, sessions, security associations."""

from contextlib import ExitStack
from typing import Protocol

from lab.model.fault import NodeRestart
from lab.runtime.capabilities import PowerControl, ProcessControl


class Restartable(PowerControl, ProcessControl, Protocol):
    """A frozen node cannot be restarted: its processes would not die."""


def node_restart(fault: NodeRestart, lab: Restartable, undo: ExitStack) -> None:
    """Power off; boot."""
    for node in fault.nodes:
        lab.require_alive(node)
    for node in fault.nodes:
        undo.callback(lab.boot, node)
        lab.shut_off(node)
