"""Several jobs side by side: all are heard, each when its turn is, and none takes another's results with it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lab.api.jobs.crew import Crew, Ears
from lab.api.jobs.job import Work
from lab.api.jobs.messages import Activity, Crashed, Ended, Said
from lab.api.test import report_again
from lab.engine import Journal
from lab.errors import LabBusyError
from lab.model.event import CheckStarted, Discarded, LabUsed, RunStarted
from lab.model.outcome import HostFacts, LabFacts, Report, Status, Verdict
from lab.runtime.room import Places
from tests.fakes.worker import PATIENCE_SECONDS, FakeLine, FakeWorker, Script, events_of, whole
from tests.unit.api.jobs.works import CHECKS, work

NAMES = ("a", "b", "c")


@dataclass
class Stage:
    """A crew with scripted jobs, and what it told whom."""

    folder: Path
    scripts: dict[str, Script] = field(default_factory=dict)
    shown: list[tuple[str, str, Status]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    tidied: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    tidy: Callable[[str], None] | None = None
    on_show: Callable[[Verdict], None] = lambda _verdict: None

    def run(self, at_once: int = 3, names: tuple[str, ...] = NAMES) -> Report:
        journal = Journal(self.folder / "journal.jsonl")
        journal.write(
            RunStarted(version="1", host=HostFacts(kernel="6", cpus=2, capabilities=()), images=(), topologies=names),
        )
        try:
            crew = Crew(self._start, self.tidy or self.tidied.append, Ears(journal=journal, show=self._show, say=self.said.append))
            crew.run([work(name) for name in names], Places(at_once))
        finally:
            journal.close()
        return report_again(journal.path)

    def _start(self, each: Work) -> FakeWorker:
        self.started.append(each.name)
        return FakeWorker(each, self.scripts.get(each.name, whole))

    def _show(self, verdict: Verdict) -> None:
        self.shown.append((verdict.topology, verdict.check, verdict.status))
        self.on_show(verdict)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def _all(report: Report) -> list[tuple[str, str, Status]]:
    return [(verdict.topology, verdict.check, verdict.status) for verdict in report.verdicts]


def _expected(status: Status = Status.PASS, names: tuple[str, ...] = NAMES) -> list[tuple[str, str, Status]]:
    return [(name, check, status) for name in names for check in ("control", *CHECKS)]


@pytest.mark.parametrize("at_once", [1, 2, 3, 50])
def test_every_check_gets_its_verdict_in_the_order_of_topologies(stage: Stage, at_once: int) -> None:
    assert _all(stage.run(at_once)) == _expected()
    assert sorted(stage.shown, key=str) == sorted(_expected(), key=str)


def test_one_at_a_time_is_one_after_the_other(stage: Stage) -> None:
    assert _all(stage.run(1)) == stage.shown == _expected()


def test_the_report_has_the_order_of_topologies_whoever_ends_first(stage: Stage) -> None:
    others_done = threading.Event()

    def last(line: FakeLine) -> None:
        assert others_done.wait(PATIENCE_SECONDS)
        whole(line)

    def see(_: Verdict) -> None:
        if len(stage.shown) == 6:
            others_done.set()

    stage.scripts["a"] = last
    stage.on_show = see
    assert _all(stage.run()) == _expected()
    assert [name for name, _, _ in stage.shown[-3:]] == ["a"] * 3


def test_no_more_jobs_than_wanted_are_at_work(stage: Stage) -> None:
    at_work, most = 0, 0
    lock = threading.Lock()

    def counted(line: FakeLine) -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        whole(line)
        with lock:
            at_work -= 1

    stage.scripts = dict.fromkeys("abcdef", counted)
    stage.run(2, tuple("abcdef"))
    assert most <= 2
    assert stage.started == list("abcdef")


def test_a_verdict_is_shown_and_progress_said_as_they_come(stage: Stage) -> None:
    shown = threading.Event()

    def waiting(line: FakeLine) -> None:
        line.send(Said(line="deploying a"))
        line.judge(line.work.all_checks()[0])
        assert shown.wait(PATIENCE_SECONDS), "the verdict was not shown while the job ran"
        for check in line.work.checks:
            line.judge(check)
        line.send(Ended())

    stage.scripts["a"] = waiting
    stage.on_show = lambda _: shown.set()
    stage.run(names=("a",))
    assert stage.said == ["deploying a"]


def test_nobody_builds_while_another_is_measured(stage: Stage) -> None:
    doing: list[str] = []

    def turns(line: FakeLine) -> None:
        for activity in (Activity.BUILDING, Activity.MEASURING, Activity.MEASURING, Activity.BUILDING):
            assert line.wait_for_turn(activity)
            doing.append(activity.value)
            assert set(doing) == {activity.value}
            doing.remove(activity.value)
            line.leave()
        whole(line)

    stage.scripts = dict.fromkeys(NAMES, turns)
    assert _all(stage.run()) == _expected()


def test_a_crash_is_an_error_of_its_own_checks_and_loses_no_others(stage: Stage) -> None:
    def crash(line: FakeLine) -> None:
        control, begun, _ = line.work.all_checks()
        line.judge(control)
        line.send(*events_of(line.work, begun)[:1])
        line.send(
            LabUsed(
                lab=LabFacts(
                    topology="b",
                    timers="tuned",
                    ipsec="userspace",
                    circuits="a cable each",
                    nodes=1,
                    links=0,
                    up_seconds=1.0,
                    down_seconds=1.0,
                )
            )
        )
        line.send(Crashed(reason="ZeroDivisionError: by zero", traceback="Traceback (most recent call last)\n"))

    stage.scripts["b"] = crash
    report = stage.run()
    assert _all(report) == [
        *_expected(names=("a",)),
        ("b", "control", Status.PASS),
        ("b", "interconnect", Status.ERROR),
        ("b", "zone", Status.ERROR),
        *_expected(names=("c",)),
    ]
    path = stage.folder / "b.traceback"
    assert path.read_text() == "Traceback (most recent call last)\n"
    assert report.verdicts[4].reason == f"the job crashed: ZeroDivisionError: by zero (traceback: {path})"
    assert stage.tidied == ["b"]


def test_what_a_killed_job_left_is_removed_and_its_turn_is_free(stage: Stage) -> None:
    def killed(line: FakeLine) -> None:
        line.judge(line.work.all_checks()[0])
        assert line.wait_for_turn(Activity.MEASURING)

    def builder(line: FakeLine) -> None:
        assert line.wait_for_turn(Activity.BUILDING)
        line.leave()
        whole(line)

    stage.scripts = {"a": killed, "b": builder}
    report = stage.run(names=("a", "b"))
    assert [verdict.reason for verdict in report.verdicts[1:3]] == ["the job broke off: its process was killed by SIGKILL"] * 2
    assert _all(report)[3:] == _expected(names=("b",))
    assert stage.tidied == ["a"]


def test_a_crash_between_repetitions_makes_the_check_an_error_and_keeps_what_was_measured(stage: Stage) -> None:
    def crash(line: FakeLine) -> None:
        control, repeated, _ = line.work.all_checks()
        line.judge(control)
        line.send(*events_of(line.work, repeated, Status.FAIL))
        line.send(Crashed(reason="OSError: no", traceback=""))

    stage.scripts["a"] = crash
    verdict = stage.run(names=("a",)).verdicts[1]
    assert (verdict.status, verdict.repeats) == (Status.ERROR, 2)
    assert verdict.reason.splitlines()[0] == "1 of 2: broken"


def test_a_crash_before_a_discarded_control_run_is_made_again_makes_it_an_error(stage: Stage) -> None:
    def crash(line: FakeLine) -> None:
        control = line.work.all_checks()[0]
        line.send(*events_of(line.work, control)[:-1], Discarded(reason="nothing was sent for 0.2 s"))

    stage.scripts["a"] = crash
    verdict = stage.run(names=("a",)).verdicts[0]
    assert (verdict.status, verdict.reason) == (Status.ERROR, "the job broke off: its process was killed by SIGKILL")


def test_a_crash_after_the_last_check_is_said(stage: Stage) -> None:
    def late(line: FakeLine) -> None:
        for check in line.work.all_checks():
            line.judge(check)
        line.send(Crashed(reason="OSError: no", traceback=""))

    stage.scripts["a"] = late
    assert _all(stage.run(names=("a",))) == _expected(names=("a",))
    assert stage.said == [f"a: the job crashed: OSError: no (traceback: {stage.folder / 'a.traceback'})"]


def test_a_lab_that_cannot_be_tidied_is_said_and_the_rest_goes_on(stage: Stage) -> None:
    def refuse(_: str) -> None:
        raise LabBusyError("held by 'lab-up', process 7")

    stage.tidy = refuse
    stage.scripts["a"] = lambda _line: None
    assert _all(stage.run()) == [*_expected(Status.ERROR, ("a",)), *_expected(names=("b", "c"))]
    assert stage.said == ["a: held by 'lab-up', process 7"]


def test_on_ctrl_c_every_job_is_told_to_end_and_what_it_tells_last_is_in_the_journal(stage: Stage) -> None:
    told_to_end: list[str] = []

    def until_the_end(line: FakeLine) -> None:
        line.judge(line.work.all_checks()[0])
        assert not line.wait_for_order()
        told_to_end.append(line.work.name)
        line.send(
            LabUsed(
                lab=LabFacts(
                    topology=line.work.name,
                    timers="tuned",
                    ipsec="",
                    circuits="a cable each",
                    nodes=1,
                    links=0,
                    up_seconds=None,
                    down_seconds=1.0,
                ),
            ),
            Ended(),
        )

    def interrupt(_: Verdict) -> None:
        if len(stage.shown) == 2:
            raise KeyboardInterrupt

    stage.scripts = dict.fromkeys("ab", until_the_end)
    stage.on_show = interrupt
    with pytest.raises(KeyboardInterrupt):
        stage.run(2)
    assert sorted(told_to_end) == ["a", "b"]
    assert stage.started == ["a", "b"]
    report = report_again(stage.folder / "journal.jsonl")
    assert [lab.topology for lab in report.labs] == ["a", "b"]
    assert _all(report) == [("a", "control", Status.PASS), ("b", "control", Status.PASS)]
    assert stage.tidied == []


def test_what_was_told_is_in_the_journal_at_once(stage: Stage) -> None:
    def cut(line: FakeLine) -> None:
        line.send(*events_of(line.work, line.work.all_checks()[0])[:1])
        line.send(Said(line="begun"))
        assert not line.wait_for_order()
        line.send(Ended())

    def kill(_: str) -> None:
        assert CheckStarted.__name__ in (stage.folder / "journal.jsonl").read_text()
        raise KeyboardInterrupt

    stage.scripts["a"] = cut
    stage.said = _Telling(kill)
    with pytest.raises(KeyboardInterrupt):
        stage.run(names=("a",))
    (verdict,) = report_again(stage.folder / "journal.jsonl").verdicts
    assert (verdict.status, verdict.reason) == (Status.ERROR, "the run broke off before the check ended")


class _Telling(list[str]):
    """A list that tells of what is put into it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def append(self, line: str) -> None:
        self._tell(line)
