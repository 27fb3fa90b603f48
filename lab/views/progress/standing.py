"""Standing: how things stand in a run, put together from the moments that were told. Instants are seconds of one clock that never jumps."""

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
    """Something that goes on (`what`), and the instant it began (`at`)."""

    what: _What_co
    at: float


@dataclass(slots=True, kw_only=True)
class LabStanding:
    """One lab: what gets ready, or the check in hand with its phase, its faults in force and its outages."""

    seconds: tuple[float, ...] = ()
    preparing: Since[Preparing] | None = None
    check: Since[CheckBegins] | None = None
    phase: Since[PhaseBegins] | None = None
    faults: dict[int, Since[FaultGoesIn]] = field(default_factory=dict)
    outages: dict[tuple[str, Direction], Since[Outage]] = field(default_factory=dict)
    begun: bool = False
    done: bool = False

    def take(self, moment: Moment, now: float) -> None:
        """Something begins or is over."""
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
        """Expected seconds until its last check is over."""
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
    """A whole run."""

    def __init__(self) -> None:
        self.labs: dict[str, LabStanding] = {}
        self.host = LabStanding()
        """What is told of no lab: the engine and the image get ready, or the one lab of a command that runs no check."""
        self.clearing_up: Since[ClearingUp] | None = None

    def take(self, told: Moment | OfLab, now: float) -> None:
        """Something begins or is over."""
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
        """Labs that have begun and are not done."""
        return ((name, lab) for name, lab in self.labs.items() if lab.begun and not lab.done)

    def waiting(self) -> int:
        """How many labs have not begun."""
        return sum(not lab.begun for lab in self.labs.values())

    def left(self, now: float) -> float:
        """Expected seconds until the last check is over, if as many labs as now go on side by side."""
        lefts = [lab.left(now) for lab in self.labs.values()]
        side_by_side = max(1, sum(1 for _ in self.at_work()))
        return max(*lefts, sum(lefts) / side_by_side, 0.0)


def _since(before: Since[Preparing] | None, moment: Preparing, now: float) -> Since[Preparing]:
    """The step and the instant it began. A new count of the same step (equal `what` and `words`) keeps the old instant."""
    same = before is not None and (before.what.what, before.what.words) == (moment.what, moment.words)
    return Since(what=moment, at=before.at if before and same else now)
