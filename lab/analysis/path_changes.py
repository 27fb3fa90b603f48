"""Path changes: flows that began an event on the path they had in the baseline, and end it on another one.

Equal paths that share traffic are an exception: which of them a flow is hashed to changes with each boot of the host. So a path in place
of another just as long is told, not failed; where it matters, a check promises `via`. A path on which a flow begins, and never did in the
baseline, is no change but new (see `twins`); where it matters, a check asks `before: {via: …}`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.analysis.twins import Twins
from lab.model.contrast import Change

Paths = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of path, and what it is: `better` where a flow gets through that did not."""

    what: Literal["worse", "better", "unsure"]
    change: Change


def path_changes(every: Sequence[Twins]) -> Iterator[Moved]:
    """One for each event at whose end a flow is on no path that it had in the baseline."""
    for each in every:
        if what := _moved(each.then.paths, each.now.paths):
            yield Moved(what=what, change=each.change("path", each.then.paths[0], each.now.paths[0]))


def _moved(then: Paths, now: Paths) -> Literal["worse", "better", "unsure"] | None:
    """None where a path is seen on both sides, or nothing is known of one."""
    if not then or not now or set(then) & set(now):
        return None
    if then == ((),):
        return "better"
    return "unsure" if {len(path) for path in now} <= {len(path) for path in then} else "worse"
