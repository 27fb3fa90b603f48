"""FakeWorker: a job that runs in a thread of the test and sends the same messages as a real one."""

import threading
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from lab.api.jobs.job import Work
from lab.api.jobs.messages import Activity, Asked, Concluded, Ended, Left, Message
from lab.model.check import Check
from lab.model.event import CheckEnded, CheckStarted, Event, Judged
from lab.model.outcome import Status

PATIENCE_SECONDS = 30.0


class FakeLine:
    """The script's connection to the crew."""

    def __init__(self, work: Work, telling: "Connection[Any, Any]", orders: "Connection[Any, Any]") -> None:
        self.work = work
        self._telling = telling
        self._orders = orders

    def send(self, *messages: Message) -> None:
        """Send a message to the crew."""
        for message in messages:
            self._telling.send(message)

    def judge(self, check: Check, status: Status = Status.PASS) -> None:
        """Send the events of a check, without running it."""
        self.send(*events_of(self.work, check, status), Concluded())

    def wait_for_turn(self, activity: Activity) -> bool:
        """Ask for a turn, and wait for it. Return False if the job is told to end instead."""
        self.send(Asked(activity=activity))
        return self.wait_for_order()

    def leave(self) -> None:
        """Give the turn back."""
        self.send(Left())

    def wait_for_order(self) -> bool:
        """Wait for the crew's next message. Return False if there is none any more."""
        assert self._orders.poll(PATIENCE_SECONDS), "no order came"
        try:
            self._orders.recv()
        except EOFError:
            return False
        return True


Script = Callable[[FakeLine], None]


class FakeWorker:
    """Runs a script in a thread. The job ends when the script returns. Only the script can send the job's last message."""

    def __init__(self, work: Work, script: Script) -> None:
        self.told, self._telling = Pipe(duplex=False)
        self._hearing, self._orders = Pipe(duplex=False)
        self._thread = threading.Thread(target=self._run, args=(script, FakeLine(work, self._telling, self._hearing)))
        self._thread.start()

    def admit(self) -> None:
        self._orders.send(None)

    def end(self) -> None:
        self._orders.close()

    def gone(self) -> str:
        self._thread.join(PATIENCE_SECONDS)
        for line in (self._orders, self._hearing, self.told):
            line.close()
        return "its process was killed by SIGKILL"

    def _run(self, script: Script, line: FakeLine) -> None:
        try:
            script(line)
        finally:
            self._telling.close()


def events_of(work: Work, check: Check, status: Status = Status.PASS) -> tuple[Event, ...]:
    """The events of a check, without any evidence."""
    started = CheckStarted(
        topology=work.name, check=check.name, summary=check.summary, timers="tuned", wall="2026-01-02T03:04:05.678+00:00"
    )
    return started, CheckEnded(wall_seconds=1.0, error=None), Judged(status=status, reason="" if status is Status.PASS else "broken")


def whole(line: FakeLine) -> None:
    """The script of a job without problems."""
    for check in line.work.all_checks():
        line.judge(check)
    line.send(Ended())
