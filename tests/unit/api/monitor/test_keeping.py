"""A keeper looks at its lab, and rests while a test measures the lab."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lab.api.monitor.keeping import Attention
from lab.errors import LabBusyError, MeasurementError


class Looking:
    """Something that can be opened, and how often it was."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.error: Exception | None = None
        self.dead = False

    @contextmanager
    def open(self) -> Iterator["Looking"]:
        if self.error:
            raise self.error
        self.begun += 1
        try:
            yield self
        finally:
            self.ended += 1

    def check(self) -> None:
        if self.dead:
            raise MeasurementError("the probes ended")

    @property
    def open_now(self) -> int:
        return self.begun - self.ended


@pytest.fixture
def looking() -> Looking:
    return Looking()


@pytest.fixture
def attention(looking: Looking) -> Attention:
    return Attention(begin=looking.open)


def test_it_looks_once_as_long_as_all_is_well(looking: Looking, attention: Attention) -> None:
    for _ in range(3):
        attention.turn(busy=False)
    assert (looking.begun, looking.open_now) == (1, 1)


def test_it_rests_while_a_test_measures_and_looks_again_after(looking: Looking, attention: Attention) -> None:
    attention.turn(busy=False)
    attention.turn(busy=True)
    assert looking.open_now == 0
    attention.turn(busy=True)
    attention.turn(busy=False)
    assert (looking.begun, looking.open_now) == (2, 1)


def test_what_cannot_begin_is_tried_again(looking: Looking, attention: Attention) -> None:
    looking.error = LabBusyError("another command probes")
    attention.turn(busy=False)
    looking.error = None
    attention.turn(busy=False)
    assert looking.open_now == 1


def test_probes_that_died_begin_again(looking: Looking, attention: Attention) -> None:
    attention.turn(busy=False)
    looking.dead = True
    attention.turn(busy=False)
    assert looking.open_now == 0
    looking.dead = False
    attention.turn(busy=False)
    assert looking.open_now == 1
