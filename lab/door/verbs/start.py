"""Start here: what this host can do, and the main job."""

from functools import partial

from invoke.context import Context
from invoke.tasks import task

from lab.door import choice, console, earlier, finish, number, verb
from lab.door.files import write
from lab.door.help import JSON_HELP, LAB_HELP, OPTIONS_HELP, REPORT_HELP, VERBOSE_HELP
from lab.door.progress import progress, staying

_TEST_HELP = {
    "topology": LAB_HELP + "; may be given several times, the default is every topology in topologies/",
    "check": "only the check of this name; control is the run without a fault",
    "repeat": "run each check so many times; one that fails once has failed",
    "strict": "fail for a promise that was not put to the test: nothing the faults broke was on its flow's way",
    "verbose": VERBOSE_HELP,
    "jobs": "so many labs side by side; the default is what cores and memory have room for, 1 is one after the other",
}


@task(help={"json": JSON_HELP})
@verb
def doctor(_: Context, json: str | None = None) -> int:
    """What this host offers and lacks, each with its consequence and the way out; changes nothing."""
    from lab.api import host
    from lab.views.host import findings_json, print_findings

    findings = host.doctor()
    print_findings(console(json), findings)
    write(json, findings_json(findings))
    return 0


@task(name="lab-test", help=_TEST_HELP | OPTIONS_HELP | REPORT_HELP, iterable=["topology"])
@verb
def lab_test(
    _: Context,
    topology: list[str] | None = None,
    check: str | None = None,
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
    verbose: bool = False,
) -> int:
    """The main job: run the checks on real labs and say whether the promises were kept."""
    from lab.api import test as test_api
    from lab.api.files import all_topologies
    from lab.model.plan import Ipsec, Timers
    from lab.views.report.text import print_verdict

    options = test_api.TestOptions(
        topologies=tuple(topology or all_topologies()),
        check=check,
        timers=choice(timers, "--timers", Timers),
        ipsec=choice(ipsec, "--ipsec", Ipsec),
        jobs=number(jobs, "--jobs"),
        repeat=number(repeat, "--repeat") or 1,
        baseline=earlier(baseline, save_baseline),
        strict=strict,
    )
    show = partial(print_verdict, console(json), several=len(options.topologies) > 1, verbose=verbose)
    with progress(json) as shown:
        found = test_api.test(options, staying(shown, show), shown.say)
    return finish(found, json, junit, report, save_baseline)
