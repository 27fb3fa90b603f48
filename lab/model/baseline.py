"""Baseline: the figures of a run that later runs are held against."""

from dataclasses import dataclass

from lab.model.check import Direction, Phase
from lab.model.outcome import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One direction of a flow in one phase over the trials of a check that count: the outage of each in seconds, in the order run.

    `paths_before` and `paths` are every path taken before the faults and at the end of the phase, each once; () where none got through.
    """

    flow: str
    direction: Direction
    phase: Phase
    outages: tuple[float, ...]
    paths_before: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[str, ...], ...]


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
