"""Find flows that began an event on the same path as in the baseline, but end it on another path.

Exceptions:
- Another path of the same length is reported, but fails nothing. Equal paths share traffic, and which one a flow takes changes with each
  boot of the host. If the path matters, promise `via`.
- If a flow begins on a path that the baseline does not have, that path is new, not a change (see `twins`). If the path matters, write
  `before: {via: …}`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.analysis.twins import Twins
from lab.model.contrast import Change

Paths = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of path, and what it means. `better`: the flow gets through now, but not in the baseline."""

    what: Literal["worse", "better", "unsure"]
    change: Change


def path_changes(every: Sequence[Twins]) -> Iterator[Moved]:
    """One change for each event at whose end a flow is on a path that it did not have in the baseline."""
    for each in every:
        if what := _moved(each.then.paths, each.now.paths):
            yield Moved(what=what, change=each.change("path", each.then.paths[0], each.now.paths[0]))


def _moved(then: Paths, now: Paths) -> Literal["worse", "better", "unsure"] | None:
    """What the change of path means. None if both sides have a common path, or one side has no path."""
    if not then or not now or set(then) & set(now):
        return None
    if then == ((),):
        return "better"
    return "unsure" if {len(path) for path in now} <= {len(path) for path in then} else "worse"
