"""Find flows that began an event on the same path as in the baseline, but ended it on another path.

Exceptions:
- Another path of the same length is reported, but it is no failure. Equal paths share traffic, and which of them a flow takes changes with
  each boot of the host. If the path matters to the user, the check must promise `via`.
- If a flow begins on a path that the baseline does not have, that path is new, and no change (see `twins`). If the first path matters, the
  check must promise `before: {via: …}`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.analysis.twins import Twins
from lab.model.contrast import Change

Paths = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of path, and whether it is worse. `better`: the flow gets through now, but did not get through in the baseline."""

    what: Literal["worse", "better", "unsure"]
    change: Change


def path_changes(every: Sequence[Twins]) -> Iterator[Moved]:
    """One change for each event at whose end a flow is on a path that it did not have in the baseline."""
    for each in every:
        if what := _moved(each.then.paths, each.now.paths):
            yield Moved(what=what, change=each.change("path", each.then.paths[0], each.now.paths[0]))


def _moved(then: Paths, now: Paths) -> Literal["worse", "better", "unsure"] | None:
    """Whether a change of path is worse. None if the two runs have a path in common, or if one of them has no path."""
    if not then or not now or set(then) & set(now):
        return None
    if then == ((),):
        return "better"
    return "unsure" if {len(path) for path in now} <= {len(path) for path in then} else "worse"
