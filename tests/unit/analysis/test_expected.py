"""The expected duration of checks, compared with runs on real labs: two cores, tuned timers, without lab-up and lab-down."""

import pytest

from lab.analysis.expected import expected_seconds
from lab.model.check import control_check
from lab.model.plan import Timers
from tests.shipped import CHECKS, shipped_check, shipped_plan

MEASURED = {"active-active-vpn": 369.0, "redundant-dx": 285.0, "hybrid-backup": 238.0}
"""The checks that run without a monitor."""


def expected(topology, name):
    return expected_seconds(shipped_check(topology, name), shipped_plan(topology))


def of_all(topology):
    checks = [name for owner, name in CHECKS if owner == topology and not shipped_check(owner, name).automations]
    return expected_seconds(control_check(), shipped_plan(topology)) + sum(expected(topology, name) for name in checks)


@pytest.mark.parametrize("topology", MEASURED)
def test_all_checks_of_a_topology_take_about_as_long_as_expected(topology):
    assert of_all(topology) == pytest.approx(MEASURED[topology], rel=0.1)


def test_the_control_run_takes_about_as_long_as_expected():
    assert expected_seconds(control_check(), shipped_plan()) == pytest.approx(8.4, rel=0.1)


def test_a_check_with_a_fault_takes_about_as_long_as_expected():
    assert expected("active-active-vpn", "one-appliance") == pytest.approx(23.0, rel=0.1)


def test_under_slower_timers_a_check_takes_as_much_longer_as_its_faults_last():
    slow = shipped_check("active-active-vpn", "one-appliance", Timers.DEFAULT)
    longer = slow.steps[0].duration - shipped_check("active-active-vpn", "one-appliance").steps[0].duration
    assert expected_seconds(slow, shipped_plan(timers=Timers.DEFAULT)) - expected("active-active-vpn", "one-appliance") == longer
