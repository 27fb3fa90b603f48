"""When an alarm rings: the earliest and the latest instant, because nobody knows when CloudWatch takes its samples.

- AWS takes a sample every 30 s (Direct Connect User Guide, "Monitor with Amazon CloudWatch").
- "For any period of one minute or longer, an alarm is evaluated every minute and the evaluation is based on the window of time defined by
  the Period and Evaluation Periods" (CloudWatch User Guide, "Evaluating an alarm"). So the window slides ("Alarm evaluation window").

Two phases are unknown: the phase of the samples, and the phase of the minutes. The result changes only where a sample meets a change of
the metric, or the end of a minute. So we try only these phases. Time is in whole microseconds, because sums of floats are not exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from lab.analysis.alarms.evaluation import MORE_POINTS, state_of
from lab.analysis.alarms.history import History, Value
from lab.model.alarm import Alarm, AlarmState, Statistic

_SECOND = 1_000_000
SAMPLE_SECONDS = 30
EVALUATION_SECONDS = 60
_SAMPLE, _MINUTE = SAMPLE_SECONDS * _SECOND, EVALUATION_SECONDS * _SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An alarm, and the values of its metric over time: one history for each tunnel, connection or virtual interface.

    `unless`: another alarm. While it rings, this one does not ring. None if there is no such alarm.
    """

    alarm: Alarm
    series: tuple[History, ...]
    unless: "Watched | None" = None

    def between(self, begin: float, end: float) -> "Watched":
        """The same alarm, if its metrics had changed only between `begin` and `end`."""
        unless = self.unless.between(begin, end) if self.unless else None
        return Watched(alarm=self.alarm, series=tuple(each.between(begin, end) for each in self.series), unless=unless)

    @property
    def changes(self) -> frozenset[float]:
        """The instants at which a metric of the alarm changes."""
        own = frozenset(instant for each in self.series for instant, _ in each.changes)
        return own | (self.unless.changes if self.unless else frozenset())

    @property
    def longest(self) -> float:
        """The number of seconds without a change after which the state of the alarm no longer changes."""
        range_seconds = (self.alarm.evaluation_periods + MORE_POINTS) * self.alarm.period
        return max(range_seconds, self.unless.longest if self.unless else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The earliest and the latest instant at which an alarm begins to ring.

    `is_certain`: the alarm rings, no matter when CloudWatch takes its samples.
    """

    earliest: float
    latest: float
    is_certain: bool


def interval(watched: Watched) -> Interval | None:
    """When the alarm begins to ring: the earliest and the latest instant. None if it never begins, or if it rings before any change."""
    if all(each.is_constant for each in watched.series):
        return None
    first = [first_ring(watched, sample, minute) for sample, minute in _phases(watched)]
    rings = [instant for instant in first if instant is not None]
    return Interval(earliest=min(rings), latest=max(rings), is_certain=len(rings) == len(first)) if rings else None


def first_ring(watched: Watched, sample: int, minute: int) -> float | None:
    """When the alarm begins to ring, in seconds. None if it never rings.

    `sample`: the instant of one sample. `minute`: the instant of one evaluation. Both are in microseconds.
    """
    changes = [round(instant * _SECOND) for instant in watched.changes]
    begin = min(changes) - (min(changes) - minute) % _MINUTE
    end = max(changes) + round(watched.longest * _SECOND) + 2 * _MINUTE
    clock = _Clock(watched=watched, sample=sample)
    before = False
    for now in count(begin, _MINUTE):
        if now > end:
            return None
        rings = clock.rings(now)
        if rings and not before and now > begin:
            return now / _SECOND
        before = rings
    return None


def _phases(watched: Watched) -> Iterator[tuple[int, int]]:
    """Every pair of a sample's instant and an evaluation's instant with which the result may be different."""
    for instant in watched.changes:
        at = round(instant * _SECOND)
        for sample in (at, at - 1):
            for later in (0, 1, _SAMPLE, _SAMPLE + 1):
                yield sample % _SAMPLE, (sample + later) % _MINUTE


@dataclass(slots=True)
class _Clock:
    """CloudWatch, with one phase of its samples. It evaluates an alarm once a minute, and remembers each data point and the state."""

    watched: Watched
    sample: int
    state: AlarmState = AlarmState.OK
    points: dict[int, Value] = field(default_factory=dict)
    other: "_Clock | None" = None

    def __post_init__(self) -> None:
        if self.watched.unless:
            self.other = _Clock(watched=self.watched.unless, sample=self.sample)

    def rings(self, now: int) -> bool:
        """Whether the alarm rings after the evaluation at this instant."""
        alarm = self.watched.alarm
        period = alarm.period * _SECOND
        ends = (now - number * period for number in range(alarm.evaluation_periods + MORE_POINTS))
        self.state = state_of(alarm, [self._point(end, period) for end in ends], self.state)
        is_silenced = self.other is not None and self.other.rings(now)
        return self.state is AlarmState.ALARM and not is_silenced

    def _point(self, end: int, period: int) -> Value:
        """The data point of the period that ends at this instant. None if there is no sample in it."""
        if end not in self.points:
            first = end - period + (self.sample - end + period) % _SAMPLE
            samples = (each.at(instant / _SECOND) for instant in range(first, end, _SAMPLE) for each in self.watched.series)
            self.points[end] = _statistic(self.watched.alarm.statistic, [value for value in samples if value is not None])
        return self.points[end]


def _statistic(statistic: Statistic, samples: Sequence[float]) -> Value:
    if not samples:
        return None
    match statistic:
        case Statistic.MINIMUM:
            return min(samples)
        case Statistic.MAXIMUM:
            return max(samples)
        case Statistic.AVERAGE:
            return sum(samples) / len(samples)
        case Statistic.SUM:
            return sum(samples)
