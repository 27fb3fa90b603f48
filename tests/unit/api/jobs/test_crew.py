"""Several jobs at the same time: the crew receives all messages, gives each job its turn, and keeps its results apart."""

import threading

import pytest

from lab.api.jobs.messages import Activity, Ended, Said
from lab.model.outcome import Verdict
from tests.fakes.worker import PATIENCE_SECONDS, FakeLine, whole
from tests.unit.api.jobs.stage import NAMES, Stage, expected, verdicts_of


@pytest.mark.parametrize("at_once", [1, 2, 3, 50])
def test_every_check_gets_its_verdict_in_topology_order(stage: Stage, at_once: int) -> None:
    assert verdicts_of(stage.run(at_once)) == expected()
    assert sorted(stage.shown, key=str) == sorted(expected(), key=str)


def test_with_one_job_at_a_time_jobs_run_in_sequence(stage: Stage) -> None:
    assert verdicts_of(stage.run(1)) == stage.shown == expected()


def test_the_report_is_in_topology_order_whichever_job_ends_first(stage: Stage) -> None:
    others_done = threading.Event()

    def last(line: FakeLine) -> None:
        assert others_done.wait(PATIENCE_SECONDS)
        whole(line)

    def see(_: Verdict) -> None:
        if len(stage.shown) == 6:
            others_done.set()

    stage.scripts["a"] = last
    stage.on_show = see
    assert verdicts_of(stage.run()) == expected()
    assert [name for name, _, _ in stage.shown[-3:]] == ["a"] * 3


def test_no_more_jobs_than_allowed_run_at_once(stage: Stage) -> None:
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
        line.send(Said(told="deploying a"))
        line.judge(line.work.all_checks()[0])
        assert shown.wait(PATIENCE_SECONDS), "the verdict was not shown while the job ran"
        for check in line.work.checks:
            line.judge(check)
        line.send(Ended())

    stage.scripts["a"] = waiting
    stage.on_show = lambda _: shown.set()
    stage.run(names=("a",))
    assert stage.said == ["deploying a"]


def test_no_job_builds_while_another_measures(stage: Stage) -> None:
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
    assert verdicts_of(stage.run()) == expected()
