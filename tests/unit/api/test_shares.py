"""A sweep is divided among labs of one topology that run side by side: every set runs once, and no lab is worth less than its control."""

from pathlib import Path

import pytest

from lab.api.jobs.job import Work
from lab.api.paths import Deployable
from lab.api.shares import shared
from lab.api.sweep import Sweep, sweep_checks
from lab.model.plan import Plan
from lab.runtime.host.room import Places
from tests.shipped import shipped_plan


def _sweep(name: str) -> Work:
    plan = shipped_plan(name)
    return Work(deployable=Deployable(plan=plan, path=Path("any.yaml")), checks=sweep_checks(plan, Sweep(most=1), None))


def _plan(work: Work) -> Plan:
    return work.deployable.plan


@pytest.mark.parametrize("places", [1, 2, 4])
def test_every_set_runs_on_exactly_one_lab(places: int) -> None:
    works = [_sweep("hybrid-backup"), _sweep("redundant-dx")]
    shares = shared(works, Places(places))
    run = sorted((_plan(share).name, check.name) for share in shares for check in share.checks)
    assert run == sorted((_plan(work).name, check.name) for work in works for check in work.checks)


def test_several_labs_of_one_topology_have_different_names() -> None:
    shares = shared([_sweep("hybrid-backup")], Places(3))
    assert sorted(share.name for share in shares) == ["hybrid-backup", "hybrid-backup@2", "hybrid-backup@3"]
    assert {_plan(share).name for share in shares} == {"hybrid-backup"}
    sizes = [len(share.checks) for share in shares]
    assert max(sizes) - min(sizes) <= 1


def test_one_place_leaves_one_lab_for_each_topology() -> None:
    works = [_sweep("hybrid-backup"), _sweep("redundant-dx")]
    assert [len(share.checks) for share in shared(works, Places(1))] == [len(work.checks) for work in works]


def test_work_that_takes_less_than_a_minute_stays_on_one_lab() -> None:
    plan = shipped_plan("hybrid-backup")
    few = Work(deployable=Deployable(plan=plan, path=Path("any.yaml")), checks=sweep_checks(plan, Sweep(most=1), "dx1"))
    assert len(shared([few], Places(4))) == 1


def test_the_longest_work_begins_first() -> None:
    shares = shared([_sweep("redundant-dx"), _sweep("active-active-vpn-tgw")], Places(2))
    assert [_plan(share).name for share in shares] == ["active-active-vpn-tgw", "active-active-vpn-tgw", "redundant-dx"][: len(shares)]
