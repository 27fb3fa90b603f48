"""The tree of errors. Each error says who must act, and has the exit code of the command that it ends.

LabError                     the root: we could not tell (3)
├── InputError               the user: one or more problems in a YAML file or a command line, all reported at once (2)
├── NotRunningError          the user: the named lab is not deployed (2)
├── HostError                the owner of this host: something is missing or refused here (3)
├── LabBusyError             nobody: another command holds the lab; wait for it (3)
├── NodeError                us, or a reader of the node's logs: a node did not do what the plan says (3)
├── UnforeseenError          nobody: a router runs the user's own configuration, which predictions do not know (3)
└── MeasurementError         us: the measurement cannot be trusted, so there is no verdict (3)

A message reads *place: what is wrong; what was expected (the way out)*.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LabError(Exception):
    """The root of all errors that this project raises on purpose."""

    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake of a user: where (`file:line`, or a word of the command line), and what is wrong and what to do."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class InputError(LabError):
    """A file or a command line cannot be used. `problems` has every mistake found, sorted by place."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotRunningError(LabError):
    """The named lab is not deployed on this host."""

    exit_code = 2


class HostError(LabError):
    """This host lacks something that a lab needs, or does not permit it."""


class LabBusyError(LabError):
    """Another command holds the lab's lock, so this one cannot use the lab now."""


class NodeError(LabError):
    """A node did not do what the plan says, or not in time."""


class MeasurementError(LabError):
    """A measurement failed one of its own quality checks, so there is no verdict."""


class UnforeseenError(LabError):
    """A router runs the user's own configuration, and predictions do not understand a line of it. So nothing is predicted."""
