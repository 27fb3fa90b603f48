"""How busy this host is. It is read before and after a measurement, because figures from an overloaded host mean little."""

from dataclasses import dataclass
from pathlib import Path

_STAT, _PRESSURE = Path("/proc/stat"), Path("/proc/pressure/cpu")
_IDLE_FIELDS = (3, 4)
"""The places of idle and iowait in a `cpu` line (proc_stat(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReading:
    """Counters since the host started: used and total processor ticks, and the seconds in which a program waited for a processor
    (`stalled`).

    `stalled` is None if the kernel does not count it. `at`: when the counters were read.
    """

    used: int
    whole: int
    stalled: float | None
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Busyness:
    """The load between two readings: the used part of processor time, and the part of time in which a program waited for a processor."""

    busy: float
    stalled: float | None


def read_load(now: float) -> LoadReading:
    """Read the counters. `now` is in seconds of any clock."""
    return load_of(_STAT.read_text(), _PRESSURE.read_text() if _PRESSURE.exists() else "", now)


def load_of(stat: str, pressure: str, now: float) -> LoadReading:
    """The counters from the texts of /proc/stat and /proc/pressure/cpu ("" if the kernel does not have it)."""
    ticks = [int(word) for word in stat.partition("\n")[0].split()[1:9]]
    totals = [word for line in pressure.splitlines() if line.startswith("some ") for word in line.split() if word.startswith("total=")]
    return LoadReading(
        used=sum(ticks) - sum(ticks[field] for field in _IDLE_FIELDS),
        whole=sum(ticks),
        stalled=int(totals[0].removeprefix("total=")) / 1e6 if totals else None,
        at=now,
    )


def busyness(before: LoadReading, after: LoadReading) -> Busyness:
    """The load between two readings. 0 if no time passed."""
    whole, seconds = after.whole - before.whole, after.at - before.at
    stalled = None
    if before.stalled is not None and after.stalled is not None:
        stalled = min(1.0, (after.stalled - before.stalled) / seconds) if seconds > 0 else 0.0
    return Busyness(busy=(after.used - before.used) / whole if whole else 0.0, stalled=stalled)
