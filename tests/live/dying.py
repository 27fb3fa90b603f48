"""A program that injects a fault into a running lab, undoes it, and is killed at a given instant.

It is a process of its own, so that none of our code runs after its death.
"""

import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing.queues import SimpleQueue

from lab.actions import act
from lab.api.running import opened
from lab.faults import inject
from lab.intent import read_parameters, resolve_fault
from lab.model.automation import PlannedAutomation
from lab.runtime.lab import RunningLab


class DyingLab:
    """A lab whose user is killed after a number of calls."""

    def __init__(self, lab: RunningLab, calls: int) -> None:
        self._lab = lab
        self._left = calls

    def __getattr__(self, name: str) -> object:
        """The lab's attribute. Each call that acts is counted."""
        found = getattr(self._lab, name)
        return self._counted(found) if callable(found) and not name.startswith("require") else found

    def _counted(self, call: Callable[..., object]) -> Callable[..., object]:
        def made(*words: object, **named: object) -> object:
            answer = call(*words, **named)
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1
            return answer

        return made


def die_after_calls(lab: str, calls: int, kind: str, words: Sequence[str]) -> None:
    """Inject and undo the fault. After a number of calls to the lab, SIGKILL comes when the next call has done its work.

    Words: target and parameters, as on a command line. With fewer calls than that, the program ends normally.
    """
    with opened(lab) as running:
        _break_and_mend(running, DyingLab(running, calls), kind, words)


def die_in_an_action(lab: str, planned: PlannedAutomation) -> None:
    """Carry out an action of an automation. SIGKILL comes when its first call to the lab has done its work."""
    with opened(lab) as running, ExitStack() as undo:
        act(planned, DyingLab(running, 0), undo)  # type: ignore[arg-type]


def die_in_time(lab: str, seconds: float, kind: str, words: Sequence[str], took: "SimpleQueue[float]") -> None:
    """Inject and undo the fault. SIGALRM, which kills, comes after a number of seconds. Otherwise print how long it took."""
    with opened(lab) as running:
        begin = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, seconds)
        _break_and_mend(running, running, kind, words)
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        took.put(time.monotonic() - begin)


def _break_and_mend(running: RunningLab, through: RunningLab | DyingLab, kind: str, words: Sequence[str]) -> None:
    target, *said = words
    fault = resolve_fault(running.plan, kind, target, read_parameters(said))
    with inject(fault, through):  # type: ignore[arg-type]
        pass
