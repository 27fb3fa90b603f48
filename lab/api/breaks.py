"""Break a running lab by hand, and repair it."""

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lab.api.hand_faults import behind, meant, reconfigured_by, require_apart, resolved
from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.api.running import opened
from lab.engine.arrival import wait_until_good
from lab.engine.clock import SystemClock
from lab.engine.proof import compared_in_the_end, remember_once_quiet
from lab.errors import InputError, NodeError, Problem
from lab.faults import inject, inject_for_good, require_possible, undo
from lab.intent import parse_duration, read_parameters, resolve_fault, too_short
from lab.model.check import Step, carried_out
from lab.model.fault import Fault, Flap
from lab.model.progress import FaultComesOut, FaultGoesIn, Say
from lab.model.status import HandFault, Healed
from lab.program import COMMAND
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import comes_true
from lab.runtime.stage import keep_configured

_UNDONE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A fault as the user of `lab-break` typed it.

    `lab` is None if only one lab runs. `duration` is None if the fault remains until `lab-heal`. `parameters` are texts like NAME=VALUE.
    """

    lab: str | None
    kind: str
    target: str
    duration: str | None
    parameters: tuple[str, ...] = ()


def break_by_hand(order: ByHand, say: Say) -> HandFault:
    """Inject a fault into a running lab. With a duration: wait, then undo the fault. Otherwise the fault remains in force until `lab-heal`.

    Raises InputError if the fault has something in common with a fault in force, so that the two could not be undone one by one.
    """
    seconds = parse_duration(order.duration, place="--for") if order.duration else None
    said = read_parameters(order.parameters)
    with opened(order.lab) as running:
        fault = resolve_fault(running.plan, order.kind, order.target, said)
        _require_lasting(fault, order, seconds)
        require_possible(fault, running)
        step = Step(kind=order.kind, target=order.target, fault=fault, at=0.0, duration=math.inf if seconds is None else seconds)
        home = Home(running.plan.lab)
        with home.held("lab-break"):
            before = _in_force_beside(step, running, home)
            by_hand = HandFault(kind=order.kind, target=order.target, parameters=order.parameters, since=_now())
            if not fault.effect(running.plan).is_momentary:
                home.keep_faults(
                    (*before, by_hand)
                )  # before the injection. A fault in the list that does not show in the lab is not reported.
            if seconds is None:
                inject_for_good(fault, running)
                say(f"{by_hand}: in force until {COMMAND} lab-heal (lab-up and lab-test of this lab also undo the fault)")
                return by_hand
            with _said_if_interrupted(by_hand, running.plan.lab):
                _carry_out(step, running, by_hand, say)
            home.keep_faults(before)
        say(f"{by_hand}: undone after {seconds:g} s")
        return replace(by_hand, until=_now())


def _in_force_beside(step: Step, running: RunningLab, home: Home) -> tuple[HandFault, ...]:
    """The faults in force. Raises InputError if one of them has something in common with the new one.

    What the lab is repaired to is kept now, before the new fault changes it.
    """
    kept = home.kept_faults()
    if running.plan.is_editable:
        keep_configured(running, reconfigured_by(kept, running.plan))
    before = behind(running.differences(), kept, running.plan) if kept else ()
    require_apart(step, before, running.plan)
    if running.kept_routes() is None:
        remember_once_quiet(running)
    return before


def _require_lasting(fault: Fault, order: ByHand, seconds: float | None) -> None:
    """Raise InputError if the duration is not above zero, or if a flap has no duration."""
    reason = too_short(fault, seconds) if seconds is not None else None
    if seconds is not None and seconds <= 0:
        reason = "a duration must be longer than 0 (try: 20s)"
    if seconds is None and isinstance(fault, Flap):
        reason = f"a flap needs a duration (try: --for 10s; to keep the link down: link-down {order.target})"
    if reason:
        raise InputError([Problem(place="--for", message=reason)])


@contextmanager
def _said_if_interrupted(by_hand: HandFault, lab: str) -> Iterator[None]:
    """If the user presses Ctrl-C in the block, add to the KeyboardInterrupt that the fault was undone."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"interrupted\nundone   {by_hand}\nrunning  {lab}, as before") from None


def _carry_out(step: Step, running: RunningLab, by_hand: HandFault, say: Say) -> None:
    """Inject the fault, say that it is in force, wait, and undo it. A flap does this several times."""
    begin = time.monotonic()
    for number, each in enumerate(carried_out(step)):
        time.sleep(max(0.0, begin + each.at - time.monotonic()))
        with inject(each.fault, running):
            say(f"{by_hand}: in force")
            say(FaultGoesIn(number=number, kind=step.kind, target=step.target, seconds=each.duration))
            time.sleep(max(0.0, begin + each.at + each.duration - time.monotonic()))
        say(FaultComesOut(number=number))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The faults of `lab-break` that were undone alone, and those that are still in force."""

    undone: tuple[HandFault, ...]
    left: tuple[HandFault, ...]


def undo_by_hand(lab: str | None, words: Sequence[str]) -> Undone:
    """Undo only these faults of `lab-break` (each KIND TARGET, or one of both). Return when the lab no longer shows them.

    Raises InputError for a word that means no fault in force, or several. Raises NodeError if the lab still shows one of the faults.
    """
    with opened(lab) as running:
        home, plan = Home(running.plan.lab), running.plan
        with home.held("lab-heal"):
            before = behind(running.differences(), home.kept_faults(), plan)
            chosen = meant(words, before)
            left = tuple(each for each in before if each not in chosen)
            for each in reversed(chosen):
                undo(resolved(each, plan), running)
            if not comes_true(lambda: not behind(running.differences(), chosen, plan), _UNDONE_SECONDS):
                shown = ", ".join(map(str, behind(running.differences(), chosen, plan)))
                raise NodeError(f"lab {plan.lab} still shows {shown} ({COMMAND} lab-heal repairs everything)")
            home.keep_faults(left)
            if not left and not plan.is_editable:  # what a student configured may be the reason why a flow does not work
                wait_until_good(running, GOOD_WITHIN_SECONDS)
    return Undone(undone=tuple(replace(each, until=_now()) for each in chosen), left=left)


def heal(lab: str | None) -> Healed:
    """Repair the lab and wait until every flow works. Then compare the lab with its plan.

    In a workshop, only undo what faults did: what a student configured stays, and may be the reason why a flow does not work.
    Raises one NodeError that lists all remaining differences.
    """
    with opened(lab) as running, Home(running.plan.lab).held("lab-heal"):
        if running.plan.is_editable:
            keep_configured(running, reconfigured_by(Home(running.plan.lab).kept_faults(), running.plan))
            return Healed(found=running.heal(), comparison=None)
        found = running.heal()
        wait_until_good(running, GOOD_WITHIN_SECONDS)
        comparison = compared_in_the_end(running, SystemClock())
        if comparison.differences:
            left = "; ".join(map(str, comparison.differences))
            raise NodeError(
                f"in lab {running.plan.lab} every flow works, but this still differs from the plan: {left} "
                f"({COMMAND} lab-down, then lab-up)"
            )
        return Healed(found=found, comparison=comparison)
