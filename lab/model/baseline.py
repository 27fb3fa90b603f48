"""Baseline: the figures of a run that later runs are held against."""

from dataclasses import dataclass

from lab.model.check import Direction, Phase
from lab.model.evidence import Start
from lab.model.outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One direction of a flow in one event over the trials of a check that count, by the paths on which the flow began.

    `event` is the event's name, None for the whole of a phase with several events and for a run without a fault.
    """

    flow: str
    direction: Direction
    phase: Phase
    event: str | None
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """What a check came to; without series where it could not be judged."""

    topology: str
    check: str
    status: Status
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabProfile:
    """What the figures of a topology hang on: the timers of its routers, and where ESP is done."""

    topology: str
    timers: str
    ipsec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The figures of a run: by which version of this tool, on which host, of which labs."""

    version: str
    kernel: str
    cpus: int
    labs: tuple[LabProfile, ...]
    checks: tuple[CheckFigures, ...]
