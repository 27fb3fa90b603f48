"""Twins: trials in a baseline and now that are alike - the same event of the same check, the same direction of the same flow, begun on the
same paths.

Two equal paths may differ in all that an outage hangs on: one circuit with BFD, one without. Which of them a flow takes changes with each
boot. So trials are held only against trials that began on the same path, before any fault and when the event began. The way back plays no
part: packets of one direction are lost where that direction goes.

The whole of a phase with several events has no twin. It is the sum of its events, and those are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.model.baseline import CheckFigures, Series
from lab.model.check import Direction, Phase
from lab.model.contrast import Change, NewPath, Told
from lab.model.evidence import Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """`event` is None where it is all of its phase. `reconnects`: the flow was cut off when the event began."""

    topology: str
    check: str
    flow: str
    direction: Direction
    phase: Phase
    event: str | None
    then: Start
    now: Start
    reconnects: bool

    def change(self, what: Literal["path", "outage"], baseline: Told, now: Told, probability: float | None = None) -> Change:
        """A change of this flow in this event."""
        return Change(
            what=what,
            topology=self.topology,
            check=self.check,
            flow=self.flow,
            direction=self.direction,
            phase=self.phase,
            event=self.event,
            baseline=baseline,
            now=now,
            trials=(len(self.then.outages), len(self.now.outages)),
            probability=probability,
        )


def twins(then: CheckFigures, now: CheckFigures) -> Iterator[Twins]:
    """Those trials of a check that have any like them in the baseline, by event and by the paths they began on."""
    known = {(_which(series), _begun(start)): start for series in then.series for start in series.starts}
    cut_off = {_which(series) for each in (then, now) for series in each.series for start in series.starts if () in start.paths}
    wholes = {(series.flow, series.direction, series.phase) for series in now.series if series.event is None}
    is_cut_off: dict[tuple[str, Direction], bool] = {}
    for series in compared_series(now):
        way = (series.flow, series.direction)
        for start in series.starts:
            if before := known.get((_which(series), _begun(start))):
                yield Twins(
                    topology=now.topology,
                    check=now.check,
                    flow=series.flow,
                    direction=series.direction,
                    phase=series.phase,
                    event=series.event if (*way, series.phase) in wholes else None,
                    then=before,
                    now=start,
                    reconnects=is_cut_off.get(way, False),
                )
        is_cut_off[way] = _which(series) in cut_off


def compared_series(figures: CheckFigures) -> Sequence[Series]:
    """Those that are compared: the events of a check, in order; of a run without a fault all."""
    events = [series for series in figures.series if series.event is not None]
    return events or figures.series


def new_events(then: CheckFigures, now: CheckFigures) -> tuple[str, ...]:
    """Events of a check that its baseline does not have; () where nothing was measured in one of them."""
    known = {series.event for series in then.series}
    every = dict.fromkeys(series.event for series in now.series if series.event is not None)
    return tuple(event for event in every if event not in known) if known else ()


def new_paths(both: Sequence[tuple[CheckFigures, CheckFigures]]) -> tuple[NewPath, ...]:
    """Paths on which a flow began a check or an event now and never in the baseline; each once, with the checks it was seen in."""
    found: dict[tuple[str, str, Direction, tuple[str, ...]], list[str]] = {}
    for then, now in both:
        for series, path in _new_in(then, now):
            checks = found.setdefault((now.topology, series.flow, series.direction, path), [])
            if now.check not in checks:
                checks.append(now.check)
    return tuple(
        NewPath(topology=topology, flow=flow, direction=direction, path=path, checks=tuple(checks))
        for (topology, flow, direction, path), checks in found.items()
    )


def _new_in(then: CheckFigures, now: CheckFigures) -> Iterator[tuple[Series, tuple[str, ...]]]:
    """Trials without any like them in a baseline that has their event. Their path before any fault is new, or that when the event began."""
    events = {series.event for series in then.series}
    known = {(_which(series), _begun(start)) for series in then.series for start in series.starts}
    first = {(series.flow, series.direction, start.path_before) for series in then.series for start in series.starts}
    for series in compared_series(now):
        for start in series.starts if series.event in events else ():
            if (_which(series), _begun(start)) not in known:
                is_known = (series.flow, series.direction, start.path_before) in first
                yield series, start.path_begun if is_known else start.path_before


def _which(series: Series) -> tuple[str, Direction, Phase, str | None]:
    return series.flow, series.direction, series.phase, series.event


def _begun(start: Start) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return start.path_before, start.path_begun
