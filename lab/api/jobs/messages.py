"""The messages of a job to the crew, besides the events of its journal."""

from dataclasses import dataclass
from enum import Enum

from lab.model.event import Event
from lab.model.progress import Told


class Activity(Enum):
    """A job's activity. Building and removing use every core; measuring must not miss a core for long."""

    BUILDING = "building"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Progress, for a person."""

    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The job waits for its turn to do this. The crew answers when it has come."""

    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The job's turn is over, or no longer needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """The verdict of the last check is final: the same check does not follow again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The job ends by an error that is not ours: its name in one line, and its traceback."""

    reason: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last message of a job that ends normally, also when it was told to end."""


Message = Event | Said | Asked | Left | Concluded | Crashed | Ended
