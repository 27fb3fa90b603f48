"""Checks: what would be run, what they can break, and the report of an earlier run."""

from functools import partial
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from lab.door import choice, columns, console, earlier, finish, verb
from lab.door.files import write
from lab.door.help import JSON_HELP, LAB_HELP, OPTIONS_HELP, REPORT_HELP, VERBOSE_HELP

_AGAIN_HELP = REPORT_HELP | {
    "journal": "journal.jsonl of a run",
    "also": "the journal of a further run of the same report; the same as to name it behind the first",
    "verbose": VERBOSE_HELP,
}


@task(
    name="lab-checks",
    help={
        "topology": f"{LAB_HELP}; may be given several times, the default is every topology in topologies/",
        "timers": OPTIONS_HELP["timers"],
        "json": JSON_HELP,
    },
    iterable=["topology"],
)
@verb
def lab_checks(_: Context, topology: list[str] | None = None, timers: str = "tuned", json: str | None = None) -> int:
    """What lab-test would run: each check with its faults, its promises and the seconds it takes; needs no lab and no root."""
    from lab.api import planned as planned_api
    from lab.model.plan import Timers
    from lab.views.before.planned import planned_json, planned_text

    planned = planned_api.planned(tuple(topology or ()), choice(timers, "--timers", Timers))
    if json != "-":
        write("-", planned_text(planned, columns()))
    write(json, planned_json(planned))
    return 0


@task(name="lab-report", help=_AGAIN_HELP, iterable=["also"])
@verb
def lab_report(
    _: Context,
    journal: str,
    json: str | None = None,
    junit: str | None = None,
    report: str | None = None,
    baseline: str | None = None,
    save_baseline: str | None = None,
    verbose: bool = False,
    also: list[str] | None = None,
) -> int:
    """The report of an earlier run, made again from its journal; of several journals one report."""
    from lab.api import reports
    from lab.views.report.text import print_verdict

    again = reports.merged_again([Path(each) for each in (journal, *(also or ()))], earlier(baseline, save_baseline))
    show = partial(print_verdict, console(json), several=len({verdict.topology for verdict in again.verdicts}) > 1, verbose=verbose)
    for verdict in again.verdicts:
        show(verdict)
    return finish(again, json, junit, report, save_baseline)


@task(
    name="lab-faults",
    help={"markdown": "the page docs/reference/faults.md: also who can notice each, and checks that use it", "json": JSON_HELP},
)
@verb
def lab_faults(_: Context, markdown: bool = False, json: str | None = None) -> int:
    """The kinds of fault a check or `lab-break` may name, what each takes as its target, and its parameters."""
    from lab.api import catalogue
    from lab.views.faults.listing import faults_json, faults_text

    kinds = catalogue.fault_kinds()
    if json != "-":
        write("-", catalogue.faults_page() if markdown else faults_text(kinds))
    write(json, faults_json(kinds))
    return 0
