"""A check of a workshop that takes long says what the time was spent on."""

from collections.abc import Iterator

import pytest

from lab.api.workshop.spent import Spent
from lab.model.progress import Phase, PhaseBegins, Told

STEADYING, FOLLOWING = PhaseBegins(phase=Phase.STEADYING), PhaseBegins(phase=Phase.FOLLOWING)


def told_by(seconds: Iterator[float]) -> list[Told]:
    """What a user hears of two checks, one after the other. `seconds`: when it began, when each of 4 phases began, and when it ended."""
    heard: list[Told] = []
    spent = Spent("waiting for sessions", heard.append, lambda: next(seconds))
    for phase in (STEADYING, FOLLOWING, STEADYING, FOLLOWING):
        spent(phase)
    spent.say_why()
    return heard


def test_a_long_check_names_its_parts_the_longest_first_and_adds_up_those_of_the_same_name() -> None:
    *phases, why = told_by(iter([100.0, 120.0, 123.0, 143.0, 145.0, 165.0]))
    assert phases == [STEADYING, FOLLOWING, STEADYING, FOLLOWING]
    assert why == "this took 65 s: schedule 40 s, waiting for sessions 20 s, waiting until steady 5 s"


def test_a_part_that_took_no_time_is_not_named() -> None:
    assert told_by(iter([0.0, 0.1, 70.0, 70.1, 70.2, 70.3]))[-1] == "this took 70 s: waiting until steady 70 s"


@pytest.mark.parametrize("end", [5.0, 60.0])
def test_a_check_of_a_minute_says_nothing(end: float) -> None:
    assert told_by(iter([0.0, 1.0, 2.0, 3.0, 4.0, end])) == [STEADYING, FOLLOWING, STEADYING, FOLLOWING]
