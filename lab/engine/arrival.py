"""Arrival: wait until a lab does what it is for - every flow gets through, both ways - or say what does not."""

import time

from lab.errors import NodeError
from lab.model.status import FlowStatus
from lab.probes.streams import SETTLE_SECONDS, streaming
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing

_PACKETS = 20
_RATE_PPS = 200.0
"""Enough to see; more would take the processor from the routers that are still coming up."""

_POLL_SECONDS = 0.06
_LOOK_SECONDS = SETTLE_SECONDS + 0.5


def wait_until_good(lab: LabUnderTest, seconds: float) -> float:
    """The instant (time.monotonic) at which every tunnel and session was up and so many packets in a row had passed both ways in each flow.

    NodeError names everything that is still missing when the time is up.
    """
    deadline = time.monotonic() + seconds
    with streaming(lab, _RATE_PPS) as streams:
        while late := missing(lab) or streams.got_through(_PACKETS):
            if time.monotonic() > deadline:
                raise NodeError(f"lab {lab.plan.name}: not good within {seconds:.0f} s: {'; '.join(late)}")
            time.sleep(_POLL_SECONDS)
        good = time.monotonic()
    lab.remember()
    return good


def look_at_flows(lab: LabUnderTest) -> tuple[FlowStatus, ...]:
    """Probe every flow both ways for a moment: who gets through just now, and by which path. LabBusyError while another command does."""
    with streaming(lab) as streams:
        deadline = time.monotonic() + _LOOK_SECONDS
        while time.monotonic() < deadline:
            streams.check()
            time.sleep(_POLL_SECONDS)
        return tuple(
            FlowStatus(flow=flow, direction=direction, reachable=bool(path), path=path)
            for (flow, direction), path in streams.latest_paths().items()
        )
