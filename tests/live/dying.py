"""A program: put a fault into a running lab for good, and be killed at one of its instants.

Arguments: lab, how many calls to the lab may come back, kind of fault, target and parameters as on a command line. It dies by SIGKILL as
soon as the next call has done its work, so that nothing of ours is run any more; where there is no such call it ends with 0.
"""

import os
import signal
import sys
from collections.abc import Callable

from lab.api.running import opened
from lab.faults import inject_for_good
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


def main() -> None:
    """Do as told."""
    lab, calls, kind, target, *said = sys.argv[1:]
    with opened(lab) as running:
        fault = resolve_fault(running.plan, kind, target, read_parameters(said))
        inject_for_good(fault, DyingLab(running, int(calls)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
