"""The main job: run checks on a real lab, and say what they came to."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lab import __version__
from lab.analysis import judge, report_of, verdict_of
from lab.api.files import Deployable, all_topologies, read_checks, read_plan
from lab.api.labs import GOOD_WITHIN_SECONDS, Raised, facts, raise_lab
from lab.api.running import Say
from lab.engine import Journal, Settings, control_check, read_journal, run_check
from lab.engine.arrival import wait_until_good
from lab.errors import HostError, MeasurementError, NodeError
from lab.model.check import Check
from lab.model.event import CheckEnded, CheckStarted, Event, Judged, LabUsed, RunEnded, RunStarted
from lab.model.outcome import Report, Status, Verdict
from lab.model.plan import Ipsec, Timers
from lab.runtime.deploy import remove
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import image_versions, node_image
from lab.runtime.home import Home
from lab.runtime.host import host_facts

RUNS = Path("runs")
"""Journals, one folder a run, in the folder a person stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOptions:
    """What to run: one topology or, with None, all; one check of it or, with None, all."""

    topology: str | None = None
    check: str | None = None
    timers: Timers = Timers.TUNED
    ipsec: Ipsec = Ipsec.USERSPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One topology with its checks, read and found right before anything starts."""

    deployable: Deployable
    checks: tuple[Check, ...]


def test(options: TestOptions, show: Callable[[Verdict], None], say: Say) -> Report:
    """Run the checks on labs that are deployed for it, or found running and equal; `show` gets each verdict as it comes.

    InputError before anything is started; a check that cannot be judged is an error in the report, not an exception.
    """
    work = [_read(topology, options) for topology in ([options.topology] if options.topology else all_topologies())]
    begin = time.monotonic()
    client = ready_engine(say)
    images = image_versions(client, node_image(client, say))
    journal = Journal(RUNS / f"{datetime.now(UTC):%Y%m%d-%H%M%S.%f}" / "journal.jsonl")
    try:
        names = tuple(each.deployable.plan.name for each in work)
        journal.write(RunStarted(version=__version__, host=host_facts(), images=images, topologies=names))
        for each in work:
            _run(each, journal, show, say)
        journal.write(RunEnded(wall_seconds=time.monotonic() - begin))
    finally:
        journal.close()
    return report_again(journal.path)


def report_again(path: Path) -> Report:
    """The report of a run from its journal. InputError when it is none."""
    return report_of(read_journal(path), str(path))


def _read(topology: str, options: TestOptions) -> _Work:
    deployable = read_plan(topology, options.timers, options.ipsec)
    return _Work(deployable=deployable, checks=read_checks(deployable, options.check))


def _run(work: _Work, journal: Journal, show: Callable[[Verdict], None], say: Say) -> None:
    """Every check gets a verdict: where the lab does not come up or its control run fails, it is an error."""
    plan = work.deployable.plan
    left = [control_check(), *work.checks]
    with Home(plan.name).held("lab-test"):
        try:
            with _raised(work.deployable, journal, say) as raised:
                while left:
                    verdict = _judged(raised, left.pop(0), journal, show)
                    if verdict.check == control_check().name and verdict.status is not Status.PASS:
                        raise MeasurementError("not run: the control run without a fault lost packets or could not be made")
        except (HostError, NodeError, MeasurementError) as error:
            for check in left:
                _show_untrusted(check, work, journal, (show, str(error)))


@contextmanager
def _raised(deployable: Deployable, journal: Journal, say: Say) -> Iterator[Raised]:
    """A good lab for as long as the block lasts; what was deployed for it is removed again, also if it never became good."""
    raised = raise_lab(deployable, say)
    up_seconds, down_seconds = None, None
    try:
        up_seconds = raised.up_seconds(wait_until_good(raised.lab, GOOD_WITHIN_SECONDS))
        yield raised
    finally:
        raised.lab.close()
        if raised.deployed:
            begin = time.monotonic()
            remove(Containers(ready_engine(say)), deployable.plan.name)
            down_seconds = time.monotonic() - begin
        journal.write(LabUsed(lab=facts(deployable.plan, up_seconds, down_seconds)))


def _judged(raised: Raised, check: Check, journal: Journal, show: Callable[[Verdict], None]) -> Verdict:
    """Run one check, judge it, show it."""
    events: list[Event] = []

    def tell(event: Event) -> None:
        journal.write(event)
        events.append(event)

    run_check(raised.lab, check, tell, Settings())
    tell(judge(check, raised.lab.plan, events))
    verdict = verdict_of(events, str(journal.path))
    show(verdict)
    return verdict


def _show_untrusted(check: Check, work: _Work, journal: Journal, told: tuple[Callable[[Verdict], None], str]) -> None:
    """A verdict on a check that was not run: whom to show it, and why it was not."""
    show, reason = told
    plan = work.deployable.plan
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    events: list[Event] = [
        CheckStarted(topology=plan.name, check=check.name, summary=check.summary, timers=plan.timers.value, wall=now),
        CheckEnded(wall_seconds=0.0, error=reason),
        Judged(status=Status.ERROR, reason=reason),
    ]
    for event in events:
        journal.write(event)
    show(verdict_of(events, str(journal.path)))
