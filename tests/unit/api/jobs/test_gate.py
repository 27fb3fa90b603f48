"""The order of turns: one kind of work at a time, first come, first served."""

from lab.api.jobs.gate import Gate
from lab.api.jobs.messages import Activity

BUILDING, MEASURING = Activity.BUILDING, Activity.MEASURING


def test_work_of_one_kind_is_done_side_by_side() -> None:
    for activity in Activity:
        gate = Gate()
        gate.ask("a", activity)
        gate.ask("b", activity)
        assert gate.admitted() == ("a", "b")


def test_nobody_builds_while_another_is_measured_nor_the_other_way_round() -> None:
    for first, second in ((BUILDING, MEASURING), (MEASURING, BUILDING)):
        gate = Gate()
        gate.ask("a", first)
        assert gate.admitted() == ("a",)
        gate.ask("b", second)
        assert gate.admitted() == ()
        gate.leave("a")
        assert gate.admitted() == ("b",)


def test_who_comes_later_does_not_pass_by_who_waits() -> None:
    gate = Gate()
    gate.ask("a", MEASURING)
    gate.admitted()
    gate.ask("b", BUILDING)
    gate.ask("c", MEASURING)
    assert gate.admitted() == ()
    gate.leave("a")
    assert gate.admitted() == ("b",)
    gate.leave("b")
    assert gate.admitted() == ("c",)


def test_one_who_is_gone_holds_up_nobody() -> None:
    gate = Gate()
    gate.ask("a", MEASURING)
    gate.admitted()
    gate.ask("b", BUILDING)
    gate.ask("c", MEASURING)
    gate.leave("b")
    gate.leave("nobody")
    assert gate.admitted() == ("c",)
