"""The host's clock, and what becomes of a check while somebody sets it."""

import time

import pytest

from lab.engine.clock import SystemClock
from lab.errors import MeasurementError


def test_it_is_the_wall_clock() -> None:
    before = time.time()
    assert before <= SystemClock().now() <= time.time()


def test_waiting_takes_no_longer_than_is_left_and_tells_when_the_instant_has_come() -> None:
    clock = SystemClock()
    until = clock.now() + 0.01
    turns = 0
    while clock.wait(until):
        turns += 1
    assert turns >= 1
    assert clock.now() >= until


def test_waiting_comes_back_every_now_and_then() -> None:
    clock = SystemClock()
    begin = clock.now()
    assert clock.wait(begin + 3600.0)
    assert clock.now() < begin + 60.0


@pytest.mark.parametrize("step", [0.5, -0.5])
def test_a_clock_that_was_set_spoils_the_measurement(step: float) -> None:
    clock = SystemClock()
    clock._offset += step  # what the difference of the two clocks was before one of them was set
    with pytest.raises(MeasurementError, match="clock was set while the check ran"):
        clock.now()
