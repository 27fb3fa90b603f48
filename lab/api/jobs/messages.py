"""The messages of a job to the crew, besides the events for the journal."""

from dataclasses import dataclass
from enum import Enum

from lab.model.event import Event
from lab.model.progress import Told


class Activity(Enum):
    """What a job does with its lab. Deploying and removing use every core. Measuring must not wait for a core."""

    BUILDING = "building"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message for the user."""

    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The job waits for its turn for this activity. The crew answers when it has come."""

    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The job's turn is over, or no longer needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """The verdict of the last check is final: the check is not run once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The job ends with an error that is not one of ours: its name in one line, and its traceback."""

    reason: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last message of a job that ends normally, also if it was told to end."""


Message = Event | Said | Asked | Left | Concluded | Crashed | Ended
