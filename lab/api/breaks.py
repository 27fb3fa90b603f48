"""Break a running lab by hand, and put it right."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lab.api.hand_faults import behind, require_apart
from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.api.running import Say, opened
from lab.engine.arrival import wait_until_good
from lab.engine.clock import SystemClock
from lab.engine.proof import compared_in_the_end, remember_once_quiet
from lab.errors import InputError, NodeError, Problem
from lab.faults import inject, inject_for_good, require_possible
from lab.intent import parse_duration, read_parameters, resolve_fault, too_short
from lab.model.check import Step, carried_out
from lab.model.fault import Fault, Flap
from lab.model.status import HandFault, Healed
from lab.program import COMMAND
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A fault as typed: which lab (None: the only one), what, where, for how long (None: until healed), and NAME=VALUE each."""

    lab: str | None
    kind: str
    target: str
    duration: str | None
    parameters: tuple[str, ...] = ()


def break_by_hand(order: ByHand, say: Say) -> HandFault:
    """Put a fault in: for a duration, then out again; without one it stays in force until `heal`.

    InputError where it could not be undone apart from what was broken by hand before.
    """
    seconds = parse_duration(order.duration, place="--for") if order.duration else None
    said = read_parameters(order.parameters)
    with opened(order.lab) as running:
        fault = resolve_fault(running.plan, order.kind, order.target, said)
        _require_lasting(fault, order, seconds)
        require_possible(fault, running)
        step = Step(kind=order.kind, target=order.target, fault=fault, at=0.0, duration=math.inf if seconds is None else seconds)
        home = Home(running.plan.name)
        with home.held("lab-break"):
            kept = home.kept_faults()
            before = behind(running.differences(), kept, running.plan) if kept else ()
            require_apart(step, before, running.plan)
            if running.kept_routes() is None:
                remember_once_quiet(running)
            by_hand = HandFault(kind=order.kind, target=order.target, parameters=order.parameters, since=_now())
            if not fault.effect(running.plan).is_momentary:
                home.keep_faults((*before, by_hand))  # before it is in: what does not show is not told
            if seconds is None:
                inject_for_good(fault, running)
                say(f"{by_hand}: in force until {COMMAND} lab-heal (lab-up and lab-test of this lab heal it, too)")
                return by_hand
            _carry_out(step, running, lambda: say(f"{by_hand}: in force"))
            home.keep_faults(before)
        say(f"{by_hand}: undone after {seconds:g} s")
        return replace(by_hand, until=_now())


def _require_lasting(fault: Fault, order: ByHand, seconds: float | None) -> None:
    """InputError where a flap has no time to come and go in, or a fault too little."""
    reason = too_short(fault, seconds) if seconds is not None else None
    if seconds is not None and seconds <= 0:
        reason = "a fault lasts longer than nothing (for instance 20s)"
    if seconds is None and isinstance(fault, Flap):
        reason = f"a flap needs a time to come and go in (--for 10s; for a link that stays down: link-down {order.target})"
    if reason:
        raise InputError([Problem(place="--for", message=reason)])


def _carry_out(step: Step, running: RunningLab, said: Callable[[], None]) -> None:
    """Each time the fault goes in: say so, wait, take it out; a flap is let up between two."""
    begin = time.monotonic()
    for each in carried_out(step):
        time.sleep(max(0.0, begin + each.at - time.monotonic()))
        with inject(each.fault, running):
            said()
            time.sleep(max(0.0, begin + each.at + each.duration - time.monotonic()))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def heal(lab: str | None) -> Healed:
    """Put right whatever differs from the plan, wait until all flows pass again, prove the lab whole; NodeError with what still differs."""
    with opened(lab) as running, Home(running.plan.name).held("lab-heal"):
        found = running.heal()
        wait_until_good(running, GOOD_WITHIN_SECONDS)
        comparison = compared_in_the_end(running, SystemClock())
        if comparison.differences:
            left = "; ".join(map(str, comparison.differences))
            raise NodeError(f"lab {running.plan.name}: all flows pass, but it still differs: {left} ({COMMAND} lab-down, then lab-up)")
        return Healed(found=found, comparison=comparison)
