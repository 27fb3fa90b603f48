"""Outcome and Verdict: the measured result of a check, and which promises were kept."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from lab.model.broken import NOTHING, Broken
from lab.model.check import AlarmPromise, Expectation, Phase, Promise
from lab.model.contrast import Contrast
from lab.model.direction import Direction
from lab.model.evidence import Convergence, HostLoad, Readings, Spread, TimelineEvent, Track
from lab.model.noticed import EventNotice, Noticer, noticed_at_all
from lab.model.prediction import AlarmPrediction, FlowPrediction, SetPrediction
from lab.model.run import HostFacts, LabFacts, Limit, Run
from lab.model.sketch import Sketch


class Status(Enum):
    """Pass: every promise was kept. Fail: the network broke a promise. Error: we could not tell."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvergenceEvent:
    """All faults that begin or end at one instant. RFC 6412 measures the convergence after such an event.

    - `name`: unique in the check.
    - `phase`: `after` for the last event, after which no fault is in force.
    - `at`: the instants just before and just after it.
    - `begins`, `ends`: the names of the steps that begin or end.
    - `begun`, `ended`: the numbers of the injected faults. A flap has several.
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
    """One broken promise. `words`: the sentence for reports. `flow`, `direction`, `phase` and `event` are None if the promise is about all.

    `by_name`: the check made the promise for a named event (`when`), not for a phase.
    """

    what: Literal[
        "outage", "path", "reachable", "return", "loss", "before", "symmetric", "touches", "untested", "whole", "surprise", "alarm"
    ]
    words: str
    flow: str | None = None
    direction: Direction | None = None
    phase: Phase | None = None
    event: str | None = None
    by_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowOutcome:
    """What was measured for one direction of one flow in one event. Instants are seconds on the check's clock.

    - `event`: the event's name. None for a whole phase with several events, and for a run without a fault.
    - `outage_seconds`: lost packets ÷ rate. `longest_loss_seconds`: the longest run of lost packets.
    - `resolution_seconds`: the time between two packets.
    - Paths are node names in the order in which packets passed them. () means that no packet got through.
    - `path_before`: the path before any fault. `path_begun`: the path just before the event.
    - `path`: the path of the last sampled packet that arrived in the event, () if the flow is not reachable at its end. For a whole phase:
      () if the flow was cut off when most was broken (see `peaks`), else the first path that differs from the path before.
    - `readings`, `convergence`: None if nothing was lost and no path changed.
    - `promised`: the check's promise, the strictest of several. `breaches`: the broken promises.
    - `is_judged`: False if the check is an error. Then nobody knows which promises were kept.
    - `untouched`: in both directions the flow did not pass what the fault broke, lost no packet and kept its path. So a kept promise proves
      nothing.
    - `foreseen`: what was predicted while faults last. `surprise`: what was otherwise. None: no prediction, or no difference.
    - `is_swept`: the promise is the prediction (`--sweep`).
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
    is_swept: bool = False

    @property
    def share(self) -> float | None:
        """The outage as a share of the longest promised outage.

        None without such a promise, or if 0 s were promised and packets were lost.
        """
        budget = self.promised.outage_at_most if self.promised else None
        if budget is None or (budget == 0 and self.outage_seconds > 0):
            return None
        return self.outage_seconds / budget if budget else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """What a fault broke, and when it began and ended. Each time is given as the instants just before and just after the call.

    `undone` is None if the fault was never undone.
    """

    kind: str
    target: str
    applied: tuple[float, float]
    undone: tuple[float, float] | None
    breaks: Broken = NOTHING

    @property
    def lasted(self) -> tuple[float, float]:
        """From just before the fault began to just after it ended. If it was never undone: to just after it began."""
        return self.applied[0], (self.undone or self.applied)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict of one check. `reason` has one line for each broken promise.

    - If the check was repeated, status, steps, flows and timeline are those of the worst trial. `wall_seconds` is the sum of all trials.
    - `rejected`: for each trial whose measurement could not be trusted, the reason. `spreads`: statistics over all other trials.
    - `events`: the convergence events.
    - `expectations`: those of the check. `untested`: those that were not tested, because no fault touched their flows.
    - `notes`: sentences that help to understand the figures.
    - `run`: the number of the run, if several runs in the report made this check. Else 0.
    - `is_swept`: the check comes from a prediction (`--sweep`), not from a file.
    - `notices`: who noticed each event in which a fault begins. () in an old journal.
    - `alarms`, `is_silent`: the alarms that the check promises, or that none rings. `is_monitored`: Prometheus watched the lab.
    - `foreseen_alarms`: the predicted alarms of CloudWatch. None: no prediction.
    - `stands_for`: other sets of the same class, which were not run: every flow has the same paths, and the same detectors notice.
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
    stands_for: tuple[SetPrediction, ...] = ()
    notices: tuple[EventNotice, ...] = ()
    alarms: tuple[AlarmPromise, ...] = ()
    is_silent: bool = False
    is_monitored: bool = False
    foreseen_alarms: tuple[AlarmPrediction, ...] | None = None

    @property
    def noticed(self) -> Noticer | None:
        """Who noticed the event that was noticed worst. None if there was nothing to notice."""
        return noticed_at_all(self.notices)

    @property
    def surprises(self) -> int:
        """The number of results that differ from their prediction: of one direction of a flow in an event, or of an alarm."""
        return sum(flow.surprise is not None for flow in self.flows) + len(self.alarm_surprises)

    @property
    def alarm_surprises(self) -> tuple[str, ...]:
        """For each alarm that rings otherwise than predicted: what is otherwise."""
        return tuple(each.words for each in self.breaches if each.what == "surprise" and each.flow is None)

    @property
    def promises(self) -> int:
        """The number of promises that the check makes: its expectations, and what it promises about alarms."""
        return len(self.expectations) + len(self.alarms) + self.is_silent

    @property
    def not_tested(self) -> tuple[str, ...]:
        """Every promise that was not tested: those in `untested`, and alarms of Prometheus, if it did not watch the lab."""
        unheard = (f"alarm {each.rule}" for each in self.alarms if each.source == "prometheus" and not self.is_monitored)
        return (*self.untested, *unheard)

    @property
    def title(self) -> str:
        """The check's title in a report: its name, and the number of its run if two runs made it."""
        return f"{self.check} (run {self.run})" if self.run else self.check


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one or several runs of `lab-test`. `begun` is ISO 8601 in UTC, "" if no check began.

    `only` is the name of the check that the user chose, None for all checks. `contrast` is None without a baseline.

    A report of several `runs` has the host of the first run, the sum of all durations, and no journal.
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
        """The number of results that differ from their prediction."""
        return sum(verdict.surprises for verdict in self.verdicts)

    @property
    def unnoticed(self) -> int:
        """The number of events that nobody would have noticed."""
        return sum(notice.noticed == "nobody" for verdict in self.verdicts for notice in verdict.notices)

    @property
    def untested_promises(self) -> int:
        """The number of promises that were not tested."""
        return sum(len(verdict.not_tested) for verdict in self.verdicts)

    def count(self, status: Status) -> int:
        """The number of checks with this status."""
        return sum(verdict.status is status for verdict in self.verdicts)
