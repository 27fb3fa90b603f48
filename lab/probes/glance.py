"""Probe every flow in both directions for a moment, to see its present path.

For a flow that works, this takes a moment. To be sure that a flow does not work takes half a second.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import MeasurementError
from lab.model.status import FlowStatus
from lab.probes.records import Trace
from lab.probes.streams import SETTLE_SECONDS, Stream, Streams, streaming
from lab.probes.wire import LOOK_PORT
from lab.runtime.capabilities import Sockets

_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 5.0
"""The longest time that a busy host may take to send and record enough packets."""

_FRESH_SECONDS = 0.05
"""Packets sent more recently are not counted: their records may not have arrived yet."""

_ALIKE = 2
"""The path of a flow is known after this many sampled packets in a row on one path."""

_EDGE = 3
"""This many sampled packets, at the beginning and at the end, tell a flow that changes from a flow that loses some packets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceAtFlow:
    """The result for one direction of one flow. `changed`: its path, or whether its packets arrive, changed while we probed."""

    status: FlowStatus
    changed: bool


class Glance:
    """Running probes of all flows, made by `glancing`. Read `seen` after the block has ended: then no packet is on its way."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._sent: int | None = None

    def wait(self) -> None:
        """Wait until the result for every flow is known. On a busy host: for at most five seconds."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_enough() and time.monotonic() < deadline:
            self._streams.check()
            time.sleep(_POLL_SECONDS)

    def end(self) -> None:
        """From now on, ignore all packets that are sent. (The programs end one after another, so their last records are incomplete.)"""
        self._sent = len(self._streams.records.sent())

    def seen(self) -> tuple[GlanceAtFlow, ...]:
        """The result for each direction of each flow."""
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
        """The sampled packets of a stream: first those that arrived, then those that were lost. The most recent ones are left out."""
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
    """Probe every flow of the lab in both directions while the block runs, also while another command changes the lab.

    Raises LabBusyError if another command looks at the lab at this moment.
    """
    with streaming(lab, first_port=LOOK_PORT) as streams:
        glance = Glance(streams)
        yield glance
        glance.end()


def look_at_flows(lab: Sockets) -> tuple[FlowStatus, ...]:
    """The present path of every flow, and whether its packets get through.

    Raises LabBusyError if another command looks at the lab at this moment, and MeasurementError if the host is too busy.
    """
    with glancing(lab) as glance:
        glance.wait()
    flows = tuple(each.status for each in glance.seen())
    if any(flow.reachable is None for flow in flows):
        raise MeasurementError(f"measurement: this host is too busy to probe the flows of lab {lab.plan.lab} (stop other programs)")
    return flows


def _turned(arrived: list[Trace], lost: list[Trace]) -> bool:
    """Whether packets of a flow began or ceased to arrive while we probed: all arrived at one end of that time, and none at the other."""
    fates = [came for _, came in sorted([*((each.sequence, True) for each in arrived), *((each.sequence, False) for each in lost)])]
    first, last = set(fates[:_EDGE]), set(fates[-_EDGE:])
    return len(fates) >= 2 * _EDGE and len(first) == len(last) == 1 and first != last
