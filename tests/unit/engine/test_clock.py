"""The host's clock, and what happens to a check when somebody sets it."""

import time

import pytest

from lab.engine.clock import SystemClock
from lab.errors import MeasurementError


def test_the_clock_is_the_wall_clock() -> None:
    before = time.time()
    assert before <= SystemClock().now() <= time.time()


def test_waiting_ends_at_the_instant_and_returns_false_then() -> None:
    clock = SystemClock()
    until = clock.now() + 0.01
    turns = 0
    while clock.wait(until):
        turns += 1
    assert turns >= 1
    assert clock.now() >= until


def test_waiting_returns_before_the_instant_from_time_to_time() -> None:
    clock = SystemClock()
    begin = clock.now()
    assert clock.wait(begin + 3600.0)
    assert clock.now() < begin + 60.0


@pytest.mark.parametrize("step", [0.5, -0.5])
def test_a_clock_that_was_set_is_a_measurement_error(step: float) -> None:
    clock = SystemClock()
    clock._offset += step  # as if the difference of the two clocks had been another at the start
    with pytest.raises(MeasurementError, match="clock was set while the check ran"):
        clock.now()
