"""Path changes: flows that go by another path than in a baseline, before any fault, during the faults or after them.

Equal paths that share traffic are an exception: which of them a flow is hashed to changes with each boot of the host. So a path in place
of another just as long is told, not failed; where it matters, a check promises `via`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.analysis.twins import Twins
from lab.model.check import Direction
from lab.model.contrast import Change

Paths = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of path, and what it is: `better` where a flow gets through that did not."""

    what: Literal["worse", "better", "unsure"]
    change: Change


def path_changes(every: Sequence[Twins]) -> Iterator[Moved]:
    """First those before any fault, once a direction of a flow; then those of checks that began on the path they had in the baseline."""
    ways = tuple(dict.fromkeys((each.topology, each.now.flow, each.now.direction) for each in every))
    for way in ways:
        yield from _before(way, [each for each in every if (each.topology, each.now.flow, each.now.direction) == way])
    for each in every:
        if set(each.then.paths_before) & set(each.now.paths_before) and (what := _moved(each.then.paths, each.now.paths)):
            yield Moved(what=what, change=each.change("path", each.then.paths[0], each.now.paths[0]))


def _before(way: tuple[str, str, Direction], checks: Sequence[Twins]) -> Iterator[Moved]:
    then = tuple(dict.fromkeys(path for each in checks for path in each.then.paths_before))
    now = tuple(dict.fromkeys(path for each in checks for path in each.now.paths_before))
    if what := _moved(then, now):
        topology, flow, direction = way
        change = Change(what="path", topology=topology, flow=flow, direction=direction, baseline=then[0], now=now[0])
        yield Moved(what=what, change=change)


def _moved(then: Paths, now: Paths) -> Literal["worse", "better", "unsure"] | None:
    """None where a path is seen on both sides, or nothing is known of one."""
    if not then or not now or set(then) & set(now):
        return None
    if then == ((),):
        return "better"
    return "unsure" if {len(path) for path in now} <= {len(path) for path in then} else "worse"
