"""Combine the records of sender, receiver and tracer: when each packet was sent and received, and which nodes it passed."""

import threading
from array import array
from dataclasses import dataclass

from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED

_WRAP = 1 << 16
_GAP_PACKETS = 64
"""If fewer packets than this are missing in a row, they may still arrive, out of order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A sampled packet of one stream: its number, and the nodes that it passed, in order. The first node is the sending host."""

    sequence: int
    path: tuple[str, ...]


class Records:
    """The records of all packets so far. Another thread may read them at any time. Instants are wall-clock ns, 0 for never."""

    def __init__(self, sources: tuple[str, ...], nodes: tuple[str, ...]) -> None:
        """`sources`: the sending host of each stream. `nodes`: the nodes in the order of the tracer's numbers."""
        self._sources = sources
        self._nodes = nodes
        self._sent = array("q")
        self._received = [array("q") for _ in sources]
        self._gaps: list[tuple[int, int]] = [(0, 0)] * len(sources)
        self._sightings: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._rest = {"sent": b"", "received": b"", "traced": b""}
        self._lock = threading.Lock()

    def add_sent(self, data: bytes) -> None:
        """Add records of the sender."""
        with self._lock:
            for sequence, instant in SENT.iter_unpack(self._whole("sent", data, SENT.size)):
                _put(self._sent, sequence, instant)

    def add_received(self, data: bytes) -> None:
        """Add records of the receiver. A second copy of a packet changes nothing."""
        with self._lock:
            for stream, sequence, instant in RECEIVED.iter_unpack(self._whole("received", data, RECEIVED.size)):
                if stream < len(self._received):
                    series = self._received[stream]
                    if sequence > len(series) + _GAP_PACKETS:
                        self._gaps[stream] = (len(series), sequence)
                    _put(series, sequence, instant)

    def add_traced(self, data: bytes) -> None:
        """Add records of the tracer. They have only the low 16 bits of the packet number. The sending times give the rest."""
        with self._lock:
            for node, stream, low, instant in TRACED.iter_unpack(self._whole("traced", data, TRACED.size)):
                base = max(len(self._sent) - _WRAP // 2, 0)
                sequence = base + (low - base) % _WRAP
                self._sightings.setdefault((stream, sequence), []).append((instant, node))

    def sent(self) -> "array[int]":
        """For each packet number, the time at which the packets with this number were sent. (Those of all streams are sent together.)"""
        with self._lock:
            return self._sent[:]

    def received(self, stream: int) -> "array[int]":
        """For each packet number: when this packet of the stream arrived."""
        with self._lock:
            return self._received[stream][:]

    def since(self, stream: int, first: int) -> tuple["array[int]", "array[int]"]:
        """For each packet number from `first` on: when it was sent, and when this packet of the stream arrived."""
        with self._lock:
            return self._sent[first:], self._received[stream][first:]

    def lost_between(self, since: int, until: int) -> int | None:
        """How many packets of all streams, sent in [since, until), were not received.

        None if none was sent, or if the records do not cover this time.
        """
        with self._lock:
            if not self._sent or self._sent[-1] < until or self._sent[0] > since:
                return None
            first, last = _index_at(self._sent, since), _index_at(self._sent, until)
            if first == last:
                return None
            return sum(last - first - _count(received, first, last) for received in self._received)

    def silence(self, stream: int) -> tuple[int, int]:
        """The number of the first packet after which none has arrived, and the number of the next packet to be sent.

        This takes almost no time.
        """
        with self._lock:
            return len(self._received[stream]), len(self._sent)

    def last_gap(self, stream: int) -> tuple[int, int]:
        """The last run of lost packets: the numbers of its first packet, and of the first packet that arrived after it.

        (0, 0) if there is none.
        """
        with self._lock:
            return self._gaps[stream]

    def traces(self, stream: int, first: int = 0) -> list[Trace]:
        """The sampled packets of a stream from number `first`, in order. A packet that was not sent has only its host as path."""
        with self._lock:
            begin = -(-first // TRACE_EVERY) * TRACE_EVERY
            return [self._trace(stream, sequence) for sequence in range(begin, len(self._sent), TRACE_EVERY)]

    def _trace(self, stream: int, sequence: int) -> Trace:
        path = [self._sources[stream]]
        for _, node in sorted(self._sightings.get((stream, sequence), [])):
            if self._nodes[node] != path[-1]:
                path.append(self._nodes[node])
        return Trace(sequence=sequence, path=tuple(path))

    def _whole(self, kind: str, data: bytes, size: int) -> bytes:
        """The complete records in the data. An incomplete rest is kept for the next call."""
        joined = self._rest[kind] + data
        whole = len(joined) - len(joined) % size
        self._rest[kind] = joined[whole:]
        return joined[:whole]


def _put(series: "array[int]", index: int, value: int) -> None:
    if index >= len(series):
        series.extend([0] * (index + 1 - len(series)))
    if not series[index]:
        series[index] = value


def _count(series: "array[int]", first: int, last: int) -> int:
    return sum(1 for value in series[first:last] if value)


def _index_at(series: "array[int]", instant: int) -> int:
    """The first index whose value is not before the instant. The values are in order of time."""
    low, high = 0, len(series)
    while low < high:
        middle = (low + high) // 2
        if series[middle] < instant:
            low = middle + 1
        else:
            high = middle
    return low
