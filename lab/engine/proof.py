"""Proof: a lab held against its plan and the routes it had when nothing was wrong, until nothing differs or the time is up."""

import threading
import time

from lab.engine.clock import Clock
from lab.model.evidence import TimelineEvent
from lab.model.status import Comparison
from lab.runtime.capabilities import LabUnderTest, StateView

WHOLE_WITHIN_SECONDS = 30.0
"""How long sessions and routes may take to be as they were, after all flows are."""

_PATIENCE_SECONDS = 30.0
"""A lab that changes for longer is not left alone, and nothing of it is remembered."""

QUIET_SECONDS = 1.0
"""Without a change of links or routes for so long, every router has heard what there is."""


def compared_in_the_end(lab: StateView, clock: Clock) -> Comparison:
    """What was compared, and what still differs when the time is up; () as soon as nothing does."""
    deadline = clock.now() + WHOLE_WITHIN_SECONDS
    comparison = lab.compare()
    while comparison.differences and clock.wait(deadline):
        comparison = lab.compare()
    return comparison


def remember_once_quiet(lab: LabUnderTest) -> None:
    """Take the lab's routes for those of the whole lab once none changes any more; a lab in which something is broken has none to keep."""
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
