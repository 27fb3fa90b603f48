"""The time axis of a plot. It consists of panels side by side, which show only the times at which something happened. Units are pixels."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_BEFORE, _AFTER = 0.15, 0.35
"""Seconds that a panel shows before its first and after its last instant."""
_QUIET = 1.5
"""A time without events that is longer than this, in seconds, is cut out."""
_MOST = 5
_LEAST_WIDTH = 170.0
_GAP = 22.0
_BETWEEN_TICKS = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of the time axis: which seconds it shows, and where it is in the plot."""

    begin: float
    end: float
    x: float
    width: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    def at(self, instant: float) -> float:
        """The x of an instant. If the instant is not in the panel, the x of the nearer side of the panel."""
        share = (instant - self.begin) / (self.end - self.begin)
        return self.x + self.width * min(max(share, 0.0), 1.0)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Round instants with their labels. There are as many as are readable."""
        step = _round_up((self.end - self.begin) * _BETWEEN_TICKS / self.width)
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        for number in range(math.ceil(self.begin / step - 1e-9), math.floor(self.end / step + 1e-9) + 1):
            yield number * step, f"{number * step:.{digits}f}"


def panels(instants: Sequence[float], left: float, width: float) -> tuple[Panel, ...]:
    """The panels around these instants. Together they are `width` wide. A panel is as wide as its time is long, but wide enough to read."""
    stretches = _stretches(sorted(instants))
    room = width - _GAP * (len(stretches) - 1)
    widths = _widths([end - begin for begin, end in stretches], room)
    placed: list[Panel] = []
    for (begin, end), wide in zip(stretches, widths, strict=True):
        placed.append(Panel(begin=begin, end=end, x=placed[-1].right + _GAP if placed else left, width=wide))
    return tuple(placed)


def stretched(shown: Sequence[Panel], begin: float, end: float) -> Iterator[tuple[float, float]]:
    """The visible parts of a span of time. Each part is given as its x and its width."""
    for panel in shown:
        if begin <= panel.end and end >= panel.begin:
            x = panel.at(begin)
            yield x, panel.at(end) - x


def place(shown: Sequence[Panel], instant: float) -> float | None:
    """The x of an instant. None if the axis does not show this instant."""
    return next((panel.at(instant) for panel in shown if panel.begin <= instant <= panel.end), None)


def _stretches(instants: Sequence[float]) -> list[tuple[float, float]]:
    if not instants:
        return [(0.0, 1.0)]
    cuts = sorted(pairwise(instants), key=lambda pair: pair[0] - pair[1])[: _MOST - 1]
    kept = sorted(pair for pair in cuts if pair[1] - pair[0] > _QUIET)
    begins = [instants[0], *(later for _, later in kept)]
    ends = [*(earlier for earlier, _ in kept), instants[-1]]
    return [(begin - _BEFORE, end + _AFTER) for begin, end in zip(begins, ends, strict=True)]


def _widths(lengths: Sequence[float], room: float) -> list[float]:
    """A width for each length. A length that would be too narrow gets the least width, and the others share the rest."""
    narrow: set[int] = set()
    while True:
        rest = room - _LEAST_WIDTH * len(narrow)
        whole = sum(length for number, length in enumerate(lengths) if number not in narrow)
        widths = [_LEAST_WIDTH if number in narrow else rest * length / whole for number, length in enumerate(lengths)]
        more = {number for number, wide in enumerate(widths) if wide < _LEAST_WIDTH}
        if not more:
            return widths
        narrow |= more


def _round_up(step: float) -> float:
    """The next larger number of the form 1, 2 or 5 × 10ⁿ."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= step - 1e-12)
