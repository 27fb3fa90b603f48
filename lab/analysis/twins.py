"""Twins: the trials in a baseline and the trials in this run that are compared with each other.

Both have the same check, event, flow and direction. In both the flow had the same path before any fault, and the same path at the beginning
of the event. The path of the other direction may be different.

Reason: two equal paths may have different outages, for instance if only one circuit has BFD. Which of them a flow takes changes with each
boot of the host.

If a phase has several events, only the events are compared, not the phase as a whole.
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
    """The trials of one direction of a flow in one event, first in the baseline (`then`), and then in this run (`now`).

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
        """Describe one difference between the baseline and this run, for this flow and event."""
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
    """Pair the trials of a check in this run with those in the baseline: same flow, direction, event and first paths. Trials without a
    partner
    are left out.
    """
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
    """The series of outages that are compared: those of the events of a check, in order, or all series of a run without a fault."""
    events = [series for series in figures.series if series.event is not None]
    return events or figures.series


def new_events(then: CheckFigures, now: CheckFigures) -> tuple[str, ...]:
    """The names of the events that a check has in this run, but not in the baseline. () if the baseline measured nothing of the check."""
    known = {series.event for series in then.series}
    every = dict.fromkeys(series.event for series in now.series if series.event is not None)
    return tuple(event for event in every if event not in known) if known else ()


def new_paths(both: Sequence[tuple[CheckFigures, CheckFigures]]) -> tuple[NewPath, ...]:
    """The paths that a flow had at the beginning of a check or an event in this run, but never in the baseline.

    Each path once, with its checks.
    """
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
    """Each trial of this run that has no comparable trial in the baseline, with its new path. Only for events that the baseline has.

    The new path is the path before any fault. If the baseline has that path, the new path is the one at the beginning of the event.
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
