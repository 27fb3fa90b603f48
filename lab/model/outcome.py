"""Outcome and Verdict: the measured result of a check, and what it means for the promises."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from lab.model.broken import NOTHING, Broken
from lab.model.check import Expectation, Phase, Promise
from lab.model.contrast import Contrast
from lab.model.direction import Direction
from lab.model.evidence import Convergence, HostLoad, Readings, Spread, TimelineEvent, Track
from lab.model.prediction import FlowPrediction
from lab.model.sketch import Sketch


class Status(Enum):
    """Pass: every promise kept. Fail: the network broke one. Error: we could not tell."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvergenceEvent:
    """Faults that were put in or taken out at one instant. RFC 6412 measures the convergence after such an event.

    - `name`: unique in the check.
    - `phase`: `after` for the last event, after which no fault is in force.
    - `at`: just before and just after the instant.
    - `begins` and `ends`: the names of the steps in the check. `begun` and `ended`: the numbers of the faults (a flap has several).
    """

    number: int
    name: str
    phase: Phase
    at: tuple[float, float]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    begun: tuple[int, ...]
    ended: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One broken promise: its words, flow, direction, phase and event. None means all of them.

    `by_name`: the promise is for the event by its name (`when`), not for the phase.
    """

    what: Literal["outage", "path", "reachable", "return", "loss", "before", "symmetric", "touches", "untested", "whole"]
    words: str
    flow: str | None = None
    direction: Direction | None = None
    phase: Phase | None = None
    event: str | None = None
    by_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowOutcome:
    """One direction of one flow in one event, in seconds of the check's clock.

    - `event`: the event's name. None: the whole of a phase with several events, or a run without a fault.
    - `outage_seconds`: lost ÷ rate. `longest_loss_seconds`: the longest run of lost packets. `resolution_seconds`: the time between two
      packets.
    - Paths are node names in the order in which packets were seen. `path_before`: before any fault. `path_begun`: just before the event;
      () if nothing had got through.
    - `path`: of the last sampled packet that got through in the event; () if the flow was not reachable at its end. For a whole phase:
      () if the flow was cut off at a peak (see `peaks`), else the first path that differs from the path before.
    - `readings` and `convergence`: None if nothing was lost and no path changed.
    - `promised`: the check's promise here, the strictest of several. `breaches`: those that were broken.
    - `is_judged`: False if the check is an error. Then nobody knows which promises were kept.
    - `untouched`: in both directions the flow did not pass what the fault broke, lost no packet and kept its path. A promise kept here
      proves nothing.
    - `foreseen`: what was predicted for the time of the faults. `surprise`: what was otherwise than predicted.
    """

    flow: str
    direction: Direction
    phase: Phase
    rate_pps: float
    sent: int
    lost: int
    outage_seconds: float
    longest_loss_seconds: float
    resolution_seconds: float
    reachable: bool
    path_before: tuple[str, ...]
    path: tuple[str, ...]
    readings: Readings | None = None
    convergence: Convergence | None = None
    event: str | None = None
    promised: Promise | None = None
    breaches: tuple[Breach, ...] = ()
    is_judged: bool = True
    untouched: bool = False
    path_begun: tuple[str, ...] = ()
    foreseen: FlowPrediction | None = None
    surprise: str | None = None

    @property
    def share(self) -> float | None:
        """Outage ÷ promised outage at most. None without such a promise, or if no outage is allowed but there was one."""
        budget = self.promised.outage_at_most if self.promised else None
        if budget is None or (budget == 0 and self.outage_seconds > 0):
            return None
        return self.outage_seconds / budget if budget else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """When a fault was really put in and taken out: the instants just before and just after each call. `undone` is None if it never was.

    `breaks` is what it broke.
    """

    kind: str
    target: str
    applied: tuple[float, float]
    undone: tuple[float, float] | None
    breaks: Broken = NOTHING

    @property
    def lasted(self) -> tuple[float, float]:
        """From just before it was put in to just after it was taken out. If that never happened: to just after it was put in."""
        return self.applied[0], (self.undone or self.applied)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one check. `reason` has one line for each broken promise.

    - If the check was repeated, status, steps, flows and timeline are those of the worst repetition. `wall_seconds` is the sum of all.
    - `rejected`: why trials did not count, because their measurement could not be trusted. `spreads`: over the counted trials.
    - `events`: the convergence events.
    - `expectations`: those of the check. `untested`: the names of those that were not put to the test.
    - `notes`: sentences that help to understand the figures.
    - `run`: the number of the run, if another run in the report made the same check. Else 0.
    - `is_swept`: nobody wrote the check; it comes from a prediction (`--sweep`).
    """

    topology: str
    check: str
    summary: str
    status: Status
    reason: str
    repeats: int
    steps: tuple[StepOutcome, ...]
    flows: tuple[FlowOutcome, ...]
    timeline: tuple[TimelineEvent, ...]
    wall_seconds: float
    journal: str
    rejected: tuple[str, ...] = ()
    spreads: tuple[Spread, ...] = ()
    load: HostLoad | None = None
    tracks: tuple[Track, ...] = ()
    file: str = ""
    events: tuple[ConvergenceEvent, ...] = ()
    breaches: tuple[Breach, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    untested: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    run: int = 0
    is_swept: bool = False

    @property
    def surprises(self) -> int:
        """How many directions of flows did otherwise than predicted."""
        return sum(flow.surprise is not None for flow in self.flows)

    @property
    def promises(self) -> int:
        """How many expectations the check has."""
        return len(self.expectations)

    @property
    def title(self) -> str:
        """The check's title in a report: its name, and its run if two runs made it."""
        return f"{self.check} (run {self.run})" if self.run else self.check


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """The host of a run. `capabilities` by name, true if the host has it."""

    kernel: str
    cpus: int
    capabilities: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFacts:
    """One lab of a run: what was deployed, and how long that took. Seconds are None if the run did not deploy or remove it."""

    topology: str
    timers: str
    ipsec: str
    circuits: str
    nodes: int
    links: int
    up_seconds: float | None
    down_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that the lab of a topology cannot show, in a sentence."""

    topology: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a report: its version, its host, its begin (ISO 8601, UTC; empty if no check began) and its duration.

    `only` is the one check that it was asked for. None: all.
    """

    version: str
    host: HostFacts
    begun: str
    wall_seconds: float
    journal: str
    only: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one `lab-test`. It began at `begun` (ISO 8601, UTC; empty if no check began). Its journal has all of it.

    `only` is the one check that it was asked for. None: all. `contrast` is None if no baseline was given.

    A report of several `runs` has the host of the first, the sum of all seconds, and no journal.
    """

    version: str
    host: HostFacts
    images: tuple[tuple[str, str], ...]
    labs: tuple[LabFacts, ...]
    verdicts: tuple[Verdict, ...]
    wall_seconds: float
    only: str | None = None
    contrast: Contrast | None = None
    begun: str = ""
    journal: str = ""
    sketches: tuple[Sketch, ...] = ()
    limits: tuple[Limit, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether anything is worse than in the baseline."""
        return self.contrast is not None and bool(self.contrast.worse)

    @property
    def surprises(self) -> int:
        """How many times a flow did otherwise than predicted."""
        return sum(verdict.surprises for verdict in self.verdicts)

    @property
    def untested_promises(self) -> int:
        """How many promises were not put to the test."""
        return sum(len(verdict.untested) for verdict in self.verdicts)

    def count(self, status: Status) -> int:
        """How many checks have this status."""
        return sum(verdict.status is status for verdict in self.verdicts)
