"""Make one report of several runs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lab.model.outcome import Report, Verdict


def merged(reports: Sequence[Report]) -> Report:
    """One report of one or more runs. It has every check, lab and run, in the given order.

    - If two runs made the same check, both verdicts are in the report, with the numbers of their runs (from 1) in their titles.
    - The host is that of the first run. `runs` has the host of each run.
    - Seconds are the sum over all runs, even if some ran at the same time.
    - If the runs used different versions, the report names all versions.
    - Each topology is drawn as in the first run that has it.
    """
    first = reports[0]
    if len(reports) == 1:
        return first
    sketches = {sketch.name: sketch for report in reversed(reports) for sketch in reversed(report.sketches)}
    names = dict.fromkeys(sketch.name for report in reports for sketch in report.sketches)
    asked = {report.only for report in reports}
    return replace(
        first,
        version=_all(report.version for report in reports),
        images=tuple(_images(reports)),
        labs=tuple(lab for report in reports for lab in report.labs),
        verdicts=tuple(_verdicts(reports)),
        wall_seconds=sum(report.wall_seconds for report in reports),
        only=first.only if len(asked) == 1 else None,
        begun=min((report.begun for report in reports if report.begun), default=""),
        journal="",
        sketches=tuple(sketches[name] for name in names),
        limits=tuple(dict.fromkeys(limit for report in reports for limit in report.limits)),
        runs=tuple(run for report in reports for run in report.runs),
    )


def _verdicts(reports: Sequence[Report]) -> Iterator[Verdict]:
    often = Counter((verdict.topology, verdict.check) for report in reports for verdict in report.verdicts)
    for number, report in enumerate(reports, start=1):
        for verdict in report.verdicts:
            yield replace(verdict, run=number if often[verdict.topology, verdict.check] > 1 else 0)


def _images(reports: Sequence[Report]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(name for report in reports for name, _ in report.images):
        yield name, _all(dict(report.images).get(name, "") for report in reports)


def _all(versions: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(version for version in versions if version))
