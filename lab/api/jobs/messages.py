"""The messages from a job to the crew (the parent process), except the events for the journal."""

from dataclasses import dataclass
from enum import Enum

from lab.model.event import Event
from lab.model.progress import Told


class Activity(Enum):
    """What a job does with its lab. Deploying and removing a lab use every core. Measuring must not wait for a core."""

    BUILDING = "building"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message for the user."""

    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The job waits until it may begin this activity. The crew answers when it may."""

    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The job has finished its activity, or no longer wants to begin it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """The verdict of the last check is final: the check will not run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The job ends with an unexpected error: the error in one line, and its traceback."""

    reason: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last message of a job that ends normally, even if it was told to end."""


Message = Event | Said | Asked | Left | Concluded | Crashed | Ended
