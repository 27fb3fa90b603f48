"""The tree of errors. Children are named by who must act; each knows the exit code of the commands it ends.

LabError                     the root: we could not tell (3)
├── InputError               the writer of a YAML file or a command line: one or more problems, all at once (2)
├── NotRunningError          the person at the prompt: the lab they speak of is not deployed (2)
├── HostError                the owner of this host: something is missing or refused here (3)
├── LabBusyError             nobody: another command holds the lab; wait for it (3)
├── NodeError                us or the reader of a node's logs: a node did not do what the plan says (3)
└── MeasurementError         us: the measurement cannot be trusted, so there is no verdict (3)

A message reads *place: what was found, what was expected (the way out)*.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LabError(Exception):
    """Root of everything this project raises on purpose."""

    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing somebody wrote wrong: where (`file:line` or a word of the command line), and what to do."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class InputError(LabError):
    """What was written cannot be used; carries every problem found, in the order of their places."""

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
    """The measurement broke one of its own conditions; no verdict may rest on it."""
