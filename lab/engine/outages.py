"""Show the present outages to the waiting user, several times a second. These figures are not the measured ones in the report."""

from collections.abc import Callable
from dataclasses import replace

from lab.model.direction import Direction
from lab.model.progress import FlowsChange, Outage, Say

_LOOK_SECONDS = 0.25


class Outages:
    """Shows outages that began or ended since the last call of `look`. Losses before the first call are ignored."""

    def __init__(self, ask: Callable[[], tuple[Outage, ...]], say: Say) -> None:
        self._ask = ask
        self._say = say
        self._known = _by_stream(ask())
        self._due = 0.0

    def look(self, now: float) -> None:
        """Read the probes again if enough time has passed. This takes some microseconds, so it does not disturb the schedule."""
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
