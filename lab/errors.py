"""The tree of errors. Each error says who must act, and has the exit code of the command that it ends.

LabError                     the root: we could not tell (3)
├── InputError               the user: one or more problems in a YAML file or a command line, all reported at once (2)
├── NotRunningError          the user: the named lab is not deployed (2)
├── HostError                the owner of this host: something is missing or refused here (3)
├── LabBusyError             nobody: another command holds the lab; wait for it (3)
├── NodeError                us, or a reader of the node's logs: a node did not do what the plan says (3)
└── MeasurementError         us: the measurement cannot be trusted, so there is no verdict (3)

A message reads *place: what is wrong; what was expected (the way out)*.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LabError(Exception):
    """Root of all errors that this project raises on purpose."""

    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake of a user: its place (`file:line` or a word of the command line), what is wrong, and what to do."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class InputError(LabError):
    """A file or a command line cannot be used. Has every problem found, in the order of their places."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotRunningError(LabError):
    """The named lab is not deployed on this host."""

    exit_code = 2


class HostError(LabError):
    """This host lacks or refuses something the lab needs."""


class LabBusyError(LabError):
    """Another command holds the lab's lock."""


class NodeError(LabError):
    """A node did not do what the plan says, or not in time."""


class MeasurementError(LabError):
    """The measurement broke one of its own conditions, so it gives no verdict."""
