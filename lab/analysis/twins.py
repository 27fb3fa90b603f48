"""Twins: trials in the baseline and in this run that can be compared. They have the same check, event, flow, direction and first paths.

Two equal paths may have different outages, for instance if only one circuit has BFD. Which path a flow takes changes with each boot. So a
trial is compared only with trials that began on the same path, before any fault and at the beginning of the event. The path of the other
direction does not matter.

A whole phase with several events has no twin. Its events are compared instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab.model.baseline import CheckFigures, Series
from lab.model.check import Phase
from lab.model.contrast import Change, NewPath, Told
from lab.model.direction import Direction
from lab.model.evidence import Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """The trials of one direction of a flow in one event: in the baseline (`then`) and in this run (`now`).

    `event` is None for a whole phase. `reconnects`: the flow was cut off when the event began.
    """

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
        """A difference from the baseline for this flow and event."""
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
    """The trials of a check that have twins in the baseline, by event and by the paths on which they began."""
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
    """The series that are compared: those of the events of a check, in order, or all series of a run without a fault."""
    events = [series for series in figures.series if series.event is not None]
    return events or figures.series


def new_events(then: CheckFigures, now: CheckFigures) -> tuple[str, ...]:
    """Events of a check that its baseline does not have. () if the baseline measured nothing."""
    known = {series.event for series in then.series}
    every = dict.fromkeys(series.event for series in now.series if series.event is not None)
    return tuple(event for event in every if event not in known) if known else ()


def new_paths(both: Sequence[tuple[CheckFigures, CheckFigures]]) -> tuple[NewPath, ...]:
    """Paths on which a flow began a check or an event in this run, but never in the baseline. Each path once, with its checks."""
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
    """Trials without a twin in a baseline that has their event, each with its new path.

    The new path is the one before any fault. If the baseline knows that one, it is the one at the beginning of the event.
    """
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
