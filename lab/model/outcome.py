"""Outcome and Verdict: what a check came to, measured, and what that says of the promises."""

from dataclasses import dataclass
from enum import Enum

from lab.model.check import Direction, Phase
from lab.model.contrast import Contrast
from lab.model.evidence import Convergence, HostLoad, Readings, Spread, TimelineEvent, Track
from lab.model.sketch import Sketch


class Status(Enum):
    """Pass: every promise kept. Fail: the network broke one. Error: we could not tell."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowOutcome:
    """One direction of one flow in one phase, in seconds of the check's clock.

    `outage_seconds` is lost ÷ rate, `longest_loss_seconds` the longest run of lost packets, `resolution_seconds` the time between two
    packets. Paths are node names in the order packets were seen; `path` is that of the last sampled packet that got through in the phase,
    () if the flow was not reachable at its end. `readings` and `convergence` are None where nothing was lost and no path changed.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """When a fault was really put in and taken out: instants just before and just after the call; None where it never was taken out."""

    kind: str
    target: str
    applied: tuple[float, float]
    undone: tuple[float, float] | None

    @property
    def lasted(self) -> tuple[float, float]:
        """From when to when it is known to have been in force."""
        return self.applied[0], (self.undone or self.applied)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one check; `reason` is what a person wants to read first, one line a broken promise.

    A check that was run several times has the status of its worst repetition, and steps, flows and timeline are that one's;
    `wall_seconds` are those of all. `rejected` says why trials did not count, since their measurement could not be trusted; `spreads` are
    over those that did.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What a report says of the host it ran on; `capabilities` by name, true where the host has it."""

    kernel: str
    cpus: int
    capabilities: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFacts:
    """One lab of a run: what was deployed and how long that took; seconds are None where the run did not deploy or remove it."""

    topology: str
    timers: str
    ipsec: str
    circuits: str
    nodes: int
    links: int
    up_seconds: float | None
    down_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one `lab-test` has to say; it began at `begun` (ISO 8601, UTC; empty if no check did), and all of it is in `journal`.

    `only` is the one check of its topologies it was asked for, None: all. `contrast` is None where no baseline was given.
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

    @property
    def is_worse(self) -> bool:
        """Whether anything got worse than in the baseline."""
        return self.contrast is not None and bool(self.contrast.worse)

    def count(self, status: Status) -> int:
        """How many checks ended so."""
        return sum(verdict.status is status for verdict in self.verdicts)
