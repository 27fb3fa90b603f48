"""Run one check on one lab: wait until the lab is steady, inject the faults, undo them, and wait until the lab has recovered."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Protocol

from lab.analysis.expected import LOOK_SECONDS
from lab.analysis.fit import misfits
from lab.analysis.kept import has_returned
from lab.analysis.trust import named
from lab.engine.acting import Acting, Means, Pings, hearing
from lab.engine.breaking import Breaking, Telling
from lab.engine.clock import Clock, SystemClock
from lab.engine.outages import Outages
from lab.engine.proof import QUIET_SECONDS, WHOLE_WITHIN_SECONDS, compared_in_the_end
from lab.errors import LabError, MeasurementError
from lab.faults import require_possible
from lab.model.automation import EchoWay
from lab.model.check import Check
from lab.model.event import CheckEnded, CheckStarted, Compared, Event, FlowRecorded, LoadSeen, Noticed
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.progress import Outage, Phase, PhaseBegins, Say, unheard
from lab.model.snapshot import Rung
from lab.probes.echo import Echoes
from lab.probes.streams import Marks, Paths, streaming
from lab.runtime.capabilities import LabUnderTest, Sockets, Watchable
from lab.runtime.host.load import LoadReading, busyness, read_load
from lab.runtime.readiness import wait_until_up

STEADY_SECONDS = QUIET_SECONDS
"""Before a check's clock starts, for this long no packet may be lost and no route may change."""

_LONG_SECONDS = 15.0
"""After this many seconds we tell the user what we are waiting for."""


class Probes(Protocol):
    """The methods of the running probes that a check uses (see lab.probes.streams)."""

    def check(self) -> None:
        """Raise MeasurementError if the probes have ended by themselves."""
        ...

    def lost_lately(self, seconds: float) -> int | None:
        """How many packets were lost in the last `seconds`. Packets that may still arrive do not count. None if the records are shorter."""
        ...

    def latest_paths(self) -> Paths:
        """The present path of each direction of each flow. () if no packet arrives."""
        ...

    def outages(self) -> tuple[Outage, ...]:
        """The present outage of each direction of each flow, or if there is none, the last one."""
        ...

    def stop_sending(self) -> None:
        """Stop sending, and wait until the last packets have had time to arrive."""
        ...

    def recorded(self, marks: Marks) -> tuple[FlowRecorded, ...]:
        """The record of each direction of each flow. Call this after the probes have ended."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """Where a check gets the time, the host's load, its probes, its events and its alarms from. Tests and monitors use other sources.

    `ringing` gives every alarm to a function while its block runs, and `pinging` begins pings. Only automations need them.
    """

    clock: Callable[[], Clock] = SystemClock
    load: Callable[[float], LoadReading] = read_load
    probing: Callable[[Sockets, float, int | None], AbstractContextManager[Probes]] = streaming
    ringing: Callable[[Callable[[Rung], None]], AbstractContextManager[None]] = lambda _hear: nullcontext()
    pinging: Callable[[Sockets, Sequence[EchoWay]], Pings] = Echoes
    watching: Callable[[Watchable, Callable[[TimelineEvent], None]], AbstractContextManager[None]] = lambda lab, sink: lab.watch(sink)
    is_monitored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run: probes per second, and how many seconds to wait for a steady lab and for a recovered lab.

    `say` shows messages to the waiting user: what the check does now, and what a long wait is for.
    """

    rate_pps: float = 1000.0
    steady_within: float = 60.0
    recovered_within: float = 150.0
    say: Say = unheard
    senses: Senses = Senses()


def run_check(lab: LabUnderTest, check: Check, tell: Callable[[Event], None], settings: Settings) -> None:
    """Run a check and give its events to `tell` at once. The faults are undone, however the check ends.

    A LabError becomes the check's `CheckEnded.error`, and the next check can run. Any other exception, also Ctrl-C, is raised.
    """
    begin = time.monotonic()
    wall = datetime.now(UTC).isoformat(timespec="milliseconds")
    routers = tuple(node.name for node in lab.plan.nodes if node.daemons)
    tell(
        CheckStarted(
            topology=lab.plan.name,
            check=check.name,
            summary=check.summary,
            timers=lab.plan.timers.value,
            wall=wall,
            file=check.file,
            routers=routers,
            steps=check.schedule,
            expectations=check.expectations,
            touches_nothing=check.touches_nothing,
            origin=check.origin,
            foreseen=check.foreseen,
            alarms=check.alarms,
            is_silent=check.is_silent,
            is_monitored=settings.senses.is_monitored,
        )
    )
    session = _Session(lab, check, tell, settings)
    error = None
    try:
        session.measure()
    except LabError as problem:
        error = str(problem)
    session.tell_noticed()
    tell(CheckEnded(wall_seconds=time.monotonic() - begin, error=error))


class _Session:
    """One check while it runs."""

    def __init__(self, lab: LabUnderTest, check: Check, tell: Callable[[Event], None], settings: Settings) -> None:
        self._lab = lab
        self._check = check
        self._tell = tell
        self._settings = settings
        self._clock = settings.senses.clock()
        self._zero = self._clock.now()
        self._noticed: SimpleQueue[TimelineEvent] = SimpleQueue()
        self._last_change = self._zero
        self._lost: dict[str, float] = {}
        self._say = settings.say

    def measure(self) -> None:
        """Run the whole check, from a healed lab to a recovered one."""
        for step in self._check.steps:  # before the first fault: if one fault is not possible, no other may start
            require_possible(step.fault, self._lab)
        self._say(PhaseBegins(phase=Phase.STEADYING, at_most=self._settings.steady_within))
        self._lab.heal()
        wait_until_up(self._lab, self._settings.steady_within)
        probing = self._settings.senses.probing(self._lab, self._settings.rate_pps, self._check.probe_size)
        load = self._settings.senses.load(self._clock.now())
        with probing as streams, self._settings.senses.watching(self._lab, self._notice), self._automated() as automations:
            self._wait_steady(streams)
            self._lab.remember_routes()
            self._zero = self._clock.now()
            before = streams.latest_paths()
            meanwhile = self._meanwhile(streams, automations)
            marks = self._break_and_mend(meanwhile) if self._check.steps else self._only_look(meanwhile)
            if self._check.steps:
                self._wait_recovered(streams, before, automations, meanwhile)
            automations.end()
            self._say(PhaseBegins(phase=Phase.COMPARING, at_most=WHOLE_WITHIN_SECONDS))
            streams.stop_sending()
        self.tell_noticed()
        flows = streams.recorded(marks)
        for flow in flows:
            self._tell(flow)
        self._tell_load(load, flows)
        self._tell(Compared(comparison=compared_in_the_end(self._lab, self._clock)))

    def tell_noticed(self) -> None:
        """Pass to `tell` every event that the monitors have seen since the check's clock started."""
        while not self._noticed.empty():
            event = self._noticed.get()
            if event.at >= self._zero:
                self._tell(Noticed(event=replace(event, at=event.at - self._zero)))

    def _tell_load(self, before: LoadReading, flows: Sequence[FlowRecorded]) -> None:
        used = busyness(before, self._settings.senses.load(self._clock.now()))
        latest = max((flow.longest_pause_seconds - 1 / flow.rate_pps for flow in flows), default=0.0)
        self._tell(LoadSeen(load=HostLoad(busy=used.busy, stalled=used.stalled, latest_probe_seconds=max(latest, 0.0))))

    def _notice(self, event: TimelineEvent) -> None:
        self._last_change = max(self._last_change, event.at)
        if event.lost:
            self._lost[event.lost] = event.at
        self._noticed.put(event)

    def _wait_steady(self, streams: Probes) -> None:
        """Wait until no packet is lost and no link or route changes.

        Both are needed: if equal paths share traffic, packets arrive long before the last path is there.
        """
        deadline = self._clock.now() + self._settings.steady_within
        while streams.lost_lately(STEADY_SECONDS) != 0 or self._clock.now() < self._last_change + STEADY_SECONDS:
            if not self._clock.wait(deadline):
                why = misfits(self._check, self._lab.plan, streams.recorded(Marks(zero=self._clock.now())))
                raise MeasurementError(
                    f"not steady before the fault: within {self._settings.steady_within:g} s there were no {STEADY_SECONDS:g} s in a row "
                    f"without a lost packet or a changed route{''.join(f'; {each}' for each in why)}"
                )

    def _automated(self) -> AbstractContextManager[Acting]:
        """The automations of the check, which hear every alarm while the block runs. At its end every action is undone."""
        means = Means(lab=self._lab, clock=self._clock, tell=self._noticed.put, pinging=self._settings.senses.pinging)
        planned = tuple(each for each in self._lab.plan.automations if each.name in self._check.automations)
        return hearing(means, planned, self._settings.senses.ringing)

    def _meanwhile(self, streams: Probes, automations: Acting) -> Callable[[], None]:
        """What a check does several times a second while it waits."""
        outages = Outages(streams.outages, self._say)

        def turn() -> None:
            streams.check()
            self.tell_noticed()
            outages.look(self._clock.now())
            automations.turn(streams.latest_paths)

        return turn

    def _only_look(self, meanwhile: Callable[[], None]) -> Marks:
        self._say(PhaseBegins(phase=Phase.WATCHING, seconds=LOOK_SECONDS))
        end = self._zero + LOOK_SECONDS
        while self._clock.wait(end):
            meanwhile()
        return Marks(zero=self._zero)

    def _break_and_mend(self, meanwhile: Callable[[], None]) -> Marks:
        self._say(PhaseBegins(phase=Phase.FOLLOWING, seconds=max(step.end for step in self._check.steps)))
        breaking = Breaking(self._lab, self._clock, self._zero, Telling(event=self._tell, person=self._say))
        return breaking.carry_out(self._check, self._lost, meanwhile)

    def _wait_recovered(self, streams: Probes, before: Paths, automations: Acting, meanwhile: Callable[[], None]) -> None:
        """Wait until nothing was lost for long enough, every flow is back on its path, and automations have undone their actions. If that
        takes too long, return anyway: the verdict will be fail.

        The time without loss counts from the end of the faults and actions, because undoing one may lose packets, too.
        """
        mended, quiet = self._clock.now(), self._check.sustained_seconds
        said = False
        self._say(PhaseBegins(phase=Phase.RECOVERING, seconds=quiet, at_most=self._settings.recovered_within))
        while self._clock.wait(mended + self._settings.recovered_within):
            meanwhile()
            calm = self._clock.now() >= max(mended, automations.changed_at) + quiet and not automations.will_undo
            sustained = calm and streams.lost_lately(quiet) == 0
            astray = self._astray(streams.latest_paths(), before)
            if sustained and not astray:
                return
            if not said and self._clock.now() >= mended + _LONG_SECONDS:
                said = True
                undoing = "an automation to undo its action" if automations.will_undo else f"{quiet:g} s without a loss"
                awaited = f"{', '.join(astray)} to come back" if astray else undoing
                self._say(
                    f"{self._lab.plan.lab}: {self._check.name}: the faults are undone; "
                    f"waiting for {awaited}, up to {self._settings.recovered_within:g} s"
                )

    def _astray(self, now: Paths, before: Paths) -> list[str]:
        """The directions of flows that are not yet on the path on which they should be at the end.

        Who is on their path from before the faults stays there, whatever the check promises. Nothing is left to wait for.
        """
        away = [(stream, (path, now.get(stream, ()))) for stream, path in before.items() if path != now.get(stream, ())]
        return [named(*stream) for stream, paths in away if not has_returned(self._check, self._lab.plan, stream, paths)]
