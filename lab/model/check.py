"""Check: a question asked of a lab - faults on a schedule, and what must hold. Data, so a lab and a model can both answer it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lab.model.fault import Fault, Flap

Direction = Literal["forward", "reverse"]
DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
Phase = Literal["during", "after"]
Turning = Literal["begins", "ends"]

CONTROL = "control"
"""What the check without a fault is called; no check file may be."""


SHORTEST_PROBE = 44
"""Octets of the IP packets that probes are unless a check says otherwise: IPv4, UDP and what numbers them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fault on the schedule: `kind` and `target` as written, `at` seconds after the check's start, for `duration` seconds.

    `name` is what the check calls it, "" where it gives no name.
    """

    kind: str
    target: str
    fault: Fault
    at: float
    duration: float
    name: str = ""

    @property
    def called(self) -> str:
        """The word by which an expectation names the step."""
        return self.name or self.target

    @property
    def end(self) -> float:
        """When its fault comes out, to the microsecond: seconds as written add up to a little more or less."""
        return round(self.at + self.duration, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledFault:
    """A step as a reader of a report needs it: what, where and when, without what exactly it breaks."""

    kind: str
    target: str
    at: float
    duration: float
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An event of a check by the step that causes it: the step's fault begins, or ends. A flap begins and ends several times."""

    step: str
    turn: Turning

    def __str__(self) -> str:
        return f"{self.step} {self.turn}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What must hold for a flow in one phase or event; None and () promise nothing.

    Seconds of outage are lost packets ÷ offered rate (RFC 6412, loss-derived). `via` names targets; the path must pass at least one.
    """

    outage_at_most: float | None = None
    outage_at_least: float | None = None
    via: tuple[str, ...] = ()
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a flow owes its users; both directions unless one is named.

    `before` names targets of which the path must pass one before any fault. `during` holds while faults last, `after` once all are undone,
    `then` in the event `when`. `symmetric`: both directions pass the same edge routers, before the faults and at the end of each event.
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
    """A named question. Every flow, mentioned or not, must also be back on its first path in the end.

    `file` is where it is written, as a person in the run's folder would say it; empty for the control run.
    Probes are IP packets of `probe_size` octets; None is as short as they can be. `touches_nothing`: no flow passes what the faults break.
    """

    name: str
    summary: str
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    file: str = ""
    probe_size: int | None = None
    touches_nothing: bool = False

    @property
    def schedule(self) -> tuple[ScheduledFault, ...]:
        """Its steps as a reader of a report needs them."""
        return tuple(
            ScheduledFault(kind=step.kind, target=step.target, at=step.at, duration=step.duration, name=step.name) for step in self.steps
        )


def carried_out(step: Step) -> Iterator[Step]:
    """What a step comes to: one fault that goes in and out, or, of a flap, one for each time its links go down."""
    if not isinstance(step.fault, Flap):
        yield step
        return
    period = step.duration / step.fault.count
    for number in range(step.fault.count):
        yield replace(step, at=step.at + number * period, duration=period / 2)
