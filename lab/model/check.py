"""Check: faults on a schedule, and the promises that must hold. It is only data. A lab can run it, and the model can predict its result."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lab.model.direction import DIRECTIONS, Direction
from lab.model.fault import Fault, Flap
from lab.model.prediction import Foreseen

Phase = Literal["during", "after"]
Origin = Literal["file", "sweep"]
"""The origin of a check: a file (or the control check), or a sweep, which makes checks from predictions."""
Turning = Literal["begins", "ends"]

CONTROL = "control"
"""The name of the check without a fault. No check file may have it."""


SUSTAINED_SECONDS = 5.0
"""The default of `sustained_seconds`."""

SHORTEST_PROBE = 44
"""The default length of probes, in octets: the IPv4 header, the UDP header and the probe's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fault on the schedule. It begins `at` seconds after the start of the check and lasts `duration` seconds.

    `kind` and `target` are as in the file. `name` is the step's name in the check, "" if it has none.
    """

    kind: str
    target: str
    fault: Fault
    at: float
    duration: float
    name: str = ""

    @property
    def called(self) -> str:
        """The step's name in expectations: its `name`, or else its target."""
        return self.name or self.target

    @property
    def end(self) -> float:
        """When the fault ends, in seconds after the start of the check. Rounded to microseconds, because sums of floats are not exact."""
        return round(self.at + self.duration, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledFault:
    """A step as reports show it, without the details of its fault."""

    kind: str
    target: str
    at: float
    duration: float
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An event of a check by name: a step begins or ends. (A flap begins and ends several times.)"""

    step: str
    turn: Turning

    def __str__(self) -> str:
        return f"{self.step} {self.turn}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What must hold for a flow in one phase or event. None and () mean that nothing is promised.

    Outages are in seconds: lost packets ÷ sending rate (RFC 6412, loss-derived). The path must pass at least one target in `via`.
    `predicted_at`: the file and line where `outage_at_most: predicted` is written. `outage_at_most` then comes from the prediction.
    """

    outage_at_most: float | None = None
    outage_at_least: float | None = None
    via: tuple[str, ...] = ()
    reachable: bool = True
    predicted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The promises for a flow, in one or both directions.

    - `before`: before any fault, the path passes at least one of these targets.
    - `during` holds while faults last, `after` when all are undone, `then` in the event that `when` names.
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
class AlarmPromise:
    """An alarm, by its name, that must ring after a fault. `within`: at the latest this many seconds after the event. None: at any time.

    `source`: an alarm of CloudWatch is computed. One of Prometheus rings only in a run with a monitor.
    """

    rule: str
    within: float | None = None
    source: Literal["cloudwatch", "prometheus"] = "cloudwatch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check. At its end every flow must also be back on its first path, even if no expectation mentions it.

    - `file`: its path, relative to the current directory of the run. "" for the control check.
    - `probe_size`: the length of the probes as IP packets, in octets. None: `SHORTEST_PROBE`.
    - `touches_nothing`: no flow passes what the faults break.
    - `foreseen`: the prediction that the result is compared with. None if there is none.
    - `alarms`: alarms that must ring. `is_silent`: no alarm may ring.
    - `automations`: the names of the automations that act in it. They need Prometheus, so such a check needs a monitor.
    - `sustained_seconds`: a flow has recovered when nothing was lost on the first path for this long (RFC 6412: sustained).
    """

    name: str
    summary: str
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    file: str = ""
    probe_size: int | None = None
    touches_nothing: bool = False
    origin: Origin = "file"
    foreseen: Foreseen | None = None
    sustained_seconds: float = SUSTAINED_SECONDS
    alarms: tuple[AlarmPromise, ...] = ()
    is_silent: bool = False
    automations: tuple[str, ...] = ()

    @property
    def schedule(self) -> tuple[ScheduledFault, ...]:
        """The steps of the check, as reports show them."""
        return tuple(
            ScheduledFault(kind=step.kind, target=step.target, at=step.at, duration=step.duration, name=step.name) for step in self.steps
        )


def control_check() -> Check:
    """The check without a fault. It shows whether the host itself loses packets."""
    return Check(name=CONTROL, summary="No fault: nothing may be lost.", steps=(), expectations=())


def carried_out(step: Step) -> Iterator[Step]:
    """The faults that a step injects. A flap injects one each time its links go down. Any other step injects one."""
    if not isinstance(step.fault, Flap):
        yield step
        return
    period = step.duration / step.fault.count
    for number in range(step.fault.count):
        yield replace(step, at=step.at + number * period, duration=period / 2)
