"""Break a running lab by hand, and put it right."""

import time
from dataclasses import dataclass

from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.api.running import Say, opened
from lab.engine.arrival import wait_until_good
from lab.engine.clock import SystemClock
from lab.engine.proof import compared_in_the_end, remember_once_quiet
from lab.engine.schedule import carried_out
from lab.errors import InputError, NodeError, Problem
from lab.faults import inject, inject_for_good, require_possible
from lab.intent import parse_duration, read_parameters, resolve_fault, too_short
from lab.model.check import Step
from lab.model.fault import Fault, Flap
from lab.model.status import Healed
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


def break_by_hand(order: ByHand, say: Say) -> None:
    """Put a fault in: for a duration, then out again; without one it stays in force until `heal`."""
    seconds = parse_duration(order.duration, place="--for") if order.duration else None
    said = read_parameters(order.parameters)
    name = f"{order.kind} {order.target}"
    with opened(order.lab) as running:
        fault = resolve_fault(running.plan, order.kind, order.target, said)
        _require_lasting(fault, order, seconds)
        require_possible(fault, running)
        with Home(running.plan.name).held("lab-break"):
            if running.kept_routes() is None:
                remember_once_quiet(running)
            if seconds is None:
                inject_for_good(fault, running)
                say(f"{name}: in force until ./inv lab-heal")
                return
            _carry_out(Step(kind=order.kind, target=order.target, fault=fault, at=0.0, duration=seconds), running, say)
        say(f"{name}: undone after {seconds:g} s")


def _require_lasting(fault: Fault, order: ByHand, seconds: float | None) -> None:
    """InputError where a flap has no time to come and go in, or a fault too little."""
    reason = too_short(fault, seconds) if seconds is not None else None
    if seconds is None and isinstance(fault, Flap):
        reason = f"a flap needs a time to come and go in (--for 10s; for a link that stays down: link-down {order.target})"
    if reason:
        raise InputError([Problem(place="--for", message=reason)])


def _carry_out(step: Step, running: RunningLab, say: Say) -> None:
    """Each time the fault goes in: say so, wait, take it out; a flap is let up between two."""
    begin = time.monotonic()
    for each in carried_out(step):
        time.sleep(max(0.0, begin + each.at - time.monotonic()))
        with inject(each.fault, running):
            say(f"{step.kind} {step.target}: in force")
            time.sleep(max(0.0, begin + each.at + each.duration - time.monotonic()))


def heal(lab: str | None) -> Healed:
    """Put right whatever differs from the plan, wait until all flows pass again, prove the lab whole; NodeError with what still differs."""
    with opened(lab) as running, Home(running.plan.name).held("lab-heal"):
        found = running.heal()
        wait_until_good(running, GOOD_WITHIN_SECONDS)
        comparison = compared_in_the_end(running, SystemClock())
        if comparison.differences:
            left = "; ".join(map(str, comparison.differences))
            raise NodeError(f"lab {running.plan.name}: all flows pass, but it still differs: {left} (./inv lab-down, then lab-up)")
        return Healed(found=found, comparison=comparison)
