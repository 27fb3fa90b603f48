"""A row of the table: one behaviour of AWS, and the function that shows it on a running lab, or why the emulation lacks it."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.runtime.lab import RunningLab

Shown = Callable[[RunningLab], None]
"""A function that does something to a healthy lab. It raises AssertionError with its observation if the lab does not behave like AWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    - `behaviour`: one sentence
    - `source`: a section of the facts about AWS, and the mark of the text behind it
    - `of`: the entries in the list of faithful emulations (10.1) that the row is about
    - `lab`: a topology. Without one, `why_not` says why the lab does not have the behaviour.
    """

    behaviour: str
    source: str
    of: tuple[str, ...] = ()
    lab: str = ""
    done: str = ""
    seen: str = ""
    shown_by: Shown | None = None
    why_not: str = ""


def shown(behaviour: str, *, source: str, lab: str, done: str, seen: str, of: tuple[str, ...] = ()) -> Callable[[Shown], Row]:
    """Make a function a row of the table (a decorator)."""

    def of_function(function: Shown) -> Row:
        return Row(behaviour=behaviour, source=source, of=of, lab=lab, done=done, seen=seen, shown_by=function)

    return of_function
