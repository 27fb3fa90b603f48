"""Progress in a log: a line when a check begins and when a part of a long preparation does. Nothing is ever written over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lab.model.progress import CheckBegins, ClearingUp, OfLab, Preparing, RunBegins, Told
from lab.views.progress.words import begins, step


class Plain:
    """Writes lines; `above` is there as it is on a terminal."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._several = False

    def say(self, told: Told) -> None:
        """A line, and of moments those that are worth one."""
        match told:
            case str():
                self._line(told)
            case OfLab(moment=CheckBegins() as check):
                self._line(begins(check, told.lab if self._several else ""))
            case OfLab(moment=Preparing() as preparing) | (Preparing() as preparing) if preparing.words:
                self._line(f"  {step(preparing)}")
            case RunBegins():
                self._several = len(told.labs) > 1
            case ClearingUp():
                self._line("interrupted: undoing faults, removing what this run deployed")
            case _:
                pass

    @contextmanager
    def above(self) -> Iterator[None]:
        """What stays is written as it comes."""
        yield
