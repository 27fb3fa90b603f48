"""FakeProbes: one packet at every turn of a fake clock. It is lost if the lab is incomplete."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager

from lab.engine.session import Senses
from lab.errors import MeasurementError
from lab.model.event import FlowRecorded, LossRun, PathRun, TooLong
from lab.model.progress import Outage
from lab.probes.streams import Marks, Paths
from lab.runtime.capabilities import Sockets
from lab.runtime.host.load import LoadReading
from tests.fakes.clock import FakeClock
from tests.fakes.lab import FakeLab


class FakeProbes:
    """One stream of one flow.

    - `path`: its path while packets arrive
    - `dead`: the probes have ended by themselves
    - `spared`: nothing is ever lost
    - `pauses`: the sender's longest pause in each recording, used up one by one
    - `too_long`: the routers that report its packets as too long
    """

    def __init__(self, lab: FakeLab, clock: FakeClock) -> None:
        self._lab = lab
        self._clock = clock
        self._sent: list[tuple[float, bool]] = []
        self.path = ("dc1-host", "app-host")
        self.dead = False
        self.spared = False
        self.pauses: list[float] = []
        self.size: int | None = None
        self.too_long: tuple[TooLong, ...] = ()
        self.marks: Marks | None = None
        self.stopped_at: float | None = None
        self.told_outages: tuple[Outage, ...] = ()
        self.asked = 0
        clock.at_turns = self._send

    def senses(self) -> Senses:
        """These probes and their clock, in the form that the engine takes."""
        idle = LoadReading(used=0, whole=0, stalled=None, at=0.0)
        return Senses(clock=lambda: self._clock, load=lambda _now: idle, probing=self._probing)

    @contextmanager
    def _probing(self, _lab: Sockets, _rate_pps: float, size: int | None) -> Iterator["FakeProbes"]:
        self.size = size
        yield self

    def _send(self, now: float) -> None:
        self._sent.append((now, self.spared or self._lab.whole))

    def check(self) -> None:
        if self.dead:
            raise MeasurementError("measurement: a program that sends or collects probes stopped too early, with exit code 1")

    def lost_lately(self, seconds: float) -> int | None:
        self.check()
        if not self._sent or self._sent[0][0] > self._clock.now() - seconds:
            return None
        return sum(not arrived for now, arrived in self._sent if now > self._clock.now() - seconds)

    def latest_paths(self) -> Paths:
        return {("flow", "forward"): self.path if self.spared or self._lab.whole else ()}

    def outages(self) -> tuple[Outage, ...]:
        self.asked += 1
        return self.told_outages

    def stop_sending(self) -> None:
        self.stopped_at = self._clock.now()

    def recorded(self, marks: Marks) -> tuple[FlowRecorded, ...]:
        self.marks = marks
        instants = [now - marks.zero for now, _ in self._sent]
        return (
            FlowRecorded(
                flow="flow",
                direction="forward",
                rate_pps=20.0,
                started=instants[0],
                ended=instants[-1],
                sent=len(self._sent),
                longest_pause_seconds=self.pauses.pop(0) if self.pauses else 0.0,
                zero_seq=bisect_left(instants, 0.0),
                felt=tuple(bisect_left(instants, felt - marks.zero) for felt in marks.felt),
                losses=tuple(
                    LossRun(first_seq=number, count=1, first_sent=instants[number], last_sent=instants[number])
                    for number, (_, arrived) in enumerate(self._sent)
                    if not arrived
                ),
                paths=(
                    PathRun(
                        path=self.path,
                        first_seq=0,
                        last_seq=len(instants) - 1,
                        first_sent=instants[0],
                        last_sent=instants[-1],
                        count=2,
                        delivered=True,
                    ),
                ),
                too_long=self.too_long,
            ),
        )
