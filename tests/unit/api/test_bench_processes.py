"""The cost of a command, measured as a whole process."""

import subprocess

import pytest

from lab.api.bench.processes import cost


def test_a_command_costs_time_and_memory() -> None:
    found = cost(("predict", "-t", "redundant-dx"))
    assert found.seconds > 0
    assert found.core_seconds > 0
    assert found.megabytes > 10


def test_a_command_that_does_nothing_of_its_work_has_no_cost() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        cost(("predict", "-t", "no-such-topology"))
