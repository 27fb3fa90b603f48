"""Compare a run with a baseline (the figures of an earlier run): its checks, paths and outages.

A run is worse if
- a check that passed in the baseline now fails, was not run, or one of its events or flows was not measured;
- a flow ends an event on another path (see `path_changes`), or no longer gets through;
- an outage is longer. All outages are judged together (see `worse`). A trial is compared only with trials of the baseline that began on the
  same path (see `twins`).

Better and new figures are reported, but they are no failure. Only the topologies and checks that the user chose are compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Literal

from lab.analysis.figures import figures_of
from lab.analysis.path_changes import path_changes
from lab.analysis.twins import Twins, new_events, new_paths, twins
from lab.analysis.worse import Pair, judgements
from lab.model.baseline import Baseline, CheckFigures
from lab.model.check import CONTROL
from lab.model.contrast import Change, Contrast
from lab.model.outcome import Report, Status

_What = Literal["worse", "better", "unsure"]


@dataclass(slots=True)
class _Found:
    """The differences from the baseline that were found so far."""

    worse: list[Change] = field(default_factory=list)
    better: list[Change] = field(default_factory=list)
    unsure: list[Change] = field(default_factory=list)

    def add(self, what: _What, change: Change) -> None:
        {"worse": self.worse, "better": self.better, "unsure": self.unsure}[what].append(change)


def compared(report: Report, baseline: Baseline, file: str) -> Report:
    """The report, with its comparison with a baseline. `file`: the file of the baseline."""
    now = figures_of(report)
    then = _asked_for(baseline, report)
    known = {(check.topology, check.check): check for check in then}
    both = [(known[check.topology, check.check], check) for check in now.checks if (check.topology, check.check) in known]
    every = [each for pair in both for each in twins(*pair)]
    found = _Found()
    for what, change in (*_missing(then, now.checks), *_statuses(both), *_outages(every)):
        found.add(what, change)
    for moved in path_changes(every):
        found.add(moved.what, moved.change)
    contrast = Contrast(
        file=file,
        worse=tuple(found.worse),
        better=tuple(found.better),
        unsure=tuple(found.unsure),
        new=tuple(_new(now.checks, known)),
        new_paths=new_paths(both),
        unlike=tuple(_unlike(baseline, now)),
    )
    return replace(report, contrast=contrast)


def _asked_for(baseline: Baseline, report: Report) -> tuple[CheckFigures, ...]:
    asked = {(verdict.topology, report.only) for verdict in report.verdicts}
    if len(report.runs) > 1:
        asked = {(verdict.topology, run.only) for run in report.runs for verdict in report.verdicts if verdict.journal == run.journal}
    return tuple(
        check
        for check in baseline.checks
        if any(check.topology == topology and (only is None or check.check in (only, CONTROL)) for topology, only in asked)
    )


def _new(now: Sequence[CheckFigures], known: Mapping[tuple[str, str], CheckFigures]) -> Iterator[str]:
    """The checks and events of this run that the baseline does not have, as `topology/check` or `topology/check: event`."""
    for check in now:
        name = f"{check.topology}/{check.check}"
        if before := known.get((check.topology, check.check)):
            yield from (f"{name}: {event}" for event in new_events(before, check))
        else:
            yield name


def _missing(then: Sequence[CheckFigures], now: Sequence[CheckFigures]) -> Iterator[tuple[_What, Change]]:
    """A difference for each check that was not run now, and for each flow or event that was not measured now.

    A check that was run now, but has no figures, does not count.
    """
    run = {(check.topology, check.check): check for check in now}
    for check in then:
        again = run.get((check.topology, check.check))
        if again is None:
            yield "worse", Change(what="missing", topology=check.topology, check=check.check, baseline=check.status.value)
        elif again.series:
            ways = {(series.flow, series.direction) for series in again.series}
            for flow, direction in dict.fromkeys((series.flow, series.direction) for series in check.series):
                if (flow, direction) not in ways:
                    yield "worse", Change(what="missing", topology=check.topology, check=check.check, flow=flow, direction=direction)
            for event in new_events(again, check):
                yield "worse", Change(what="missing", topology=check.topology, check=check.check, event=event)


def _statuses(both: Sequence[tuple[CheckFigures, CheckFigures]]) -> Iterator[tuple[_What, Change]]:
    for then, now in both:
        if (then.status is Status.PASS) != (now.status is Status.PASS):
            what: _What = "worse" if then.status is Status.PASS else "better"
            yield (
                what,
                Change(what="status", topology=now.topology, check=now.check, baseline=then.status.value, now=now.status.value),
            )


def _outages(every: Sequence[Twins]) -> Iterator[tuple[_What, Change]]:
    longer = judgements([Pair(baseline=each.then.outages, now=each.now.outages, reconnects=each.reconnects) for each in every])
    shorter = judgements([Pair(baseline=each.now.outages, now=each.then.outages, reconnects=each.reconnects) for each in every])
    for each, up, down in zip(every, longer, shorter, strict=True):
        then, now = median(each.then.outages), median(each.now.outages)
        if up.what != "same":
            yield up.what, each.change("outage", then, now, up.probability)
        elif down.what == "worse":
            yield "better", each.change("outage", then, now, down.probability)


def _unlike(then: Baseline, now: Baseline) -> Iterator[str]:
    """The differences between the two hosts and their settings, in words. They may change figures although the network did not change."""
    for what, before, here in (
        ("version", then.version, now.version),
        ("kernel", then.kernel, now.kernel),
        ("processors", str(then.cpus), str(now.cpus)),
    ):
        if before != here:
            yield f"{what} {before}, now {here}"
