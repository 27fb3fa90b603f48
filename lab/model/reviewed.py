"""Reviewed: what is wrong in the files of one topology, and what would be run of them. Nothing of it needs a lab."""

from dataclasses import dataclass

from lab.errors import Problem
from lab.model.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A topology with its checks, and every problem of them. `file` is None for checks whose topology is missing.

    `checks` are the names of its checks, also of those with problems. `unread` are other files among them.
    """

    name: str
    file: str | None
    checks: tuple[str, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCheck:
    """A check that would be run, the topology it is run on, and how many seconds it takes if every flow comes back at once."""

    topology: str
    check: Check
    seconds: float
