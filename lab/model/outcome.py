"""Outcome and Verdict: what a check came to, measured, and what that says of the promises."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from lab.model.broken import NOTHING, Broken
from lab.model.check import Direction, Expectation, Phase, Promise
from lab.model.contrast import Contrast
from lab.model.evidence import Convergence, HostLoad, Readings, Spread, TimelineEvent, Track
from lab.model.sketch import Sketch


class Status(Enum):
    """Pass: every promise kept. Fail: the network broke one. Error: we could not tell."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvergenceEvent:
    """Faults that went in or came out at one instant: what RFC 6412 measures the convergence of.

    `name` says which, once in a check. `phase` is `after` for the last one, which leaves no fault in force. `at` brackets the instant.
    `begins` and `ends` are what the check calls the steps; `begun` and `ended` are their numbers, as they were carried out.
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
    """One broken promise in words; of which flow, direction, phase and event, None where it is of all of them.

    `by_name`: it was promised for that event by its name (`when`), not for its phase.
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

    `event` is the event's name. It is None for the whole of a phase with several events, and for a run without a fault. The path of such a
    whole is the one that tells most: () if the flow was cut off at a peak (see `peaks`), else the first other path than before.

    `outage_seconds` is lost ÷ rate, `longest_loss_seconds` the longest run of lost packets, `resolution_seconds` the time between two
    packets. Paths are node names in the order packets were seen; `path` is that of the last sampled packet that got through in the phase,
    () if the flow was not reachable at its end. `path_before` is the path before any fault, `path_begun` the last one before the event:
    () if nothing had got through by then. `readings` and `convergence` are None where nothing was lost and no path changed.

    `promised` is what the check promises here, the strictest of it where several promises meet. `breaches` are those that were broken.
    `is_judged` is False in a check that is an error: then nobody knows what was kept. `untouched`: in neither direction did the flow pass
    what the fault broke, lose a packet or change its path, so that a promise kept here proves nothing.
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

    @property
    def share(self) -> float | None:
        """Outage ÷ the outage promised at most; None without such a promise, or for an outage where none was allowed."""
        budget = self.promised.outage_at_most if self.promised else None
        if budget is None or (budget == 0 and self.outage_seconds > 0):
            return None
        return self.outage_seconds / budget if budget else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """When a fault was really put in and taken out: instants just before and just after the call; None where it never was taken out.

    `breaks` is what it broke.
    """

    kind: str
    target: str
    applied: tuple[float, float]
    undone: tuple[float, float] | None
    breaks: Broken = NOTHING

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

    `events` are the convergence events. `expectations` are the check's; `untested` names those that nothing put to the test.
    `notes` are what helps to understand the figures, a sentence each.

    `run` is the number of its run in a report of several where another run made the same check, 0 where none did.
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

    @property
    def promises(self) -> int:
        """How many expectations the check has."""
        return len(self.expectations)

    @property
    def title(self) -> str:
        """What a report calls the check: its name, and its run where that is needed to tell two of them apart."""
        return f"{self.check} (run {self.run})" if self.run else self.check


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
class Limit:
    """What the lab of a topology cannot show, in a sentence."""

    topology: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a report: by which version, on which host, when it began (ISO 8601, UTC; empty if no check did), how long it took.

    `only` is the one check of its topologies it was asked for, None: all.
    """

    version: str
    host: HostFacts
    begun: str
    wall_seconds: float
    journal: str
    only: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one `lab-test` has to say; it began at `begun` (ISO 8601, UTC; empty if no check did), and all of it is in `journal`.

    `only` is the one check of its topologies it was asked for, None: all. `contrast` is None where no baseline was given.

    A report of several `runs` has the host of the first, the seconds of all together, and no journal of its own.
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
        """Whether anything got worse than in the baseline."""
        return self.contrast is not None and bool(self.contrast.worse)

    @property
    def untested_promises(self) -> int:
        """How many promises were kept, or not, without being put to the test."""
        return sum(len(verdict.untested) for verdict in self.verdicts)

    def count(self, status: Status) -> int:
        """How many checks ended so."""
        return sum(verdict.status is status for verdict in self.verdicts)
