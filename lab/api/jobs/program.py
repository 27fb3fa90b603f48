"""A program that runs one job. It has two arguments, which are file descriptors: one for orders from the crew, one for messages to the
crew.

The first order is the work. Each later order says that the job may begin an activity. When the crew closes the first descriptor, the job
ends.
"""

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from lab.api.jobs.job import Stage, real_lab, run_job
from lab.api.jobs.messages import Activity, Asked, Concluded, Crashed, Ended, Left, Message, Said
from lab.api.jobs.signals import Ending
from lab.engine import Settings
from lab.engine.session import Senses
from lab.model.event import Event
from lab.model.progress import Say, Told
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.lab import RunningLab

_SWITCH_SECONDS = 0.0005
"""Python's switch interval in seconds. A short one, so that the thread that injects faults need not wait for the one that reads probes."""


def main() -> None:
    """Run the job that the first order describes."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    orders: Connection[Any, Any] = Connection(int(sys.argv[1]), writable=False)
    ending = Ending()
    line = _Line(Connection(int(sys.argv[2]), readable=False), ending)
    last: Message = Ended()
    try:
        work = orders.recv()
        threading.Thread(target=line.listen, args=(orders,), name="orders", daemon=True).start()
        ending.listen()
        monitor = _monitored if work.monitor else None
        run_job(work, line, Stage(lab=real_lab, settings=Settings(rate_pps=work.rate_pps), monitor=monitor))
    except (KeyboardInterrupt, EOFError):
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs' results must not be lost by it
        last = Crashed(reason=f"{type(error).__name__}: {error}", traceback=traceback.format_exc())
    ending.ignore()
    line.send(last)


def _monitored(lab: LabUnderTest, say: Say) -> AbstractContextManager[Senses]:
    """A monitor of a real lab."""
    from lab.api.monitor.watched import monitored  # noqa: PLC0415 - without a monitor, nothing of it is loaded

    if not isinstance(lab, RunningLab):
        raise TypeError(f"only a real lab has a monitor, this is a {type(lab).__name__}")
    return monitored(lab, say)


class _Line:
    """Sends the job's messages to the crew. If the crew has ended, the messages are lost, but the job still cleans up."""

    def __init__(self, telling: "Connection[Any, Any]", ending: Ending) -> None:
        self._telling = telling
        self._ending = ending
        self._turns = threading.Semaphore(0)

    def listen(self, orders: "Connection[Any, Any]") -> None:
        """Read orders until there are no more. This runs in a thread of its own."""
        with suppress(EOFError, OSError):
            while True:
                orders.recv()
                self._turns.release()
        self._ending.tell()
        self._turns.release()

    def send(self, message: Message) -> None:
        """Send a message to the crew."""
        with self._ending.held(), suppress(OSError):
            self._telling.send(message)

    def tell(self, event: Event) -> None:
        self.send(event)

    def say(self, told: Told) -> None:
        self.send(Said(told=told))

    def conclude(self) -> None:
        self.send(Concluded())

    @contextmanager
    def turn(self, activity: Activity) -> Iterator[None]:
        if self._ending.is_told:  # the crew does not answer any more, and no job measures
            yield
            return
        try:
            self.send(Asked(activity=activity))
            self._turns.acquire()
            yield
        finally:
            self.send(Left())

    def finish(self) -> None:
        self._ending.ignore()


if __name__ == "__main__":
    main()
