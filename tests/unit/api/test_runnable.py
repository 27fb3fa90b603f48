"""Checks whose automation needs a monitor: left out, or refused if they were asked for."""

import pytest

from lab.api.chosen import runnable
from lab.errors import InputError
from tests.shipped import shipped_check

PLAIN, ACTING = (shipped_check("hybrid-backup", name) for name in ("brown-out-stays", "brown-out-moved"))


def test_without_a_monitor_they_are_left_out() -> None:
    assert runnable((PLAIN, ACTING), None, is_monitored=False) == (PLAIN,)
    assert runnable((PLAIN, ACTING), None, is_monitored=True) == (PLAIN, ACTING)


def test_one_that_was_asked_for_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"--check: brown-out-moved cannot run \(its automation needs Prometheus: \./inv lab-test --monitor\)"
    ):
        runnable((ACTING,), "brown-out-moved", is_monitored=False)
