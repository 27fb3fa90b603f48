"""Glance: every flow probed both ways for a moment.

The path of packets that arrive is seen at once. That nothing gets through takes half a second to know.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import MeasurementError
from lab.model.status import FlowStatus
from lab.probes.records import Trace
from lab.probes.streams import SETTLE_SECONDS, Stream, Streams, streaming
from lab.runtime.capabilities import Sockets

_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 5.0
"""How long a busy host may take to send and count enough packets."""

_FRESH_SECONDS = 0.05
"""Sightings of younger packets may still be on their way to us."""

_ALIKE = 2
"""Sampled packets in a row by one path that show it."""

_EDGE = 3
"""Sampled packets at the beginning and in the end that tell a flow that changed from one that loses some of its packets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceAtFlow:
    """What was seen of one direction of a flow, and whether its path or its reachability `changed` meanwhile."""

    status: FlowStatus
    changed: bool


class Glance:
    """Probes that flow; made by `glancing`. Read `seen` when the block is left: then nothing is on its way any more."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._sent: int | None = None

    def wait(self) -> None:
        """Return when every flow has shown its path, or that nothing gets through. A busy host may be too slow for that."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_enough() and time.monotonic() < deadline:
            self._streams.check()
            time.sleep(_POLL_SECONDS)

    def end(self) -> None:
        """Look at no later packets: the programs end one after the other, so not all of them see those."""
        self._sent = len(self._streams.records.sent())

    def seen(self) -> tuple[GlanceAtFlow, ...]:
        """Each direction of each flow."""
        return tuple(self._seen(number, stream) for number, stream in enumerate(self._streams.streams))

    def _is_enough(self) -> bool:
        return all(self._shows(number, stream) for number, stream in enumerate(self._streams.streams))

    def _shows(self, number: int, stream: Stream) -> bool:
        arrived, lost = self._sorted(number)
        if arrived:
            last = {trace.path for trace in arrived[-_ALIKE:]}
            return len(arrived) >= _ALIKE and len(last) == 1 and arrived[-1].path[-1] == stream.target.node
        return len(lost) >= _EDGE

    def _seen(self, number: int, stream: Stream) -> GlanceAtFlow:
        arrived, lost = self._sorted(number)
        changed = len({trace.path for trace in arrived}) > 1 or _turned(arrived, lost)
        status = FlowStatus(
            flow=stream.flow,
            direction=stream.direction,
            reachable=bool(arrived) if arrived or len(lost) >= _EDGE else None,
            path=arrived[-1].path if arrived else (),
            lost_after=lost[-1].path if lost and not arrived else (),
        )
        return GlanceAtFlow(status=status, changed=changed)

    def _sorted(self, number: int) -> tuple[list[Trace], list[Trace]]:
        """The sampled packets of a stream that have arrived, but for the newest, and those that are lost."""
        records = self._streams.records
        sent, received = self._sent or len(records.sent()), records.received(number)
        known, settled = (sent - int(self._streams.rate_pps * seconds) for seconds in (_FRESH_SECONDS, SETTLE_SECONDS))
        arrived, lost = [], []
        for trace in records.traces(number):
            if trace.sequence < len(received) and received[trace.sequence]:
                arrived += [trace] if trace.sequence < known else []
            elif trace.sequence < settled:
                lost.append(trace)
        return arrived, lost


@contextmanager
def glancing(lab: Sockets) -> Iterator[Glance]:
    """Probe every flow of the lab both ways for as long as the block runs. LabBusyError while another command does."""
    with streaming(lab) as streams:
        glance = Glance(streams)
        yield glance
        glance.end()


def look_at_flows(lab: Sockets) -> tuple[FlowStatus, ...]:
    """Who gets through just now, and by which path.

    LabBusyError while another command probes, MeasurementError on a host that is too busy to tell.
    """
    with glancing(lab) as glance:
        glance.wait()
    flows = tuple(each.status for each in glance.seen())
    if any(flow.reachable is None for flow in flows):
        raise MeasurementError(f"measurement: this host is too busy to probe the flows of lab {lab.plan.name} (end what else runs)")
    return flows


def _turned(arrived: list[Trace], lost: list[Trace]) -> bool:
    """Whether a flow stopped, or began, to get through: at one end of the time all is lost, at the other nothing."""
    fates = [came for _, came in sorted([*((each.sequence, True) for each in arrived), *((each.sequence, False) for each in lost)])]
    first, last = set(fates[:_EDGE]), set(fates[-_EDGE:])
    return len(fates) >= 2 * _EDGE and len(first) == len(last) == 1 and first != last
