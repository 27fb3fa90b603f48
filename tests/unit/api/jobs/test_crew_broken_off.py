"""Jobs that crash, are killed or interrupted: other jobs lose nothing, and earlier messages are kept."""

from collections.abc import Callable

import pytest

from lab.api.jobs.messages import Activity, Crashed, Ended, Said
from lab.api.test import report_again
from lab.errors import LabBusyError
from lab.model.event import CheckStarted, Discarded, LabUsed
from lab.model.outcome import Status, Verdict
from lab.model.progress import ClearingUp
from lab.model.run import LabFacts
from tests.fakes.worker import FakeLine, events_of, whole
from tests.unit.api.jobs.stage import Stage, expected, verdicts_of


def test_a_crash_makes_only_its_own_checks_errors(stage: Stage) -> None:
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
    assert verdicts_of(report) == [
        *expected(names=("a",)),
        ("b", "control", Status.PASS),
        ("b", "interconnect", Status.ERROR),
        ("b", "zone", Status.ERROR),
        *expected(names=("c",)),
    ]
    path = stage.folder / "b.traceback"
    assert path.read_text() == "Traceback (most recent call last)\n"
    assert report.verdicts[4].reason == f"the job crashed: ZeroDivisionError: by zero (traceback: {path})"
    assert stage.tidied == ["b"]


def test_the_lab_of_a_killed_job_is_removed_and_its_turn_is_free(stage: Stage) -> None:
    def killed(line: FakeLine) -> None:
        line.judge(line.work.all_checks()[0])
        assert line.wait_for_turn(Activity.MEASURING)

    def builder(line: FakeLine) -> None:
        assert line.wait_for_turn(Activity.BUILDING)
        line.leave()
        whole(line)

    stage.scripts = {"a": killed, "b": builder}
    report = stage.run(names=("a", "b"))
    assert [verdict.reason for verdict in report.verdicts[1:3]] == ["the job was interrupted: its process was killed by SIGKILL"] * 2
    assert verdicts_of(report)[3:] == expected(names=("b",))
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
    assert (verdict.status, verdict.reason) == (Status.ERROR, "the job was interrupted: its process was killed by SIGKILL")


def test_a_crash_after_the_last_check_is_reported(stage: Stage) -> None:
    def late(line: FakeLine) -> None:
        for check in line.work.all_checks():
            line.judge(check)
        line.send(Crashed(reason="OSError: no", traceback=""))

    stage.scripts["a"] = late
    assert verdicts_of(stage.run(names=("a",))) == expected(names=("a",))
    assert stage.said == [f"a: the job crashed: OSError: no (traceback: {stage.folder / 'a.traceback'})"]


def test_a_lab_that_cannot_be_removed_is_reported_and_the_others_go_on(stage: Stage) -> None:
    def refuse(_: str) -> None:
        raise LabBusyError("held by 'lab-up', process 7")

    stage.tidy = refuse
    stage.scripts["a"] = lambda _line: None
    assert verdicts_of(stage.run()) == [*expected(Status.ERROR, ("a",)), *expected(names=("b", "c"))]
    assert stage.said == ["a: held by 'lab-up', process 7"]


def test_on_ctrl_c_every_job_is_told_to_end_and_its_last_events_are_in_the_journal(stage: Stage) -> None:
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
    assert stage.moments[-1] == ClearingUp()
    assert sorted(told_to_end) == ["a", "b"]
    assert stage.started == ["a", "b"]
    report = report_again(stage.folder / "journal.jsonl")
    assert [lab.topology for lab in report.labs] == ["a", "b"]
    assert verdicts_of(report) == [("a", "control", Status.PASS), ("b", "control", Status.PASS)]
    assert stage.tidied == []


def test_every_event_is_in_the_journal_at_once(stage: Stage) -> None:
    def cut(line: FakeLine) -> None:
        line.send(*events_of(line.work, line.work.all_checks()[0])[:1])
        line.send(Said(told="begun"))
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
    assert (verdict.status, verdict.reason) == (Status.ERROR, "the run was interrupted before the check ended")


class _Telling(list[str]):
    """A list that reports what is added to it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def append(self, line: str) -> None:
        self._tell(line)
