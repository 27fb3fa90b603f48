"""Streams: probe every flow of a plan in both directions, and record the result."""

import time
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from lab.model.direction import Direction
from lab.model.event import FlowRecorded, LossRun, PathRun
from lab.model.flow import FlowEnd
from lab.model.plan import Plan
from lab.model.progress import Outage
from lab.probes.packets import probe_frame
from lab.probes.records import Records
from lab.probes.refusals import Refusals
from lab.probes.sockets import hearing_socket, receiving_socket, sending_socket, tracing_socket
from lab.probes.wire import FIRST_PORT, SMALLEST
from lab.runtime.capabilities import Sockets
from lab.runtime.owners import address_owners
from lab.runtime.programs import Programs

DEFAULT_RATE_PPS = 1000.0
SETTLE_SECONDS = 0.5
"""A packet that does not arrive within this time counts as lost. Normal delays in a lab are a few milliseconds.

A frozen charon keeps packets for seconds and delivers them when it continues. That is too late for users, so these count as lost.
"""

_OUT_SECONDS = 0.2
"""A flow without arriving packets for this long is out. Shorter gaps may only be late records on a busy host."""

Paths = dict[tuple[str, Direction], tuple[str, ...]]
"""The path of each direction of each flow."""

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One direction of one flow."""

    flow: str
    direction: Direction
    source: FlowEnd
    target: FlowEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Wall-clock instants: `zero` is the start of the check's clock. `felt` has, for each convergence event, the sending time of the first
    packet that it can affect.
    """

    zero: float
    felt: tuple[float, ...] = ()


class Streams:
    """Running probes, made by `streaming`. Instants are wall-clock seconds (time.time)."""

    def __init__(
        self, plan: Plan, programs: Programs, rate_pps: float, first_port: int = FIRST_PORT, horizon_seconds: float | None = None
    ) -> None:
        self.rate_pps = rate_pps
        self.streams = tuple(stream for flow in plan.flows for stream in _both_ways(flow.name, flow.source, flow.target))
        self._programs = programs
        sources, nodes = tuple(stream.source.node for stream in self.streams), tuple(node.name for node in plan.nodes)
        self.records = Records(sources, nodes, horizon_seconds)
        self.refusals = Refusals(address_owners(plan), first_port)

    @property
    def has_ipv6(self) -> bool:
        """Whether a flow has IPv6."""
        return any(stream.target.address.version == 6 for stream in self.streams)

    def check(self) -> None:
        """Raise MeasurementError if one of the probing programs has ended by itself."""
        self._programs.check()

    def lost_lately(self, seconds: float) -> int | None:
        """How many packets were lost in the last `seconds`. Packets that may still arrive do not count. None if the records are shorter."""
        self._programs.check()
        until = time.time_ns() - int(SETTLE_SECONDS * _NS)
        return self.records.lost_between(until - int(seconds * _NS), until)

    def latest_paths(self) -> Paths:
        """The path of the latest sampled packet of each stream that has arrived. () if none arrived in the last second."""
        self._programs.check()
        end = self.records.end
        oldest, settled = (max(0, end - int(self.rate_pps * seconds)) for seconds in (1 + SETTLE_SECONDS, SETTLE_SECONDS))
        paths: Paths = {}
        for number, stream in enumerate(self.streams):
            first, _, received = self.records.since(number, oldest)
            arrived = [
                trace.path
                for trace in self.records.traces(number, first)
                if trace.sequence < min(settled, first + len(received)) and received[trace.sequence - first]
            ]
            paths[stream.flow, stream.direction] = arrived[-1] if arrived else ()
        return paths

    def outages(self) -> tuple[Outage, ...]:
        """The present outage of each direction of each flow, or if there is none, the last one. This takes almost no time.

        This is for the screen: it counts only packets lost in a row. `recorded` has the measured figures.
        """
        return tuple(outage for number in range(len(self.streams)) if (outage := self._outage(number)))

    def _outage(self, number: int) -> Outage | None:
        first, last = self.records.silence(number)
        over = last - first < _OUT_SECONDS * self.rate_pps
        if over:
            first, last = self.records.last_gap(number)
        seconds = (last - first) / self.rate_pps
        if seconds < _OUT_SECONDS:
            return None
        stream = self.streams[number]
        return Outage(flow=stream.flow, direction=stream.direction, first=first, seconds=seconds, over=over)

    def stop_sending(self) -> None:
        """Stop sending, and wait until the last packets have had time to arrive. Call this before the block ends."""
        self._programs.end_last()
        time.sleep(SETTLE_SECONDS)

    def not_yet_through(self, packets: int) -> tuple[str, ...]:
        """The streams, as `flow NAME DIRECTION`, of which so many (`packets`) packets in a row have not yet arrived."""
        self._programs.check()
        return tuple(
            f"flow {stream.flow} {stream.direction}"
            for number, stream in enumerate(self.streams)
            if not _has_run(self.records.received(number), packets)
        )

    def recorded(self, marks: Marks) -> tuple[FlowRecorded, ...]:
        """The record of each stream. A packet that is still on its way counts as lost."""
        return tuple(_recorded(self, number, marks) for number in range(len(self.streams)))


@contextmanager
def streaming(
    lab: Sockets,
    rate_pps: float = DEFAULT_RATE_PPS,
    size: int | None = None,
    first_port: int = FIRST_PORT,
    horizon_seconds: float | None = None,
) -> Iterator[Streams]:
    """Probe every flow of the lab in both directions while the block runs. `size`: octets of the IP packet. None: the smallest.

    `horizon_seconds`: keep only the records of this time. None: keep all.
    """
    programs = Programs()
    streams = Streams(lab.plan, programs, rate_pps, first_port, horizon_seconds)
    numbered = list(enumerate(streams.streams))
    ports = range(first_port, first_port + len(numbered))
    try:
        nodes = [tracing_socket(lab, node, ports) for node in lab.plan.nodes]
        for host in dict.fromkeys(stream.source.node for stream in streams.streams):
            streams.refusals.hear(hearing_socket(lab, host, ports))
        ipv6 = [tracing_socket(lab, node, ports, ipv6=True) for node in lab.plan.nodes if streams.has_ipv6]
        tracing: dict[str, object] = {"first_port": first_port, "streams": len(numbered)}
        tracing |= {key: [{"descriptor": line.fileno()} for line in lines] for key, lines in (("nodes", nodes), ("ipv6", ipv6))}
        programs.start("lab.probes.tracer", tracing, [*nodes, *ipv6], streams.records.add_traced)
        ends = [receiving_socket(lab, stream.target, ports[number]) for number, stream in numbered]
        programs.start(
            "lab.probes.receiver", {"streams": [{"descriptor": line.fileno()} for line in ends]}, ends, streams.records.add_received
        )
        starts = [sending_socket(lab, stream.source) for _, stream in numbered]
        order = [
            {"descriptor": line.fileno(), "frame": probe_frame(stream.source, stream.target, number, size or SMALLEST, first_port).hex()}
            for line, (number, stream) in zip(starts, numbered, strict=True)
        ]
        programs.start("lab.probes.sender", {"rate_pps": rate_pps, "streams": order}, starts, streams.records.add_sent)
        programs.read()
        yield streams
        programs.check()
    finally:
        programs.close()
        streams.refusals.close()


def _both_ways(flow: str, source: FlowEnd, target: FlowEnd) -> tuple[Stream, Stream]:
    return (
        Stream(flow=flow, direction="forward", source=source, target=target),
        Stream(flow=flow, direction="reverse", source=target, target=source),
    )


def _recorded(streams: Streams, number: int, marks: Marks) -> FlowRecorded:
    stream, records = streams.streams[number], streams.records
    sent, received = records.sent(), records.received(number)
    instants = [instant / _NS - marks.zero for instant in sent]
    arrivals = [_arrival(instant, received[index] if index < len(received) else 0, marks) for index, instant in enumerate(sent)]
    zero, *felt = (bisect_left(instants, edge - marks.zero) for edge in (marks.zero, *marks.felt))
    return FlowRecorded(
        flow=stream.flow,
        direction=stream.direction,
        destination=stream.target.address,
        rate_pps=streams.rate_pps,
        started=instants[0] if instants else 0.0,
        ended=instants[-1] if instants else 0.0,
        sent=len(sent),
        longest_pause_seconds=max((later - earlier for earlier, later in pairwise(instants) if earlier >= 0), default=0.0),
        zero_seq=zero,
        felt=tuple(felt),
        losses=_losses(instants, arrivals),
        paths=_paths(records, number, instants, arrivals),
        delays=_delays(instants, arrivals, [zero, *felt]),
        too_long=streams.refusals.of(number),
    )


def _arrival(sent: int, received: int, marks: Marks) -> float | None:
    """When a packet arrived, on the check's clock. None if it was lost, or arrived later than `SETTLE_SECONDS`."""
    return received / _NS - marks.zero if received and received - sent <= SETTLE_SECONDS * _NS else None


def _has_run(received: "array[int]", wanted: int) -> bool:
    run = 0
    for instant in received:
        run = run + 1 if instant else 0
        if run == wanted:
            return True
    return False


def _losses(instants: list[float], arrivals: list[float | None]) -> tuple[LossRun, ...]:
    runs, first = [], None
    for index, there in enumerate([*(arrival is not None for arrival in arrivals), True]):
        if there and first is not None:
            runs.append(
                LossRun(
                    first_seq=first,
                    count=index - first,
                    first_sent=instants[first],
                    last_sent=instants[index - 1],
                    arrived_before=arrivals[first - 1] if first else None,
                    arrived_after=arrivals[index] if index < len(arrivals) else None,
                )
            )
            first = None
        elif not there and first is None:
            first = index
    return tuple(runs)


def _delays(instants: list[float], arrivals: list[float | None], cuts: list[int]) -> tuple[float | None, ...]:
    """The median one-way delay of each part: up to the first cut, between each two cuts, and after the last cut."""
    edges = [*cuts, len(instants)]
    phases = (zip(instants[first:last], arrivals[first:last], strict=True) for first, last in pairwise(edges))
    found = [[arrival - instant for instant, arrival in phase if arrival is not None] for phase in phases]
    return tuple(median(delays) if delays else None for delays in found)


def _paths(records: Records, number: int, instants: list[float], arrivals: list[float | None]) -> tuple[PathRun, ...]:
    runs: list[PathRun] = []
    for trace in records.traces(number):
        instant, delivered = instants[trace.sequence], arrivals[trace.sequence] is not None
        if runs and (runs[-1].path, runs[-1].delivered) == (trace.path, delivered):
            last = runs.pop()
            runs.append(replace(last, last_seq=trace.sequence, last_sent=instant, count=last.count + 1))
        else:
            seq = trace.sequence
            runs.append(
                PathRun(path=trace.path, first_seq=seq, last_seq=seq, first_sent=instant, last_sent=instant, count=1, delivered=delivered)
            )
    return tuple(runs)
