"""Count the sent and lost probes of every flow. Each look adds the new probes. Counters never fall, also if probes are started again."""

import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from typing import Protocol

from lab.errors import MeasurementError
from lab.model.direction import Direction
from lab.model.snapshot import FlowReading
from lab.probes.records import Records
from lab.probes.streams import SETTLE_SECONDS, Paths, Stream

_NS = 1_000_000_000
_SETTLE_NS = int(SETTLE_SECONDS * _NS)
_DELAY_SECONDS = 1.0
"""A delay is the median over the probes of this many seconds."""

_SAMPLES = 50
"""A delay is computed from about this many probes."""


class Probing(Protocol):
    """Running probes (see lab.probes.streams)."""

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Every direction of every flow."""
        ...

    @property
    def records(self) -> Records:
        """When each probe was sent, and when it arrived."""
        ...

    def latest_paths(self) -> Paths:
        """The present path of each stream, () if no packet arrives. Raises MeasurementError if the probes have ended by themselves."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """The counts of one direction of one flow. `counted`: the number of the first probe that is not counted yet."""

    counted: int = 0
    sent: int = 0
    lost: int = 0


class Flows:
    """Readings of all flows while probes run. When no probes run, there are no readings. Can be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._probing: Probing | None = None
        self._counts: dict[tuple[str, Direction], _Count] = {}
        self._first: Paths = {}

    @contextmanager
    def following(self, probing: Probing) -> Iterator[None]:
        """Count these probes while the block runs."""
        with self._lock:  # a look that still reads the earlier probes would mix up the numbers of their packets
            self._counts = {key: replace(count, counted=0) for key, count in self._counts.items()}
            self._probing = probing
        try:
            yield
        finally:
            with self._lock:
                self._probing = None

    def look(self) -> tuple[FlowReading, ...]:
        """The reading of each direction of each flow. () while no probes run."""
        with self._lock:
            probing = self._probing
            if probing is None:
                return ()
            try:
                paths = probing.latest_paths()
            except MeasurementError:  # the probes have ended by themselves
                return ()
            for key, path in paths.items():
                if path:
                    self._first.setdefault(key, path)
            return tuple(self._reading(probing, number, stream, paths) for number, stream in enumerate(probing.streams))

    def _reading(self, probing: Probing, number: int, stream: Stream, paths: Paths) -> FlowReading:
        key = (stream.flow, stream.direction)
        before = self._counts.get(key, _Count())
        first, sent, received = probing.records.since(number, before.counted)
        settled = bisect_left(sent, time.time_ns() - _SETTLE_NS)
        pairs = zip(sent[:settled], received, strict=False)
        arrived = sum(1 for instant, arrival in pairs if arrival and arrival - instant <= _SETTLE_NS)
        now = _Count(counted=first + settled, sent=before.sent + settled, lost=before.lost + settled - arrived)
        self._counts[key] = now
        return FlowReading(
            flow=stream.flow,
            direction=stream.direction,
            sent=now.sent,
            lost=now.lost,
            delay_seconds=_delay(sent, received),
            path=paths.get(key),
            path_at_first=self._first.get(key),
        )


def _delay(sent: "array[int]", received: "array[int]") -> float | None:
    """The median delay of the probes of the last second that arrived. None if no probe arrived."""
    if not sent:
        return None
    first = bisect_left(sent, sent[-1] - int(_DELAY_SECONDS * _NS))
    step = max(1, (len(sent) - first) // _SAMPLES)
    pairs = zip(sent[first::step], received[first::step], strict=False)
    delays = [(arrival - instant) / _NS for instant, arrival in pairs if arrival]
    return median(delays) if delays else None
