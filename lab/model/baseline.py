"""Baseline: the figures of an earlier run, for comparison with later runs."""

from dataclasses import dataclass

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.evidence import Start
from lab.model.outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The trials of one direction of a flow in one event of a check. `starts`: the trials in groups, by the path on which the flow began.

    `event`: the name of the event. None for a whole phase of several events, and for a run without a fault.
    """

    flow: str
    direction: Direction
    phase: Phase
    event: str | None
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """The result of a check. `series` is empty if the check has no verdict."""

    topology: str
    check: str
    status: Status
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabProfile:
    """The settings of a lab on which its figures depend: the timer profile, and where ESP packets are encrypted."""

    topology: str
    timers: str
    ipsec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The figures of an earlier run, with the version of this tool, the host and the labs of that run."""

    version: str
    kernel: str
    cpus: int
    labs: tuple[LabProfile, ...]
    checks: tuple[CheckFigures, ...]
