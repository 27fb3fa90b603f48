"""Twins: the same direction of the same flow in the same phase of the same check, in a baseline and now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lab.model.baseline import CheckFigures, Series
from lab.model.contrast import Change, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """`reconnects`: after the faults, and cut off while they lasted."""

    topology: str
    check: str
    then: Series
    now: Series
    reconnects: bool

    def change(self, what: Literal["path", "outage"], baseline: Told, now: Told, probability: float | None = None) -> Change:
        """A change of this flow in this check."""
        return Change(
            what=what,
            topology=self.topology,
            check=self.check,
            flow=self.now.flow,
            direction=self.now.direction,
            phase=self.now.phase,
            baseline=baseline,
            now=now,
            trials=(len(self.then.outages), len(self.now.outages)),
            probability=probability,
        )


def twins(then: CheckFigures, now: CheckFigures) -> Iterator[Twins]:
    """Those series of a check that both have."""
    known = {(each.flow, each.direction, each.phase): each for each in then.series}
    cut_off = {(each.flow, each.direction) for each in (*then.series, *now.series) if each.phase == "during" and () in each.paths}
    for series in now.series:
        if before := known.get((series.flow, series.direction, series.phase)):
            reconnects = series.phase == "after" and (series.flow, series.direction) in cut_off
            yield Twins(topology=now.topology, check=now.check, then=before, now=series, reconnects=reconnects)
