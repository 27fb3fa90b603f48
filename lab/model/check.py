"""Check: faults on a schedule, and the promises that must hold. It is data only, so that a lab and a model can both answer it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lab.model.direction import DIRECTIONS, Direction
from lab.model.fault import Fault, Flap
from lab.model.prediction import Foreseen

Phase = Literal["during", "after"]
Turning = Literal["begins", "ends"]

CONTROL = "control"
"""The name of the check without a fault. No check file may have it."""


SUSTAINED_SECONDS = 5.0
"""The default of `sustained_seconds`."""

SHORTEST_PROBE = 44
"""The default length of probes, in octets of IP: IPv4, UDP and the number of the probe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fault on the schedule: `kind` and `target` as written, `at` seconds after the check's start, for `duration` seconds.

    `name` is its name in the check, "" if it has none.
    """

    kind: str
    target: str
    fault: Fault
    at: float
    duration: float
    name: str = ""

    @property
    def called(self) -> str:
        """The name of the step in an expectation."""
        return self.name or self.target

    @property
    def end(self) -> float:
        """When the fault is taken out. Rounded to microseconds, against rounding errors of the sum."""
        return round(self.at + self.duration, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledFault:
    """A step for the reader of a report: what, where and when, without what exactly it breaks."""

    kind: str
    target: str
    at: float
    duration: float
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An event of a check, named by the step that begins or ends. A flap begins and ends several times."""

    step: str
    turn: Turning

    def __str__(self) -> str:
        return f"{self.step} {self.turn}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What must hold for a flow in one phase or event. None and () promise nothing.

    The outage in seconds is lost packets ÷ offered rate (RFC 6412, loss-derived). The path must pass at least one target of `via`.
    """

    outage_at_most: float | None = None
    outage_at_least: float | None = None
    via: tuple[str, ...] = ()
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The promises for a flow, in both directions unless one is named.

    - `before`: the path passes at least one of these targets before any fault.
    - `during` holds while faults last, `after` when all are undone. `then` holds in the one event that `when` names.
    - `symmetric`: both directions pass the same edge routers, before the faults and at the end of each event.
    """

    flow: str
    directions: tuple[Direction, ...] = DIRECTIONS
    before: tuple[str, ...] = ()
    during: Promise | None = None
    after: Promise | None = None
    when: When | None = None
    then: Promise | None = None
    symmetric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check. At its end every flow, mentioned or not, must also be back on its first path.

    - `file`: its file, relative to the folder of the run. Empty for the control run.
    - `probe_size`: the length of the probes in octets of IP. None: as short as possible.
    - `touches_nothing`: no flow passes what the faults break.
    - `foreseen`: what a prediction says that must be found. None for a check that a person wrote.
    - `sustained_seconds`: a flow has recovered after so long without loss on the old path (RFC 6412: sustained).
    """

    name: str
    summary: str
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    file: str = ""
    probe_size: int | None = None
    touches_nothing: bool = False
    foreseen: Foreseen | None = None
    sustained_seconds: float = SUSTAINED_SECONDS

    @property
    def schedule(self) -> tuple[ScheduledFault, ...]:
        """The steps for the reader of a report."""
        return tuple(
            ScheduledFault(kind=step.kind, target=step.target, at=step.at, duration=step.duration, name=step.name) for step in self.steps
        )


def control_check() -> Check:
    """A check without a fault. If packets are lost in it, no fault is to blame."""
    return Check(name=CONTROL, summary="No fault: nothing may be lost.", steps=(), expectations=())


def carried_out(step: Step) -> Iterator[Step]:
    """The faults of a step: one for each time that links go down if it is a flap, else one."""
    if not isinstance(step.fault, Flap):
        yield step
        return
    period = step.duration / step.fault.count
    for number in range(step.fault.count):
        yield replace(step, at=step.at + number * period, duration=period / 2)
