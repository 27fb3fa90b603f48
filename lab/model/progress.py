"""Progress: what a run does just now, told to a person who waits. The journal has what happened; none of this is written down.

A line of words stays on the screen. A moment passes: it says what begins, and for how many seconds. Whoever hears it counts from then on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from lab.model.direction import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """Something long gets ready: so many of its parts are done. `of` is 0 where nobody knows how many there are.

    `words` say which part is being done. They are worth a line in a log, too.
    """

    what: str
    done: int = 0
    of: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabAhead:
    """A lab of a run, and how many seconds each of its checks is expected to take, all its repetitions together."""

    lab: str
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegins:
    """All that a run will do."""

    labs: tuple[LabAhead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBegins:
    """A check begins. It is number `number` of `of` on its lab, and this is one of its `trials`. `seconds` are those of one trial."""

    check: str
    number: int
    of: int
    seconds: float
    trial: int = 1
    trials: int = 1


class Phase(Enum):
    """What a check does."""

    WAITING = "waiting for its turn"
    STEADYING = "waiting until steady"
    WATCHING = "watching"
    FOLLOWING = "schedule"
    RECOVERING = "recovering"
    COMPARING = "comparing with the plan"
    LEAVING = "done, waiting to be removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegins:
    """A phase of a check begins. It takes `seconds` where all goes well and `at_most` where it does not; None: nobody knows."""

    phase: Phase
    seconds: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultGoesIn:
    """A fault is in force from now on, for so many seconds. `number` is the step's as it is carried out."""

    number: int
    kind: str
    target: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultComesOut:
    """A fault is undone. `early`: before its time, because the check was ended."""

    number: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """One direction of a flow lost its packets from number `first` on, so far for so many seconds (packets ÷ rate); `over`: it is back."""

    flow: str
    direction: Direction
    first: int
    seconds: float
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsChange:
    """Flows of which an outage begins or is over."""

    outages: tuple[Outage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRaised:
    """A lab's nodes begin to be made, or were found running: from here on the run owes it an end."""

    deployed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabLeft:
    """The run is done with a lab: it was removed, or it runs on as it did before."""

    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingUp:
    """The run was interrupted. Faults are undone and labs are removed; that is not interrupted again."""


Moment = Preparing | RunBegins | CheckBegins | PhaseBegins | FaultGoesIn | FaultComesOut | FlowsChange | LabRaised | LabLeft | ClearingUp


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLab:
    """A moment of one of several labs."""

    lab: str
    moment: Moment


Told = str | Moment | OfLab

Say = Callable[[Told], None]
"""Tells a person who waits a line that stays, or a moment that passes."""


def unheard(_: Told) -> None:
    """Nobody waits."""
