"""Contrast: the comparison of a run with a baseline."""

from dataclasses import dataclass
from typing import Literal

from lab.model.check import Phase
from lab.model.direction import Direction

Told = str | float | tuple[str, ...] | None
"""A value in the baseline or in this run: a status, a median outage in seconds, or a path. None if there is no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference from the baseline.

    - `what`: what differs: the status of a check, a path, an outage, or a check or event that was not run or measured (`missing`).
    - `event`: the name of the event. None for a whole phase.
    - `trials`: how many outages were measured in the baseline, and how many in this run.
    - `probability`: the probability that outages are so much longer only by chance. None if there were too few trials for the test.
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
    """A path on which a flow began a check or an event in this run, but never in the baseline. Trials with this path are not compared."""

    topology: str
    flow: str
    direction: Direction
    path: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A run compared with the baseline in `file`.

    - `unsure`: differences that may be chance. Either there are too few trials, or the flow took another path of the same length.
    - `new`: checks (topology/check) and events (topology/check: event) that the baseline does not have.
    - `new_paths`: paths at the beginning of a check or event that the baseline does not have.
    - `unlike`: how the two hosts differ.
    """

    file: str
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    unsure: tuple[Change, ...]
    new: tuple[str, ...]
    unlike: tuple[str, ...]
    new_paths: tuple[NewPath, ...] = ()
