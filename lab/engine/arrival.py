"""Wait until every flow of a lab works in both directions, or report what is missing."""

import time

from lab.errors import NodeError
from lab.model.progress import Preparing, Say, unheard
from lab.probes.streams import Streams, streaming
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import Awaited, awaited
from lab.runtime.stuck import Stuck

_PACKETS = 20
_RATE_PPS = 200.0
"""Probes per second. More would take CPU time from routers that are still starting."""

_POLL_SECONDS = 0.06


def wait_until_good(lab: LabUnderTest, seconds: float, say: Say = unheard) -> float:
    """Wait until every tunnel and session is up, and 20 packets in a row have arrived in both directions of every flow.

    Return that instant (time.monotonic). `say` shows the progress. Raises NodeError after `seconds`, with everything that is still missing.
    """
    deadline = time.monotonic() + seconds
    told = None
    with streaming(lab, _RATE_PPS) as streams:
        stuck = Stuck(lab)
        while (now := _awaited(lab, streams)).late:
            stuck.free()
            if time.monotonic() > deadline:
                raise NodeError(f"after {seconds:.0f} s lab {lab.plan.lab} still lacks: {'; '.join(now.late)}")
            there = Preparing(what=now.what, done=now.of - len(now.late), of=now.of)
            if there != told:
                say(there)
                told = there
            time.sleep(_POLL_SECONDS)
        good = time.monotonic()
    lab.remember()
    return good


def _awaited(lab: LabUnderTest, streams: Streams) -> Awaited:
    """What is still missing. Flows are checked only when every tunnel and session is up."""
    now = awaited(lab)
    return now if now.late else Awaited(what="flows good", of=len(streams.streams), late=streams.not_yet_through(_PACKETS))
