"""Make reports of finished runs again, from their journals."""

from collections.abc import Sequence
from pathlib import Path

from lab.analysis.contrast import compared
from lab.analysis.merge import merged
from lab.analysis.report import report_of
from lab.api.baseline import fit_baseline
from lab.engine import read_journal
from lab.errors import InputError, Problem
from lab.model.baseline import LabProfile
from lab.model.event import Event
from lab.model.outcome import Report


def report_again(path: Path, baseline: Path | None = None) -> Report:
    """The report of a run from its journal, compared with a baseline if there is one.

    Raises InputError if a file is not valid or has no run.
    """
    return merged_again([path], baseline)


def merged_again(paths: Sequence[Path], baseline: Path | None = None) -> Report:
    """One report of several runs (see `merged`), compared with a baseline if there is one.

    Raises one InputError that lists every journal that is not valid, has no run, or has the same run as another journal.
    """
    told: dict[Path, tuple[Event, ...]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            events = _events(path)
        except InputError as error:
            problems += error.problems
            continue
        same = next((other for other, each in told.items() if each == events), None)
        if same is not None:
            problems.append(
                Problem(
                    place=str(path),
                    message=f"this journal has the same run as {same}, so its checks would count twice (leave one of them out)",
                )
            )
        else:
            told[path] = events
    if problems:
        raise InputError(problems)
    report = merged([report_of(events, str(path)) for path, events in told.items()])
    if baseline is None:
        return report
    labs = [LabProfile(topology=lab.topology, timers=lab.timers, ipsec=lab.ipsec) for lab in report.labs]
    return compared(report, fit_baseline(baseline, labs), str(baseline))


def _events(path: Path) -> tuple[Event, ...]:
    events = read_journal(path)
    if not events:
        raise InputError([Problem(place=str(path), message="this journal has no run (give a journal.jsonl of a folder in runs/)")])
    return events
