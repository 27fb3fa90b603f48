"""The order of turns: one kind of activity at a time, first come, first served."""

from lab.api.jobs.gate import Gate
from lab.api.jobs.messages import Activity

BUILDING, MEASURING = Activity.BUILDING, Activity.MEASURING


def test_work_of_one_kind_may_run_at_the_same_time() -> None:
    for activity in Activity:
        gate = Gate(builders=2)
        gate.ask("a", activity)
        gate.ask("b", activity)
        assert gate.admitted() == ("a", "b")


def test_only_so_many_jobs_build_at_the_same_time() -> None:
    gate = Gate(builders=1)
    for name, activity in (("a", BUILDING), ("b", BUILDING), ("c", MEASURING)):
        gate.ask(name, activity)
    assert gate.admitted() == ("a",)
    gate.leave("a")
    assert gate.admitted() == ("b",)
    gate.leave("b")
    assert gate.admitted() == ("c",)


def test_no_job_builds_while_another_measures_nor_the_reverse() -> None:
    for first, second in ((BUILDING, MEASURING), (MEASURING, BUILDING)):
        gate = Gate(builders=2)
        gate.ask("a", first)
        assert gate.admitted() == ("a",)
        gate.ask("b", second)
        assert gate.admitted() == ()
        gate.leave("a")
        assert gate.admitted() == ("b",)


def test_a_later_job_does_not_overtake_a_waiting_one() -> None:
    gate = Gate(builders=2)
    gate.ask("a", MEASURING)
    gate.admitted()
    gate.ask("b", BUILDING)
    gate.ask("c", MEASURING)
    assert gate.admitted() == ()
    gate.leave("a")
    assert gate.admitted() == ("b",)
    gate.leave("b")
    assert gate.admitted() == ("c",)


def test_a_job_that_is_gone_blocks_no_other() -> None:
    gate = Gate(builders=2)
    gate.ask("a", MEASURING)
    gate.admitted()
    gate.ask("b", BUILDING)
    gate.ask("c", MEASURING)
    gate.leave("b")
    gate.leave("nobody")
    assert gate.admitted() == ("c",)
