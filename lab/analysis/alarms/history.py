"""The value of a metric over time. It is constant between two changes."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

Value = float | None
"""The value of a metric. None: AWS sends no sample."""
Spell = tuple[float, float]
"""The beginning and the end of a spell of time, in seconds on the check's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The value of a metric before its first change, and its changes: pairs of an instant and the new value, in order of time."""

    before: Value
    changes: tuple[tuple[float, Value], ...] = ()

    def at(self, instant: float) -> Value:
        """The value of the metric at this instant."""
        number = bisect_right(self.changes, instant, key=lambda change: change[0])
        return self.changes[number - 1][1] if number else self.before

    def between(self, begin: float, end: float) -> "History":
        """The same metric if its value had changed only between `begin` and `end`: it is constant before `begin`, and from `end` on."""
        earlier = [value for instant, value in self.changes if instant < begin]
        changes = tuple(change for change in self.changes if begin <= change[0] < end)
        return History(before=earlier[-1] if earlier else self.before, changes=changes)

    @property
    def is_constant(self) -> bool:
        """Whether the value never changes."""
        return all(value == self.before for _, value in self.changes)


def history(usual: float, lower: Sequence[tuple[Spell, Value]]) -> History:
    """A metric with its usual value, and with other values in some spells of time. If spells overlap, the first one in `lower` counts.

    Instants are rounded to microseconds.
    """
    rounded = [(round(begin, 6), round(end, 6), value) for (begin, end), value in lower]
    edges = sorted({edge for begin, end, _ in rounded for edge in (begin, end) if edge < inf})
    values = [(edge, next((value for begin, end, value in rounded if begin <= edge < end), usual)) for edge in edges]
    return History(before=usual, changes=tuple(_changed(usual, values)))


def _changed(before: Value, values: Iterable[tuple[float, Value]]) -> Iterable[tuple[float, Value]]:
    for instant, value in values:
        if value != before:
            yield instant, value
        before = value
