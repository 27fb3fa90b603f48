"""Carry out the automations of a check: alarms come in, actions go out, and every action is an event of the timeline.

Law: an action is not a fault of the check. At the end of the check every action is undone, before the lab is compared with its plan.
A script of the user that fails makes the check an error.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Protocol

from lab.actions import Going, act, undoing_script
from lab.engine.clock import Clock
from lab.engine.course import Course, Move
from lab.errors import LabError, NodeError
from lab.model.automation import EchoWay, PlannedAutomation
from lab.model.direction import Direction
from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung
from lab.predict.closed import Closing
from lab.probes.echo import Echoes
from lab.probes.streams import Paths
from lab.runtime.capabilities import LabUnderTest, Sockets

GONE_SECONDS = 2.0
"""An action with `never: last path` is undone if a flow that worked has had no path for so long since the action."""

_LOOK_SECONDS = 0.25
"""How often the paths are read while such an action is in force. Reading them takes some time."""

_ENDS = "the check ends"


class Pings(Protocol):
    """Pings over the target of an action (see lab.probes.echo)."""

    def turn(self, now: float) -> None:
        """Send and receive, if it is time."""
        ...

    def is_healthy(self, now: float) -> bool:
        """Whether no ping was lost lately."""
        ...

    def close(self) -> None:
        """End the pings. Safe to repeat."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What automations act with. `tell` takes their events (instants in wall-clock seconds). Tests have their own pings."""

    lab: LabUnderTest
    clock: Clock
    tell: Callable[[TimelineEvent], None]
    pinging: Callable[[Sockets, Sequence[EchoWay]], Pings] = Echoes


@dataclass(slots=True)
class _Actor:
    """One automation: its course, and what is in force. `works`: the directions of flows that had a path when it acted.

    `going`: its script that runs now. `has_run`: a script that no other script undoes has run. `was_due`: its alarm has rung once.
    """

    planned: PlannedAutomation
    course: Course
    undo: ExitStack = field(default_factory=ExitStack)
    pings: Pings | None = None
    going: Going | None = None
    has_run: bool = False
    was_due: bool = False
    works: frozenset[tuple[str, Direction]] = frozenset()
    gone_since: float | None = None
    look_at: float = 0.0


class Acting:
    """The automations of one check, made by `acting`."""

    def __init__(self, means: Means, automations: Sequence[PlannedAutomation]) -> None:
        self._means = means
        self._rung: SimpleQueue[Rung] = SimpleQueue()
        self._actors = [_Actor(planned, Course(planned.automation)) for planned in automations]
        guards = any(each.automation.spares_last_path for each in automations)
        self._closing = Closing(means.lab.plan) if guards else None
        self._failed: list[str] = []
        self.changed_at = float("-inf")
        """When an action was last carried out or undone."""

    @property
    def will_undo(self) -> bool:
        """Whether an action is in force that its automation will undo by itself, or a script still runs."""
        return any(each.going or (each.course.is_in_force and each.planned.automation.back) for each in self._actors)

    def hear(self, rung: Rung) -> None:
        """An alarm began or ended. Can be called from any thread."""
        self._rung.put(rung)

    def turn(self, paths: Callable[[], Paths]) -> None:
        """Do what is due now. `paths` gives the present path of each direction of each flow. Raises NodeError if a script has failed."""
        while not self._rung.empty():
            rung = self._rung.get()
            for actor in self._actors:
                actor.course.hear(rung)
        for actor in self._actors:
            self._turn(actor, paths)
        self.require_success()

    def end(self, why: str = _ENDS) -> None:
        """Undo every action that is in force, and wait until the scripts have ended."""
        for actor in self._actors:
            if actor.course.is_in_force:
                self._undo(actor, why)
            elif actor.going is None:
                self._take_back(actor)
        while any(self._still_runs(each) for each in self._actors):
            self._means.clock.wait(self._means.clock.now() + _LOOK_SECONDS)

    def tell_idle(self) -> None:
        """Tell of each automation whose alarm did not ring."""
        for planned in (each.planned for each in self._actors if not each.was_due):
            self._tell(planned, self._means.clock.now(), f"had nothing to do: {_awaited(planned)} did not ring")

    def repair(self) -> None:
        """Repair what scripts have left, if no script of the user does that. Only after the faults of the check, because it ends them."""
        for actor in (each for each in self._actors if each.has_run):
            actor.has_run = False
            found = ", ".join(map(str, self._means.lab.heal()))
            self._tell(
                actor.planned, self._means.clock.now(), f"repairs the lab, because {_ENDS}: {found or 'nothing differs from the plan'}"
            )

    def require_success(self) -> None:
        """Raise one NodeError with every script that has failed."""
        if self._failed:
            raise NodeError("; ".join(self._failed))

    def _turn(self, actor: _Actor, paths: Callable[[], Paths]) -> None:
        now = self._means.clock.now()
        if actor.pings:
            actor.pings.turn(now)
        if self._still_runs(actor) and not actor.course.is_in_force:
            return  # the script that undoes the action has not ended
        if actor.course.is_in_force and (gone := self._gone(actor, paths, now)):
            self._undo(actor, f"{gone} has had no path for {GONE_SECONDS:g} s (never: last path)")
            return
        match actor.course.next(now, lambda: actor.pings is None or actor.pings.is_healthy(now)):
            case Move.ACT:
                self._act(actor, paths())
            case Move.UNDO:
                self._undo(actor, _why_undone(actor.planned))
            case None:
                pass

    def _act(self, actor: _Actor, paths: Paths) -> None:
        actor.was_due = True
        planned, lab, now = actor.planned, self._means.lab, self._means.clock.now()
        try:
            if cut := self._would_cut(planned):
                self._tell(planned, now, f"does not act, because {' and '.join(cut)} would have no path (never: last path)")
                actor.course.rests(now)
                return
            self._tell(planned, now, f"{planned.automation.order.words}, because {planned.automation.rule} rings")
            actor.going = act(planned, lab, actor.undo)
            actor.has_run |= planned.automation.order.has_no_undo
            actor.pings = self._means.pinging(lab, planned.echoes) if planned.echoes and planned.automation.back else None
        except NodeError as error:
            self._tell(planned, self._means.clock.now(), f"could not act: {error}")
            self._take_back(actor)
            actor.course.rests(self._means.clock.now())
            return
        actor.works = frozenset(stream for stream, path in paths.items() if path)
        self.changed_at = self._means.clock.now()
        actor.course.acted(self.changed_at)

    def _undo(self, actor: _Actor, why: str) -> None:
        planned = actor.planned
        if not planned.automation.order.has_no_undo:
            self._tell(planned, self._means.clock.now(), f"{planned.automation.order.undo_words}, because {why}")
        self._take_back(actor)
        try:
            actor.going = undoing_script(planned, self._means.lab)
        except LabError as error:
            self._fail(planned, f"could not undo: {error}")
        self.changed_at = self._means.clock.now()
        actor.course.rests(self.changed_at)

    def _still_runs(self, actor: _Actor) -> bool:
        """Whether a script runs. Tells how it has ended, if it has just ended."""
        if actor.going is None:
            return False
        script, ended = actor.going
        if (end := ended()) is None:
            return True
        actor.going = None
        self.changed_at = self._means.clock.now()
        if end.exit_code == 0:
            self._tell(actor.planned, self.changed_at, end.words(script))
        else:
            self._fail(actor.planned, end.words(script))
        return False

    def _fail(self, planned: PlannedAutomation, what: str) -> None:
        """A script of the user has failed."""
        self._tell(planned, self._means.clock.now(), what)
        self._failed.append(f"{planned.nodes[0]}: automation {planned.name}: {what}")

    def _take_back(self, actor: _Actor) -> None:
        """Undo the action as far as its nodes obey. What is left is found by the comparison with the plan, and repaired by `heal`."""
        if actor.going:
            self._tell(actor.planned, self._means.clock.now(), f"ends {actor.going[0].name}, which still runs")
        actor.gone_since = actor.going = None
        if actor.pings:
            actor.pings.close()
            actor.pings = None
        try:
            actor.undo.close()
        except LabError as error:
            self._tell(actor.planned, self._means.clock.now(), f"could not undo everything: {error}")

    def _would_cut(self, planned: PlannedAutomation) -> tuple[str, ...]:
        """The flows whose last path the action takes. Sessions that are down now do not count as paths."""
        if not planned.automation.spares_last_path or not planned.closes or self._closing is None:
            return ()
        down = {(each.node, each.neighbor) for each in self._means.lab.bgp_states() if each.state != "Established"}
        return self._closing.cut_off([each for each in self._means.lab.plan.sessions if (each.node, each.neighbor) in down], planned.closes)

    def _gone(self, actor: _Actor, paths: Callable[[], Paths], now: float) -> str | None:
        """A flow that had a path when the action began, and has had none for too long. None if there is none."""
        if not actor.planned.automation.spares_last_path or now < actor.look_at:
            return None
        actor.look_at = now + _LOOK_SECONDS
        present = paths()
        lost = [flow for flow, direction in sorted(actor.works) if not present.get((flow, direction))]
        actor.gone_since = (actor.gone_since or now) if lost else None
        return lost[0] if actor.gone_since is not None and now >= actor.gone_since + GONE_SECONDS else None

    def _tell(self, planned: PlannedAutomation, now: float, what: str) -> None:
        self._means.tell(TimelineEvent(at=now, node=planned.nodes[0], source="automation", what=f"{planned.name}: {what}"))


@contextmanager
def hearing(
    means: Means, automations: Sequence[PlannedAutomation], ringing: Callable[[Callable[[Rung], None]], AbstractContextManager[None]]
) -> Iterator[Acting]:
    """The automations, which hear every alarm while the block runs. At its end every action is undone, also after an error.

    Raises NodeError if a script has failed.
    """
    found = Acting(means, automations)
    with ringing(found.hear):
        try:
            yield found
            found.tell_idle()
        finally:
            found.end()
            found.repair()
    found.require_success()


def _why_undone(planned: PlannedAutomation) -> str:
    back = planned.automation.back
    seconds = f"{back.after:g} s are over" if back else ""
    if back and back.when_healthy:
        healthy = f"{planned.automation.order.target} is healthy" if planned.echoes else f"{planned.automation.rule} has ended"
        return f"{seconds} and {healthy}"
    return seconds


def _awaited(planned: PlannedAutomation) -> str:
    """The alarm for which an automation waits, with its labels."""
    labels = ", ".join(f"{name}: {value}" for name, value in planned.automation.labels)
    return f"{planned.automation.rule} with {labels}" if labels else planned.automation.rule
