"""Breaking: the schedule of a check carried out, each fault seen to be in force before it comes out.

What a fault does is looked for at its own places (`marks`), so that no other fault of the check can vouch for it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby

from lab.engine.clock import Clock
from lab.engine.schedule import Turn, turns
from lab.faults import inject
from lab.model.check import Check
from lab.model.event import Event, FaultEnded, FaultStarted
from lab.model.fault import ChanceFault
from lab.runtime.capabilities import LabUnderTest

LOOK_AHEAD_SECONDS = 0.2
"""So long before a fault comes out it is looked for: longer than that takes, so that the schedule is kept."""


class Breaking:
    """Faults of one check on one lab; instants are of the clock, those told and those scheduled are seconds from `zero`."""

    def __init__(self, lab: LabUnderTest, clock: Clock, zero: float, tell: Callable[[Event], None]) -> None:
        self._lab = lab
        self._clock = clock
        self._zero = zero
        self._tell = tell
        self._went_in: dict[int, float] = {}
        self._in_force: dict[int, ExitStack] = {}

    def carry_out(self, check: Check, lost: Mapping[str, float], meanwhile: Callable[[], None]) -> tuple[float, float]:
        """Every turn at its instant, `meanwhile` again and again in between; faults are undone however it ends.

        `lost` is when each place was last told to be lost, kept up to date by the monitors. Gives the instants just before the first
        fault went in and just before the last ones came out.
        """
        broken = mended = 0.0
        with ExitStack() as every_fault:
            for at, turning in groupby(turns(check), key=lambda turn: turn.at):
                together = tuple(turning)
                out = [turn for turn in together if not turn.goes_in]
                if out:  # what follows takes time
                    self._wait_for(at - LOOK_AHEAD_SECONDS, meanwhile)
                seen = self._seen(out, lost)
                self._wait_for(at, meanwhile)
                for place, turn in enumerate(out):
                    before = self._take_out(turn, due=None if place else at, seen=turn.number in seen)
                    mended = mended if place else before  # of faults that end together, the first one out already lets traffic through
                for turn in together[len(out) :]:
                    before = self._put_in(turn, every_fault.enter_context(ExitStack()))
                    broken = broken or before
        return broken, mended

    def _wait_for(self, at: float, meanwhile: Callable[[], None]) -> None:
        while self._clock.wait(self._zero + at):
            meanwhile()

    def _put_in(self, turn: Turn, undo: ExitStack) -> float:
        step = turn.step
        before = self._went_in[turn.number] = self._clock.now()
        self._in_force[turn.number] = undo
        undo.enter_context(inject(step.fault, self._lab))
        self._tell(
            FaultStarted(
                step=turn.number,
                kind=step.kind,
                target=step.target,
                before=before - self._zero,
                after=self._clock.now() - self._zero,
                due=turn.at,
                places=tuple(sorted(step.fault.marks(self._lab.plan))),
                by_chance=isinstance(step.fault, ChanceFault),
            )
        )
        return before

    def _take_out(self, turn: Turn, *, due: float | None, seen: bool) -> float:
        before = self._clock.now()
        self._in_force[turn.number].close()
        after = self._clock.now() - self._zero
        self._tell(FaultEnded(step=turn.number, before=before - self._zero, after=after, due=due, seen=seen))
        return before

    def _seen(self, out: Sequence[Turn], lost: Mapping[str, float]) -> frozenset[int]:
        """Which of the faults that come out now are in force: of those that no monitor told of, the lab is asked."""
        marks = {turn.number: turn.step.fault.marks(self._lab.plan) for turn in out}
        told = {number for number, places in marks.items() if any(lost.get(place, 0.0) >= self._went_in[number] for place in places)}
        untold = frozenset(place for number, places in marks.items() if number not in told for place in places)
        nodes = {place.partition(":")[0] for place in untold} & {node.name for node in self._lab.plan.nodes}
        differing = {difference.place for difference in self._lab.differences_at(nodes)} if nodes else set()
        return frozenset(number for number, places in marks.items() if number in told or places & differing)
