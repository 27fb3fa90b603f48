"""Baseline: the figures of a run that later runs are compared with."""

from dataclasses import dataclass

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.evidence import Start
from lab.model.outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One direction of a flow in one event, over the counted trials of a check. `starts` groups them by the paths on which the flow began.

    `event` is the event's name. None: the whole of a phase with several events, or a run without a fault.
    """

    flow: str
    direction: Direction
    phase: Phase
    event: str | None
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """The result of a check. It has no series if the check could not be judged."""

    topology: str
    check: str
    status: Status
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabProfile:
    """Settings that the figures of a topology depend on: the timers of its routers, and where ESP is done."""

    topology: str
    timers: str
    ipsec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The figures of a run, with the version of this tool, the host and the labs."""

    version: str
    kernel: str
    cpus: int
    labs: tuple[LabProfile, ...]
    checks: tuple[CheckFigures, ...]
