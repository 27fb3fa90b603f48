"""Classes of sets: one member of each is run, the choice is repeatable, and every set is run or has exactly one that stands for it."""

from collections.abc import Iterable

import pytest

from lab.api.planned import planned
from lab.api.sweep import Sweep, sweep_checks
from lab.model.check import Check
from lab.model.plan import Timers
from lab.model.prediction import SetPrediction
from lab.predict import Predictor
from lab.predict.classes import classes, members
from lab.views.before.planned import planned_text
from tests.shipped import shipped_plan


@pytest.fixture(scope="module")
def pairs() -> tuple[SetPrediction, ...]:
    return Predictor(shipped_plan("sitelink-only")).all_sets(2).sets


def test_in_a_class_every_flow_has_the_same_paths_and_the_same_detector(pairs: tuple[SetPrediction, ...]) -> None:
    found = classes(pairs)
    assert 1 < len(found) < len(pairs) / 10
    assert sorted(each.failed for one in found for each in one) == sorted(each.failed for each in pairs)
    for one in found:
        for number in range(len(one[0].flows)):
            flows = [each.flows[number] for each in one]
            assert len({(flow.flow, flow.direction, flow.reachable, flow.paths, flow.noticed_by) for flow in flows}) == 1


def test_sets_with_the_same_ways_and_other_detectors_are_two_classes(pairs: tuple[SetPrediction, ...]) -> None:
    ways = {tuple((flow.reachable, flow.paths) for flow in each.flows) for each in Predictor(shipped_plan("redundant-dx")).all_sets(1).sets}
    assert len(classes(Predictor(shipped_plan("redundant-dx")).all_sets(1).sets)) > len(ways)


@pytest.mark.parametrize("sample", [0, 5, 100_000])
def test_every_set_is_proven_or_stood_for_once(pairs: tuple[SetPrediction, ...], sample: int) -> None:
    of = classes(pairs)
    chosen = members(of, sample, 7)
    told = [each.failed for one in chosen for each in (one.proven, *one.stands_for)]
    assert sorted(told) == sorted(each.failed for each in pairs)
    singles = [each.failed for each in pairs if len(each.failed) == 1]
    without = [one for one in of if all(len(each.failed) > 1 for each in one)]
    assert {each.proven.failed for each in chosen} >= set(singles)
    assert len(chosen) == min(len(singles) + len(without) + sample, len(pairs))


def test_the_same_seed_chooses_the_same_sets_and_another_seed_others(pairs: tuple[SetPrediction, ...]) -> None:
    of = classes(pairs)
    assert members(of, 5, 7) == members(of, 5, 7)
    assert members(of, 5, 7) != members(of, 5, 8)


def _names(checks: Iterable[Check]) -> list[str]:
    return [each.name for each in checks]


def test_a_sweep_of_two_proves_one_set_of_each_class_and_all_if_asked() -> None:
    plan = shipped_plan("sitelink-only")
    few, every = sweep_checks(plan, Sweep(most=2), None), sweep_checks(plan, Sweep(most=2, every=True), None)
    assert len(few) < len(every) == 210
    assert set(_names(few)) < set(_names(every))
    stood_for = [each.name for check in few if check.foreseen for each in check.foreseen.stands_for]
    assert sorted([*_names(few), *stood_for]) == sorted(_names(every))


def test_a_sweep_of_one_proves_every_set() -> None:
    checks = sweep_checks(shipped_plan("sitelink-only"), Sweep(most=1), None)
    assert len(checks) == 20
    assert all(check.foreseen and not check.foreseen.stands_for for check in checks)


def test_what_a_sweep_would_run_is_listed_with_the_sets_it_stands_for() -> None:
    listed = planned(["sitelink-only"], Timers.TUNED, Sweep(most=2))
    assert _names([each.check for each in listed])[1:] == _names(sweep_checks(shipped_plan("sitelink-only"), Sweep(most=2), None))
    told = planned_text(listed)
    assert "stands for " in told
    assert "21 checks and the control run of 1 topology" in told
