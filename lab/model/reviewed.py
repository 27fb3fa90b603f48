"""Reviewed: the problems in the files of one topology, and the checks that would be run."""

from dataclasses import dataclass

from lab.errors import Problem
from lab.model.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The result of reading a topology and its checks. `file` is None if the topology's file is missing.

    - `checks`: the names of its checks, also of those with problems.
    - `problems`: the problems of all its files.
    - `unread`: files in the folder of checks that are not checks.
    - `remarks`: what the user may want to know, but is not wrong.
    """

    name: str
    file: str | None
    checks: tuple[str, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCheck:
    """A check that would be run. `seconds`: how long it takes if every flow works again at once."""

    topology: str
    check: Check
    seconds: float
