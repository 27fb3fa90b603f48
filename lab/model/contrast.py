"""Contrast: a run held against a baseline - what got worse, what got better, and what nobody can say."""

from dataclasses import dataclass
from typing import Literal

from lab.model.check import Direction, Phase

Told = str | float | tuple[str, ...] | None
"""What one side had: a status, the median outage in seconds, a path, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not as it was in the baseline.

    `what` says which: a check's status, a check that was not run (`missing`), a path, or an outage. Without a check, it is the path before
    any fault. `trials` are how many readings each side has, the baseline's first. `probability` is that of outages so much longer by chance
    alone, None where too few readings were compared by bounds instead.
    """

    what: Literal["status", "missing", "path", "outage"]
    topology: str
    check: str | None = None
    flow: str | None = None
    direction: Direction | None = None
    phase: Phase | None = None
    baseline: Told = None
    now: Told = None
    trials: tuple[int, int] | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What a run came to beside the baseline of a file.

    `unsure` got worse by more than the margin, but too few trials were made to call it more than chance; or is another path just as long,
    as equal paths that share traffic are. `new` checks (topology/check) are not in the baseline. `unlike` says how the hosts differ.
    """

    file: str
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    unsure: tuple[Change, ...]
    new: tuple[str, ...]
    unlike: tuple[str, ...]
