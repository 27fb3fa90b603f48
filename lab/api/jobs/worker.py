"""A job's process, as its parent (the crew) sees it.

The process ends when its stream of orders closes. The stream closes when the crew closes it, or when the crew dies.
"""

import signal
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Protocol

from lab.api.jobs.job import Work
from lab.api.jobs.signals import held_back
from lab.program import MODULES


class Worker(Protocol):
    """A job that runs in its own process."""

    @property
    def told(self) -> "Connection[Any, Any]":
        """The pipe with the job's messages. It closes when the process has ended."""
        ...

    def admit(self) -> None:
        """Tell the job that it may begin the activity for which it asked."""
        ...

    def end(self) -> None:
        """Tell the job to end. It undoes its faults, removes the lab that it deployed, and exits."""
        ...

    def gone(self) -> str:
        """How the process ended, in words. Call this after the last message has arrived."""
        ...


def start_worker(work: Work) -> Worker:
    """Start a job in its own process."""
    return _Process(work)


class _Process:
    """A process that runs the program lab.api.jobs.program."""

    def __init__(self, work: Work) -> None:
        orders, self._orders = Pipe(duplex=False)
        self.told, telling = Pipe(duplex=False)
        ends = (orders.fileno(), telling.fileno())
        with held_back():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lab.api.jobs.program", *map(str, ends)], stdin=subprocess.DEVNULL, pass_fds=ends, cwd=MODULES
            )
        orders.close()
        telling.close()
        self._order(work)

    def admit(self) -> None:
        self._order(None)

    def end(self) -> None:
        self._orders.close()

    def gone(self) -> str:
        self._orders.close()
        self.told.close()
        code = self._process.wait()
        return f"its process was killed by {signal.Signals(-code).name}" if code < 0 else f"its process ended with code {code}"

    def _order(self, order: Work | None) -> None:
        with suppress(BrokenPipeError):  # the process is dead; its last message says so
            self._orders.send(order)
