"""A row of the table: one behaviour of AWS, and the function that shows it on a running lab - or why the emulation cannot have it."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.runtime.lab import RunningLab

Shown = Callable[[RunningLab], None]
"""Does something to a whole lab and raises AssertionError, with what was observed, unless it behaves as AWS does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`behaviour` is one sentence; `source` is a section of the facts about AWS and the key of the text behind it; `of` are the rows of
    their list of faithful emulations (10.1) that it stands for. `lab` is a topology; without one, `why_not` says why nothing is shown."""

    behaviour: str
    source: str
    of: tuple[str, ...] = ()
    lab: str = ""
    done: str = ""
    seen: str = ""
    shown_by: Shown | None = None
    why_not: str = ""


def shown(behaviour: str, *, source: str, lab: str, done: str, seen: str, of: tuple[str, ...] = ()) -> Callable[[Shown], Row]:
    """Make the function below it a row of the table."""

    def of_function(function: Shown) -> Row:
        return Row(behaviour=behaviour, source=source, of=of, lab=lab, done=done, seen=seen, shown_by=function)

    return of_function
