"""Proof: compare a lab with its plan, and its routes with the routes it had when it was healthy."""

import threading
import time

from lab.engine.clock import Clock
from lab.model.evidence import TimelineEvent
from lab.model.status import Comparison
from lab.runtime.capabilities import LabUnderTest, StateView

WHOLE_WITHIN_SECONDS = 30.0
"""How long, in seconds, sessions and routes may take to recover after all flows have recovered."""

_PATIENCE_SECONDS = 30.0
"""If a lab keeps changing for longer, its routes are not remembered, because something else changes it."""

QUIET_SECONDS = 1.0
"""If no link and no route changes for this long, all routers have learned everything."""


def compared_in_the_end(lab: StateView, clock: Clock) -> Comparison:
    """Compare the lab with its plan again and again until nothing differs, for at most 30 s. Return the last comparison."""
    deadline = clock.now() + WHOLE_WITHIN_SECONDS
    comparison = lab.compare()
    while comparison.differences and clock.wait(deadline):
        comparison = lab.compare()
    return comparison


def remember_once_quiet(lab: LabUnderTest) -> None:
    """Wait until no route changes any more. Then keep the routes of the lab as those of the healthy lab. Does nothing if the lab differs
    from its
    plan.
    """
    if lab.differences():
        return
    changed = threading.Event()

    def notice(_: TimelineEvent) -> None:
        changed.set()

    deadline = time.monotonic() + _PATIENCE_SECONDS
    with lab.watch(notice):
        while changed.wait(QUIET_SECONDS):
            changed.clear()
            if time.monotonic() > deadline:
                return
    lab.remember_routes()
