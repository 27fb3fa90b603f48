"""The schedule: which fault begins or ends next."""

from lab.engine.schedule import turns
from lab.model.check import Check, Step
from lab.model.fault import Flap, LinkDown


def _check(*spans: tuple[float, float]) -> Check:
    steps = tuple(
        Step(kind="link-down", target=f"l{number}", fault=LinkDown(links=(f"l{number}",)), at=at, duration=duration)
        for number, (at, duration) in enumerate(spans)
    )
    return Check(name="c", summary="s", steps=steps, expectations=())


def _told(check: Check) -> list[tuple[float, str, str]]:
    return [(turn.at, turn.step.target, "in" if turn.goes_in else "out") for turn in turns(check)]


def test_every_step_begins_and_ends_in_order_of_time() -> None:
    assert _told(_check((5.0, 10.0), (2.0, 4.0))) == [(2.0, "l1", "in"), (5.0, "l0", "in"), (6.0, "l1", "out"), (15.0, "l0", "out")]


def test_at_the_same_instant_faults_end_before_others_begin_in_the_order_of_the_file() -> None:
    assert _told(_check((2.0, 3.0), (5.0, 1.0), (5.0, 1.0), (2.0, 3.0)))[2:6] == [
        (5.0, "l0", "out"),
        (5.0, "l3", "out"),
        (5.0, "l1", "in"),
        (5.0, "l2", "in"),
    ]


def test_instants_equal_to_the_microsecond_are_equal() -> None:
    assert len({turn.at for turn in turns(_check((0.1, 0.2), (0.2, 0.1))) if not turn.goes_in}) == 1


def test_turns_know_which_step_of_the_file_they_are() -> None:
    assert [turn.number for turn in turns(_check((5.0, 10.0), (2.0, 4.0)))] == [1, 0, 1, 0]


def test_a_check_without_steps_has_no_turns() -> None:
    assert turns(_check()) == ()


def test_a_flap_is_down_in_the_first_half_of_each_period() -> None:
    flap = Step(kind="flap", target="l0", fault=Flap(links=("l0",), count=2), at=2.0, duration=6.0)
    other = Step(kind="link-down", target="l1", fault=LinkDown(links=("l1",)), at=4.0, duration=2.0)
    check = Check(name="c", summary="s", steps=(flap, other), expectations=())
    assert [(turn.at, turn.step.target, turn.number, turn.goes_in) for turn in turns(check)] == [
        (2.0, "l0", 0, True),
        (3.5, "l0", 0, False),
        (4.0, "l1", 2, True),
        (5.0, "l0", 1, True),
        (6.0, "l1", 2, False),
        (6.5, "l0", 1, False),
    ]
