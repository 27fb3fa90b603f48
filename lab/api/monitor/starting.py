"""Start the keeper of a lab's monitor, and wait until it says that the monitor works."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from lab.errors import HostError
from lab.model.plan import Plan
from lab.model.progress import Say
from lab.program import MODULES
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.monitors import MonitorContainers

_END_SECONDS = 30.0


class Keeper:
    """A process that keeps a monitor. It runs on when our command ends."""

    def __init__(self, lab: str, rules: Sequence[str]) -> None:
        self._lab = lab
        self._told, telling = os.pipe()
        hearing, self._telling = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lab.api.monitor.program", lab, str(telling), *rules],
                stdin=hearing,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[telling],
                cwd=MODULES,
                start_new_session=True,  # Ctrl-C and the end of our terminal do not reach it
            )
        finally:
            os.close(telling)
            os.close(hearing)

    def attach(self, act: Sequence[str]) -> None:
        """Say that the lab is deployed, and which automations act. Until then the keeper only starts the monitor."""
        with suppress(BrokenPipeError):  # the keeper has ended; `wait` knows why
            os.write(self._telling, f"{json.dumps(list(act))}\n".encode())

    def wait(self) -> None:
        """Return when the monitor works, after `attach`. Raises HostError with the reason if it does not."""
        with os.fdopen(self._told) as line:
            said = line.readline()
        if not said:
            raise HostError(f"lab {self._lab}: the keeper of its monitor ended by itself (try again)")
        if said.strip():
            raise HostError(said.strip())

    def end(self) -> None:
        """End the keeper. It removes the monitor. A keeper that does not end is killed, and then the monitor ends by itself."""
        self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Beside:
    """The monitor of a lab that this command brings up, made by `beside`. If it is not wanted or runs already, no method does anything.

    `act`: the names of the automations that act. If there are any, a monitor that runs already is replaced.
    """

    def __init__(self, plan: Plan, say: Say, act: Sequence[str], *, wanted: bool) -> None:
        self._plan = plan
        self._say = say
        self._act = act
        self._wanted = wanted
        self._keeper: Keeper | None = None

    def begin(self) -> None:
        """Start the keeper, which starts Prometheus and Alertmanager at once."""
        name = self._plan.lab
        if not self._wanted:
            return
        if any(monitor.pid for monitor in MonitorContainers(ready_engine(self._say)).of_lab(name)):
            if not self._act:
                self._say(f"{name}: its monitor runs already")
                return
            self._say(f"{name}: its monitor begins anew, so that {', '.join(self._act)} may act")
        self._keeper = Keeper(name, self._plan.monitoring.rules if self._plan.monitoring else ())

    def attach(self) -> None:
        """The lab is deployed."""
        if self._keeper:
            self._keeper.attach(self._act)

    def wait(self) -> None:
        """Return when the monitor works. Raises HostError with the reason if it does not."""
        if self._keeper:
            self._say(f"{self._plan.lab}: waiting for Prometheus and Alertmanager")
            self._keeper.wait()

    def end(self) -> None:
        """End the monitor, if it was started here."""
        if self._keeper:
            self._keeper.end()


@contextmanager
def beside(plan: Plan, say: Say, act: Sequence[str], *, wanted: bool) -> Iterator[Beside]:
    """A monitor beside the lab of a plan, with the automations that act. If the block raises, the monitor ends."""
    monitor = Beside(plan, say, act, wanted=wanted)
    try:
        yield monitor
    except BaseException:
        monitor.end()
        raise
