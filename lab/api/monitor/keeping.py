"""Keep the monitor of a lab: feed it as long as the lab runs. While a test measures the lab, our own probes and events rest."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from lab.api.monitor.alarms import Alarms
from lab.api.monitor.automated import Automated, Looking
from lab.errors import LabError
from lab.feed import Collector
from lab.monitor.running import Monitor
from lab.probes.records import WATCHING_HORIZON_SECONDS
from lab.probes.streams import streaming
from lab.probes.wire import KEEPER_PORT
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab
from lab.runtime.meters import Meters
from lab.views.metrics import exposition

RATE_PPS = 100.0
"""Probes per second, for each direction of each flow. A test sends ten times as many, because it measures outages."""

_TURN_SECONDS = 0.5
_ACTING_TURN_SECONDS = 0.05
"""Automations send pings, so their turn comes more often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A monitor that runs, the alarms that it has told of so far, and whether its container has ended."""

    monitor: Monitor
    alarms: Alarms
    has_ended: Callable[[], bool]


def keep(lab: RunningLab, kept: Kept, act: Sequence[str], ready: Callable[[], None]) -> None:
    """Feed the monitor of a lab until the monitor's container or the lab is gone. `ready` is called when alarms can come.

    `act`: the names of the automations that act. Raises HostError if the monitor does not start.
    """
    collector, home = Collector(Meters(lab.plan, lab.pid)), Home(lab.plan.lab)
    automated = Automated(lab, [each for each in lab.plan.automations if each.name in act], home.note_action)
    attention = Attention(partial(_looking, lab, collector))
    with collector.running(), kept.alarms.heard_by(automated.hear, also_old=True):
        kept.monitor.station.scrape = lambda: exposition(collector.look())
        try:
            attention.turn(busy=home.measurer() is not None)
            kept.monitor.wait_until_ready()
            ready()
            while not kept.has_ended() and home.monitor.exists():
                attention.turn(busy=home.measurer() is not None)
                automated.turn(attention.looking, home.holder())
                time.sleep(_ACTING_TURN_SECONDS if act else _TURN_SECONDS)
        finally:
            automated.end("the monitor ends")
            attention.rest()


class Checked(Looking, Protocol):
    """Probes that may end by themselves."""

    def check(self) -> None:
        """Raise MeasurementError if they have ended by themselves."""
        ...


class Attention:
    """Looks at a lab, and rests. `begin` opens what looks. It raises LabError if that is not possible now."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Checked]]) -> None:
        self._begin = begin
        self._held = ExitStack()
        self.looking: Checked | None = None

    def turn(self, *, busy: bool) -> None:
        """Rest if the lab is busy. Else look, also again if something of ours has ended. Errors only delay us until the next turn."""
        if busy:
            self.rest()
            return
        try:
            if self.looking is None:
                self.looking = self._held.enter_context(self._begin())
            else:
                self.looking.check()
        except (LabError, OSError):  # a node may be gone
            self.rest()

    def rest(self) -> None:
        """Stop looking."""
        self.looking = None
        with suppress(LabError, OSError):  # it has ended by itself, or a node is gone
            self._held.close()


@contextmanager
def _looking(lab: RunningLab, collector: Collector) -> Iterator[Checked]:
    """The monitors of the nodes and our probes. They feed the collector."""
    with (
        lab.watch(collector.notice),
        streaming(lab, RATE_PPS, first_port=KEEPER_PORT, horizon_seconds=WATCHING_HORIZON_SECONDS) as streams,
        collector.flows.following(streams),
    ):
        yield streams
