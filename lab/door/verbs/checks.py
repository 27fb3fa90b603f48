"""Commands for checks: list checks, list kinds of fault, and make the report of an earlier run again."""

from functools import partial
from pathlib import Path

from invoke.context import Context

from lab.door import columns, console, earlier, finish, piped, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import JSON_HELP, REPORT_HELP, SEVERAL_HELP, SWEEP_HELP, TIMERS_HELP, VERBOSE_HELP
from lab.door.sweeping import sweep_of
from lab.door.values import choice


@command({"topology TOPOLOGY": SEVERAL_HELP, **SWEEP_HELP, **TIMERS_HELP, "json FILE": JSON_HELP}, several=["topology"])
@verb
def lab_checks(
    _: Context,
    topology: list[str] | None = None,
    sweep: str | None = None,
    sample: str | None = None,
    all: bool = False,
    seed: str | None = None,
    timers: str = "tuned",
    json: str | None = None,
) -> int:
    """List what lab-test would run, and how long it would take.

    Shows the faults and promises of each check. Needs no lab and no root.
    """
    from lab.api import planned as planned_api
    from lab.model.plan import Timers
    from lab.views.before.planned import planned_json, planned_text

    asked = sweep_of(sweep, sample, seed, every=all)
    planned = planned_api.planned(tuple(topology or ()), choice(timers, "--timers", Timers), asked)
    if json != "-":
        write("-", planned_text(planned, columns()))
    write(json, planned_json(planned))
    return 0


@command(
    {
        "markdown": "print the page docs/reference/faults.md. The page also says who can notice each fault, and which checks use it",
        "json FILE": JSON_HELP,
    }
)
@verb
def lab_faults(_: Context, markdown: bool = False, json: str | None = None) -> int:
    """List the kinds of fault, with their targets and parameters.

    Use them in the steps of a check, or with lab-break.
    """
    from lab.api import catalogue
    from lab.views.faults.listing import faults_json, faults_text

    kinds = catalogue.fault_kinds()
    if json != "-":
        write("-", catalogue.faults_page() if markdown else faults_text(kinds, columns()))
    write(json, faults_json(kinds))
    return 0


_AGAIN_HELP = {
    "journal": "the file journal.jsonl of a run. Several journals are combined into one report",
    **REPORT_HELP,
    "verbose": VERBOSE_HELP,
    "also JOURNAL": "one more journal to combine. You may also write its path after the first path, without --also",
}


@command(_AGAIN_HELP, several=["also"])
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
    """Make the report of an earlier run again, from its journal.

    Needs no lab and no root.
    """
    from lab.api import reports
    from lab.views.report.text import print_verdict

    again = reports.merged_again([Path(each) for each in (journal, *(also or ()))], earlier(baseline, save_baseline))
    show = partial(
        print_verdict, console(piped(json, junit)), several=len({verdict.topology for verdict in again.verdicts}) > 1, verbose=verbose
    )
    for verdict in again.verdicts:
        show(verdict)
    return finish(again, json, junit, report, save_baseline)
