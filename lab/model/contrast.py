"""Contrast: a run compared with a baseline: what is worse, what is better, and what is unsure."""

from dataclasses import dataclass
from typing import Literal

from lab.model.check import Phase
from lab.model.direction import Direction

Told = str | float | tuple[str, ...] | None
"""The value of one side: a status, the median outage in seconds, a path, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference from the baseline.

    - `what`: a check's status, a check or event that was not run or measured (`missing`), a path, or an outage.
    - `event`: the event's name. None if it is the whole phase.
    - `trials`: the number of readings of the baseline and of now.
    - `probability`: that outages are so much longer by chance alone. None if there were too few readings for a test, so a bound decided.
    """

    what: Literal["status", "missing", "path", "outage"]
    topology: str
    check: str
    flow: str | None = None
    direction: Direction | None = None
    phase: Phase | None = None
    event: str | None = None
    baseline: Told = None
    now: Told = None
    trials: tuple[int, int] | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPath:
    """A path on which a flow began a check or an event, but never in the baseline. Such trials are compared with nothing."""

    topology: str
    flow: str
    direction: Direction
    path: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A run compared with the baseline in a file.

    - `unsure`: worse by more than the margin, but with too few trials to exclude chance. Or another path of the same length, because
      equal paths share traffic.
    - `new`: checks (topology/check) and events (topology/check: event) that are not in the baseline. `new_paths` are not in it, either.
    - `unlike`: how the hosts differ.
    """

    file: str
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    unsure: tuple[Change, ...]
    new: tuple[str, ...]
    unlike: tuple[str, ...]
    new_paths: tuple[NewPath, ...] = ()
