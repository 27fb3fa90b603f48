"""The first commands that a user needs: what this host has, and running checks."""

from functools import partial

from invoke.context import Context

from lab.door import console, earlier, finish, piped, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import IPSEC_HELP, JSON_HELP, REPORT_HELP, SEVERAL_HELP, SWEEP_HELP, TIMERS_HELP, VERBOSE_HELP
from lab.door.progress import progress, staying
from lab.door.sweeping import sweep_of
from lab.door.values import choice, number

_TEST_HELP = {
    "topology TOPOLOGY": SEVERAL_HELP,
    "check CHECK": "run only the check with this name. The check `control` breaks nothing. With --sweep: let only these components fail, "
    "for instance 'dx1 + vpn1'",
    **SWEEP_HELP,
    **REPORT_HELP,
    "repeat N": "run each check N times. A check fails if it fails at least once (default: 1)",
    "jobs N": "run up to N labs at the same time (default: as many as this host can run without disturbing the measurements)",
    **TIMERS_HELP,
    "strict": "also fail if a promise (what a check expects of a flow) was not tested, because no fault touched the flow",
    "monitor": "also run Prometheus and Alertmanager beside each lab. Their alarms come into the report",
    "verbose": VERBOSE_HELP,
    **IPSEC_HELP,
}


@command({"json FILE": JSON_HELP})
@verb
def doctor(_: Context, json: str | None = None) -> int:
    """Show what this host offers, what it lacks, and what to do.

    Changes nothing.
    """
    from lab.api import host
    from lab.views.host import findings_json, print_findings

    findings = host.doctor()
    print_findings(console(json), findings)
    write(json, findings_json(findings))
    return 0


@command(_TEST_HELP, several=["topology"])
@verb
def lab_test(
    _: Context,
    topology: list[str] | None = None,
    check: str | None = None,
    sweep: str | None = None,
    sample: str | None = None,
    all: bool = False,
    seed: str | None = None,
    timers: str = "tuned",
    ipsec: str = "userspace",
    json: str | None = None,
    junit: str | None = None,
    jobs: str | None = None,
    repeat: str | None = None,
    report: str | None = None,
    baseline: str | None = None,
    save_baseline: str | None = None,
    strict: bool = False,
    monitor: bool = False,
    verbose: bool = False,
) -> int:
    """Run checks on real labs. Says which promises were kept.

    Deploys the labs that do not run yet, and removes them afterwards. Needs root.

    Exit code 0: every promise was kept. 1: one was broken. 2: there is a mistake in a file or on the command line. 3: we could not tell.
    """
    from lab.api import test as test_api
    from lab.api.files import all_topologies
    from lab.model.plan import Ipsec, Timers
    from lab.views.report.text import print_verdict

    options = test_api.TestOptions(
        topologies=tuple(topology or all_topologies()),
        check=check,
        sweep=sweep_of(sweep, sample, seed, every=all),
        timers=choice(timers, "--timers", Timers),
        ipsec=choice(ipsec, "--ipsec", Ipsec),
        jobs=number(jobs, "--jobs"),
        repeat=number(repeat, "--repeat") or 1,
        baseline=earlier(baseline, save_baseline),
        strict=strict,
        monitor=monitor,
    )
    show = partial(print_verdict, console(piped(json, junit)), several=len(options.topologies) > 1, verbose=verbose)
    with progress(piped(json, junit)) as shown:
        found = test_api.test(options, staying(shown, show), shown.say)
    return finish(found, json, junit, report, save_baseline)
