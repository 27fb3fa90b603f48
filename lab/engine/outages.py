"""Outages: which flows get nothing through just now, told a few times a second to a person who waits. What is measured is not told here."""

from collections.abc import Callable
from dataclasses import replace

from lab.model.direction import Direction
from lab.model.progress import FlowsChange, Outage, Say

_LOOK_SECONDS = 0.25


class Outages:
    """Tells what has changed since the last look. What was lost before the first one is of no interest."""

    def __init__(self, ask: Callable[[], tuple[Outage, ...]], say: Say) -> None:
        self._ask = ask
        self._say = say
        self._known = _by_stream(ask())
        self._due = 0.0

    def look(self, now: float) -> None:
        """Look again if it is time. A look costs some microseconds, so it may come between two instants of a schedule."""
        if now < self._due:
            return
        self._due = now + _LOOK_SECONDS
        seen = _by_stream(self._ask())
        changed = [each for stream, each in seen.items() if not _is_same(each, self._known.get(stream))]
        late = [replace(each, seconds=0.0, over=True) for stream, each in self._known.items() if not each.over and stream not in seen]
        self._known |= seen | _by_stream(tuple(late))
        if changed or late:
            self._say(FlowsChange(outages=(*changed, *late)))


def _by_stream(outages: tuple[Outage, ...]) -> dict[tuple[str, Direction], Outage]:
    return {(each.flow, each.direction): each for each in outages}


def _is_same(outage: Outage, known: Outage | None) -> bool:
    return known is not None and (outage.first, outage.over) == (known.first, known.over)
