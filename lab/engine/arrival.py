"""Arrival: wait until every flow of a lab works in both directions, or report what is missing."""

import time

from lab.errors import NodeError
from lab.model.progress import Preparing, Say, unheard
from lab.probes.streams import Streams, streaming
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import Awaited, awaited

_PACKETS = 20
_RATE_PPS = 200.0
"""A higher rate would take CPU time from routers that are still coming up."""

_POLL_SECONDS = 0.06


def wait_until_good(lab: LabUnderTest, seconds: float, say: Say = unheard) -> float:
    """Wait until every tunnel and session is up and 20 packets in a row have arrived in both directions of every flow.

    Return that instant (time.monotonic). `say` is told how much is there each time there is more. NodeError, naming everything that is
    still missing, after `seconds`.
    """
    deadline = time.monotonic() + seconds
    told = None
    with streaming(lab, _RATE_PPS) as streams:
        while (now := _awaited(lab, streams)).late:
            if time.monotonic() > deadline:
                raise NodeError(f"lab {lab.plan.name}: still missing after {seconds:.0f} s: {'; '.join(now.late)}")
            there = Preparing(what=now.what, done=now.of - len(now.late), of=now.of)
            if there != told:
                say(there)
                told = there
            time.sleep(_POLL_SECONDS)
        good = time.monotonic()
    lab.remember()
    return good


def _awaited(lab: LabUnderTest, streams: Streams) -> Awaited:
    """What comes last is waited for last: flows get through when all else is there."""
    now = awaited(lab)
    return now if now.late else Awaited(what="flows good", of=len(streams.streams), late=streams.got_through(_PACKETS))
