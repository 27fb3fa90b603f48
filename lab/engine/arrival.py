"""Arrival: wait until every flow of a lab works in both directions, or report what is missing."""

import time

from lab.errors import NodeError
from lab.probes.streams import streaming
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing

_PACKETS = 20
_RATE_PPS = 200.0
"""A higher rate would take CPU time from routers that are still coming up."""

_POLL_SECONDS = 0.06


def wait_until_good(lab: LabUnderTest, seconds: float) -> float:
    """Wait until every tunnel and session is up and 20 packets in a row have arrived in both directions of every flow.

    Return that instant (time.monotonic). NodeError, naming everything that is still missing, after `seconds`.
    """
    deadline = time.monotonic() + seconds
    with streaming(lab, _RATE_PPS) as streams:
        while late := missing(lab) or streams.got_through(_PACKETS):
            if time.monotonic() > deadline:
                raise NodeError(f"lab {lab.plan.name}: still missing after {seconds:.0f} s: {'; '.join(late)}")
            time.sleep(_POLL_SECONDS)
        good = time.monotonic()
    lab.remember()
    return good
