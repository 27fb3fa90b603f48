"""One who puts a fault into a running lab, takes it out again, and is killed at one of its instants.

Run as a process of its own. It dies by SIGKILL as soon as the next call to the lab has done its work, so that nothing of ours is run any
more; where there is no such call it ends well.
"""

import os
import signal
from collections.abc import Callable, Sequence

from lab.api.running import opened
from lab.faults import inject
from lab.intent import read_parameters, resolve_fault
from lab.runtime.lab import RunningLab


class DyingLab:
    """A lab whose user dies when it has done so much."""

    def __init__(self, lab: RunningLab, calls: int) -> None:
        self._lab = lab
        self._left = calls

    def __getattr__(self, name: str) -> object:
        """What the lab has; of what it does, each call counts."""
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


def break_and_mend(lab: str, calls: int, kind: str, words: Sequence[str]) -> None:
    """Put the fault in and take it out; so many calls to the lab come back. Words: target and parameters, as on a command line."""
    target, *said = words
    with opened(lab) as running:
        fault = resolve_fault(running.plan, kind, target, read_parameters(said))
        with inject(fault, DyingLab(running, calls)):  # type: ignore[arg-type]
            pass
