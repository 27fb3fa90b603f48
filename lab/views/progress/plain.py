"""Show progress in a log: one line when a check begins, and one when a part of a long preparation begins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lab.model.progress import CheckBegins, ClearingUp, OfLab, Preparing, RunBegins, Told
from lab.views.progress.words import begins, step


class Plain:
    """Writes lines to a log."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._several = False

    def say(self, told: Told) -> None:
        """Write a text. Of other messages only a few are written."""
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
                self._line("interrupted: undoing faults, removing the labs of this run")
            case _:
                pass

    @contextmanager
    def above(self) -> Iterator[None]:
        """Do nothing. In a log, there is no live line to remove."""
        yield
