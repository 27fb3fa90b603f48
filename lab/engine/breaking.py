"""Carry out the schedule of a check, and make sure that each fault was in force until it was undone.

A fault is recognized by its own marks, so it is not confused with another fault. Exception: two faults that change the same bgpd.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from lab.engine.clock import Clock
from lab.engine.schedule import Turn, turns
from lab.faults import inject
from lab.model.check import Check
from lab.model.event import IN_FLIGHT_SECONDS, Event, FaultEnded, FaultStarted
from lab.model.fault import Effect
from lab.model.progress import FaultComesOut, FaultGoesIn, Say
from lab.probes.streams import Marks
from lab.runtime.capabilities import LabUnderTest

LOOK_AHEAD_SECONDS = 1.0
"""How long before its end we look for a fault. It takes 25 ms for each node on an idle host, so a busy host has enough time, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Where news of a check go: `event` writes an event into the journal, `person` shows a message to the user."""

    event: Callable[[Event], None]
    person: Say


class Breaking:
    """The faults of one check on one lab. Instants in events are seconds after `zero`, which is an instant of `clock`."""

    def __init__(self, lab: LabUnderTest, clock: Clock, zero: float, telling: Telling) -> None:
        self._lab = lab
        self._clock = clock
        self._zero = zero
        self._tell = telling.event
        self._say = telling.person
        self._went_in: dict[int, float] = {}
        self._in_force: dict[int, ExitStack] = {}

    def carry_out(self, check: Check, lost: Mapping[str, float], meanwhile: Callable[[], None]) -> Marks:
        """Inject and undo every fault at its instant. In between, call `meanwhile` repeatedly. Undo all faults, also after an error.

        Faults that begin or end at the same instant are one convergence event. `lost`: when each place last failed. The monitors update it.

        Return the instants that divide the recording into events. An event that begins a fault starts a bit earlier, because packets on
        their way are affected, too. An event that only ends faults starts before the first undo.
        """
        felt: list[float] = []
        with ExitStack() as every_fault:
            for event, (at, turning) in enumerate(groupby(turns(check), key=lambda turn: turn.at)):
                together = tuple(turning)
                out = [turn for turn in together if not turn.goes_in]
                if out:  # looking for faults takes time
                    self._wait_for(at - LOOK_AHEAD_SECONDS, meanwhile)
                shown = self._shown(out)
                self._wait_for(at, meanwhile)
                now = self._clock.now()
                felt.append(max(now if out else now - IN_FLIGHT_SECONDS, *felt[-1:], self._zero))
                for place, turn in enumerate(out):
                    seen = turn.number in shown or self._was_told(turn, lost)
                    self._take_out(turn, event, due=None if place else at, seen=seen)
                for turn in together[len(out) :]:
                    self._put_in(turn, event, every_fault, due=None if out else at)
        return Marks(zero=self._zero, felt=tuple(felt))

    def _wait_for(self, at: float, meanwhile: Callable[[], None]) -> None:
        while self._clock.wait(self._zero + at):
            meanwhile()

    def _put_in(self, turn: Turn, event: int, every_fault: ExitStack, due: float | None) -> None:
        step, effect = turn.step, self._effect(turn)
        every_fault.callback(self._undo_early, turn.number)
        undo = self._in_force[turn.number] = ExitStack()
        before = self._went_in[turn.number] = self._clock.now()
        undo.enter_context(inject(step.fault, self._lab))
        self._tell(
            FaultStarted(
                step=turn.number,
                kind=step.kind,
                target=step.target,
                name=step.name,
                event=event,
                before=before - self._zero,
                after=self._clock.now() - self._zero,
                due=due,
                by_chance=effect.breaks.hops if effect.is_by_chance else (),
                breaks=effect.breaks,
            )
        )
        self._say(FaultGoesIn(number=turn.number, kind=step.kind, target=step.target, seconds=step.duration))

    def _take_out(self, turn: Turn, event: int, *, due: float | None, seen: bool) -> None:
        before = self._clock.now()
        self._in_force[turn.number].close()
        after = self._clock.now()
        del self._in_force[turn.number]
        self._tell(FaultEnded(step=turn.number, event=event, before=before - self._zero, after=after - self._zero, due=due, seen=seen))
        self._say(FaultComesOut(number=turn.number))

    def _undo_early(self, number: int) -> None:
        """Undo a fault before its scheduled end, because the check was stopped."""
        if undo := self._in_force.get(number):
            undo.close()
            del self._in_force[number]
            self._say(FaultComesOut(number=number, early=True))

    def _shown(self, out: Sequence[Turn]) -> frozenset[int]:
        """Of the faults that end now: those whose marks are all in the lab. Momentary faults are not looked for."""
        effects = {turn.number: self._effect(turn) for turn in out}
        marks = {number: effect.marks for number, effect in effects.items() if not effect.is_momentary}
        nodes = {mark.node for each in marks.values() for mark in each}
        differences = self._lab.differences_at(nodes) if nodes else ()
        return frozenset(
            number
            for number, of_fault in marks.items()
            if all(any(mark.fits(each.place, each.found) for each in differences) for mark in of_fault)
        )

    def _was_told(self, turn: Turn, lost: Mapping[str, float]) -> bool:
        """Whether the monitors have reported a momentary fault."""
        effect = self._effect(turn)
        since = self._went_in[turn.number]
        return effect.is_momentary and all(lost.get(mark.place, 0.0) >= since for mark in effect.marks)

    def _effect(self, turn: Turn) -> Effect:
        return turn.step.fault.effect(self._lab.plan)
