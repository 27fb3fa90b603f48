"""What a job tells the crew, besides the events of its journal."""

from dataclasses import dataclass
from enum import Enum

from lab.model.event import Event


class Activity(Enum):
    """What a job does to the host: deploying and removing take every core there is, measuring must not miss one for long."""

    BUILDING = "building"
    MEASURING = "measuring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line of progress for a person."""

    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The job waits for its turn to do this; the crew answers when it has come."""

    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The job's turn is over, or no longer wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """The check told last has been judged for good: the same check does not follow again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The job ends by an error that is none of ours: its name in a line, and its traceback."""

    reason: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last word of a job that ends as it should, on being told to as well."""


Message = Event | Said | Asked | Left | Concluded | Crashed | Ended
