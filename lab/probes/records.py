"""Combine the records of sender, receiver and tracer: when each packet was sent and received, and which nodes it passed."""

import threading
from array import array
from dataclasses import dataclass

from lab.probes.series import Series
from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED

WATCHING_HORIZON_SECONDS = 600.0
"""A process that watches a lab for hours keeps only the records of this time. A test keeps all records of a check."""

_WRAP = 1 << 16
_GAP_PACKETS = 64
"""If fewer packets than this are missing in a row, they may still arrive, out of order."""

_SLACK = 0.1
"""Records are forgotten in portions, because that is cheap: they are kept for up to this part of the horizon longer."""

_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A sampled packet of one stream: its number, and the nodes that it passed, in order. The first node is the sending host."""

    sequence: int
    path: tuple[str, ...]


class Records:
    """The records of all packets within the horizon. Another thread may read them at any time. Instants are wall-clock ns, 0 for never.

    Packet numbers count from the start of the sender, also if the first packets are forgotten.
    """

    def __init__(self, sources: tuple[str, ...], nodes: tuple[str, ...], horizon_seconds: float | None = None) -> None:
        """`sources`: the sending host of each stream. `nodes`: the nodes in the order of the tracer's numbers.

        `horizon_seconds`: packets that were sent longer ago than this are forgotten. None: all are kept.
        """
        self._sources = sources
        self._nodes = nodes
        self._horizon_ns = None if horizon_seconds is None else int(horizon_seconds * _NS)
        self._sent = Series()
        self._received = [Series() for _ in sources]
        self._gaps: list[tuple[int, int]] = [(0, 0)] * len(sources)
        self._sightings: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._rest = {"sent": b"", "received": b"", "traced": b""}
        self._lock = threading.Lock()

    def add_sent(self, data: bytes) -> None:
        """Add records of the sender."""
        with self._lock:
            for sequence, instant in SENT.iter_unpack(self._whole("sent", data, SENT.size)):
                self._sent.put(sequence, instant)
            self._forget()

    def add_received(self, data: bytes) -> None:
        """Add records of the receiver. A second copy of a packet changes nothing."""
        with self._lock:
            for stream, sequence, instant in RECEIVED.iter_unpack(self._whole("received", data, RECEIVED.size)):
                if stream < len(self._received):
                    series = self._received[stream]
                    if sequence > series.end + _GAP_PACKETS:
                        self._gaps[stream] = (series.end, sequence)
                    series.put(sequence, instant)

    def add_traced(self, data: bytes) -> None:
        """Add records of the tracer. They have only the low 16 bits of the packet number. The sending times give the rest."""
        with self._lock:
            for node, stream, low, instant in TRACED.iter_unpack(self._whole("traced", data, TRACED.size)):
                base = max(self._sent.end - _WRAP // 2, 0)
                sequence = base + (low - base) % _WRAP
                if sequence >= self._sent.first:
                    self._sightings.setdefault((stream, sequence), []).append((instant, node))

    @property
    def end(self) -> int:
        """The number of the next packet to be sent."""
        return self._sent.end

    def sent(self) -> "array[int]":
        """For each packet number, the time at which the packets with this number were sent. (Those of all streams are sent together.)"""
        with self._lock:
            return self._sent.since(0)

    def received(self, stream: int) -> "array[int]":
        """For each packet number: when this packet of the stream arrived."""
        with self._lock:
            return self._received[stream].since(0)

    def since(self, stream: int, first: int) -> tuple[int, "array[int]", "array[int]"]:
        """For each packet number from `first` on: when it was sent, and when this packet of the stream arrived.

        Gives also the number with which both begin. It is higher than `first` if older packets are forgotten.
        """
        with self._lock:
            return max(first, self._sent.first), self._sent.since(first), self._received[stream].since(first)

    def lost_between(self, since: int, until: int) -> int | None:
        """How many packets of all streams, sent in [since, until), were not received.

        None if none was sent, or if the records do not cover this time.
        """
        with self._lock:
            if not self._sent.newest or self._sent.newest < until or self._sent.oldest > since:
                return None
            first, last = self._sent.number_at(since), self._sent.number_at(until)
            if first == last:
                return None
            return sum(last - first - _count(received.between(first, last)) for received in self._received)

    def silence(self, stream: int) -> tuple[int, int]:
        """The number of the first packet after which none has arrived, and the number of the next packet to be sent.

        This takes almost no time.
        """
        with self._lock:
            return self._received[stream].end, self._sent.end

    def last_gap(self, stream: int) -> tuple[int, int]:
        """The last run of lost packets: the numbers of its first packet, and of the first packet that arrived after it.

        (0, 0) if there is none.
        """
        with self._lock:
            return self._gaps[stream]

    def traces(self, stream: int, first: int = 0) -> list[Trace]:
        """The sampled packets of a stream from number `first`, in order. A packet that was not sent has only its host as path."""
        with self._lock:
            return [self._trace(stream, sequence) for sequence in _sampled(max(first, self._sent.first), self._sent.end)]

    def _trace(self, stream: int, sequence: int) -> Trace:
        path = [self._sources[stream]]
        for _, node in sorted(self._sightings.get((stream, sequence), [])):
            if self._nodes[node] != path[-1]:
                path.append(self._nodes[node])
        return Trace(sequence=sequence, path=tuple(path))

    def _forget(self) -> None:
        """Forget what is beyond the horizon."""
        if self._horizon_ns is None or self._sent.newest - self._sent.oldest <= self._horizon_ns * (1 + _SLACK):
            return
        old, first = self._sent.first, self._sent.number_at(self._sent.newest - self._horizon_ns)
        for series in (self._sent, *self._received):
            series.forget_before(first)
        for sequence in _sampled(old, first):
            for stream in range(len(self._sources)):
                self._sightings.pop((stream, sequence), None)

    def _whole(self, kind: str, data: bytes, size: int) -> bytes:
        """The complete records in the data. An incomplete rest is kept for the next call."""
        joined = self._rest[kind] + data
        whole = len(joined) - len(joined) % size
        self._rest[kind] = joined[whole:]
        return joined[:whole]


def _sampled(first: int, end: int) -> range:
    """The numbers of the sampled packets from `first` on, without `end`."""
    return range(-(-first // TRACE_EVERY) * TRACE_EVERY, end, TRACE_EVERY)


def _count(instants: "array[int]") -> int:
    return sum(1 for instant in instants if instant)
