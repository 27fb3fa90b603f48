"""Undo a fault that another command injected. Only the second half of the fault is carried out."""

from collections.abc import Callable
from typing import Any

from lab.model.plan import Plan
from lab.runtime.capabilities import Breakable


class OnlyUndoing:
    """A lab that does nothing until `undoes` is set. So a fault can register its undo without breaking anything.

    It passes every call on as it is, whatever faults will ask of a lab. So it needs no method of its own for each capability.
    """

    def __init__(self, lab: Breakable) -> None:
        self._lab = lab
        self.undoes = False

    @property
    def plan(self) -> Plan:
        """The plan of the lab."""
        return self._lab.plan

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._lab, name)

        def call(*arguments: Any, **named: Any) -> object:
            return method(*arguments, **named) if self.undoes else None

        return call
