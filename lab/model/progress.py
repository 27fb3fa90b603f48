"""Progress: messages to a waiting user about what a run is doing now. They are shown, and not written into the journal.

A message is a text, or one of the classes below. A text remains on the screen. A class says what begins and how long it lasts, so that the
screen can count the seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from lab.model.direction import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """A long preparation: `done` parts are finished, `of` is the number of all parts, 0 if unknown.

    `words`: the part that is in progress. A log shows it, too.
    """

    what: str
    done: int = 0
    of: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabAhead:
    """A lab of a run, and the expected seconds of each of its checks, with all repetitions."""

    lab: str
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegins:
    """The first message of a run: its labs and checks."""

    labs: tuple[LabAhead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBegins:
    """A check begins: number `number` of the `of` checks on its lab, and trial `trial` of `trials`. `seconds`: expected for one trial."""

    check: str
    number: int
    of: int
    seconds: float
    trial: int = 1
    trials: int = 1


class Phase(Enum):
    """What a check is doing now."""

    WAITING = "waiting for its turn"
    STEADYING = "waiting until steady"
    WATCHING = "watching"
    FOLLOWING = "schedule"
    RECOVERING = "recovering"
    COMPARING = "comparing with the plan"
    LEAVING = "done, waiting to be removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegins:
    """A phase of a check begins. It takes `seconds` if all goes well, and `at_most` in the worst case. None: unknown."""

    phase: Phase
    seconds: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultGoesIn:
    """A fault was injected. It will last `seconds`. `number` counts the injected faults of the check."""

    number: int
    kind: str
    target: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultComesOut:
    """A fault was undone. `early`: before its scheduled end, because the check was stopped."""

    number: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """One direction of a flow loses packets, beginning with packet number `first`. `over`: packets arrive again.

    `seconds`: the outage so far (lost packets ÷ rate).
    """

    flow: str
    direction: Direction
    first: int
    seconds: float
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsChange:
    """Outages of flows that began or ended just now."""

    outages: tuple[Outage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRaised:
    """A lab is being deployed, or ran before (`deployed` is false). A lab that is deployed now must be removed later."""

    deployed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabLeft:
    """The run no longer uses a lab. The lab was removed, or it still runs (`removed` is false)."""

    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingUp:
    """The run was interrupted, and now undoes faults and removes labs. A second Ctrl-C does not stop this."""


Moment = Preparing | RunBegins | CheckBegins | PhaseBegins | FaultGoesIn | FaultComesOut | FlowsChange | LabRaised | LabLeft | ClearingUp


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLab:
    """A message of one of several labs."""

    lab: str
    moment: Moment


Told = str | Moment | OfLab

Say = Callable[[Told], None]
"""A function that shows a message to the waiting user."""


def unheard(_: Told) -> None:
    """Ignore the message: there is no user to show it to."""
