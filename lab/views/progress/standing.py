"""What a run is doing now, derived from its messages so far. Instants are seconds of a clock that never jumps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lab.model.direction import Direction
from lab.model.progress import (
    CheckBegins,
    ClearingUp,
    FaultComesOut,
    FaultGoesIn,
    FlowsChange,
    LabLeft,
    Moment,
    OfLab,
    Outage,
    PhaseBegins,
    Preparing,
    RunBegins,
)

_What_co = TypeVar("_What_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Since(Generic[_What_co]):
    """What goes on (`what`), and the instant at which it began (`at`)."""

    what: _What_co
    at: float


@dataclass(slots=True, kw_only=True)
class LabStanding:
    """What one lab is doing now: its preparation, or its check with the phase, the faults in force and the outages."""

    seconds: tuple[float, ...] = ()
    preparing: Since[Preparing] | None = None
    check: Since[CheckBegins] | None = None
    phase: Since[PhaseBegins] | None = None
    faults: dict[int, Since[FaultGoesIn]] = field(default_factory=dict)
    outages: dict[tuple[str, Direction], Since[Outage]] = field(default_factory=dict)
    begun: bool = False
    done: bool = False

    def take(self, moment: Moment, now: float) -> None:
        """Update this state because of a message that arrived at the instant `now`."""
        self.begun = True
        match moment:
            case Preparing():
                self.preparing = _since(self.preparing, moment, now)
            case CheckBegins():
                self._begin(moment, now)
            case PhaseBegins():
                self.phase = Since(what=moment, at=now)
            case FaultGoesIn():
                self.faults[moment.number] = Since(what=moment, at=now)
            case FaultComesOut():
                self.faults.pop(moment.number, None)
            case FlowsChange():
                self.outages |= {(each.flow, each.direction): Since(what=each, at=now) for each in moment.outages}
            case LabLeft():
                self.done = True
            case _:
                pass

    def left(self, now: float) -> float:
        """The expected seconds until the last check of this lab ends."""
        if self.done or not self.check:
            return 0.0 if self.done else sum(self.seconds)
        check = self.check.what
        trials = check.trials - check.trial
        return sum(self.seconds[check.number :]) + trials * check.seconds + max(0.0, check.seconds - (now - self.check.at))

    def _begin(self, check: CheckBegins, now: float) -> None:
        self.preparing, self.phase = None, None
        self.check = Since(what=check, at=now)
        self.faults.clear()
        self.outages.clear()


class Standing:
    """What a whole run is doing now."""

    def __init__(self) -> None:
        self.labs: dict[str, LabStanding] = {}
        self.host = LabStanding()
        """The state for messages without a lab: Docker and the image are being prepared, or a command without checks prepares its lab."""
        self.clearing_up: Since[ClearingUp] | None = None

    def take(self, told: Moment | OfLab, now: float) -> None:
        """Update this state because of a message that arrived at the instant `now`."""
        match told:
            case OfLab():
                self.labs.setdefault(told.lab, LabStanding()).take(told.moment, now)
            case RunBegins():
                self.labs = {each.lab: LabStanding(seconds=each.seconds) for each in told.labs}
                self.host = LabStanding()
            case ClearingUp():
                self.clearing_up = Since(what=told, at=now)
            case _:
                self.host.take(told, now)

    def at_work(self) -> Iterator[tuple[str, LabStanding]]:
        """The labs that have begun and are not finished, each with its name."""
        return ((name, lab) for name, lab in self.labs.items() if lab.begun and not lab.done)

    def waiting(self) -> int:
        """How many labs have not begun yet."""
        return sum(not lab.begun for lab in self.labs.values())

    def left(self, now: float) -> float:
        """The expected seconds until the last check of the run ends, if as many labs as now are at work at the same time."""
        lefts = [lab.left(now) for lab in self.labs.values()]
        side_by_side = max(1, sum(1 for _ in self.at_work()))
        return max(*lefts, sum(lefts) / side_by_side, 0.0)


def _since(before: Since[Preparing] | None, moment: Preparing, now: float) -> Since[Preparing]:
    """What is being prepared, and since when. If only the count of the same step has changed, the instant does not change."""
    same = before is not None and (before.what.what, before.what.words) == (moment.what, moment.words)
    return Since(what=moment, at=before.at if before and same else now)
