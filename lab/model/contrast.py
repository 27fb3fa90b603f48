"""Contrast: a run held against a baseline - what got worse, what got better, and what nobody can say."""

from dataclasses import dataclass
from typing import Literal

from lab.model.check import Direction, Phase

Told = str | float | tuple[str, ...] | None
"""What one side had: a status, the median outage in seconds, a path, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not as it was in the baseline.

    `what` says which: a check's status, what was not run or measured (`missing`), a path, or an outage. `event` is the event's name, None
    where it is all of its phase. `trials` are how many readings each side has, the baseline's first. `probability` is that of outages so
    much longer by chance alone, None where too few readings were compared by bounds instead.
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
    """A path on which a flow began a check, or an event of one, and never in the baseline: such trials are held against nothing."""

    topology: str
    flow: str
    direction: Direction
    path: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What a run came to beside the baseline of a file.

    `unsure` got worse by more than the margin, but too few trials were made to call it more than chance; or is another path just as long,
    as equal paths that share traffic are. `new` checks (topology/check) and events (topology/check: event) are not in the
    baseline, nor are `new_paths`. `unlike` says how the hosts differ.
    """

    file: str
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    unsure: tuple[Change, ...]
    new: tuple[str, ...]
    unlike: tuple[str, ...]
    new_paths: tuple[NewPath, ...] = ()
