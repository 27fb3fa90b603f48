"""Break a running lab by hand, and put it right."""

import time
from dataclasses import dataclass

from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.api.running import Say, opened
from lab.engine.arrival import wait_until_good
from lab.engine.clock import SystemClock
from lab.engine.proof import compared_in_the_end, remember_once_quiet
from lab.errors import NodeError
from lab.faults import descriptions, inject, inject_for_good
from lab.intent import TARGETS, parse_duration, resolve_fault
from lab.model.status import Healed
from lab.runtime.home import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A fault as typed: which lab (None: the only one), what, where, for how long (None: until healed)."""

    lab: str | None
    kind: str
    target: str
    duration: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault: its name, what it does, and what it can be done to."""

    name: str
    description: str
    targets: str


def break_by_hand(order: ByHand, say: Say) -> None:
    """Put a fault in: for a duration, then out again; without one it stays in force until `heal`."""
    seconds = parse_duration(order.duration, place="--for") if order.duration else None
    name = f"{order.kind} {order.target}"
    with opened(order.lab) as running:
        fault = resolve_fault(running.plan, order.kind, order.target)
        with Home(running.plan.name).held("lab-break"):
            if running.kept_routes() is None:
                remember_once_quiet(running)
            if seconds is None:
                inject_for_good(fault, running)
                say(f"{name}: in force until ./inv lab-heal")
                return
            with inject(fault, running):
                say(f"{name}: in force")
                time.sleep(seconds)
        say(f"{name}: undone after {seconds:g} s")


def fault_kinds() -> tuple[FaultKind, ...]:
    """Every kind of fault there is."""
    return tuple(FaultKind(name=name, description=text, targets=TARGETS[name]) for name, text in descriptions().items())


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
