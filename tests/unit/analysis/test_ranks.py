"""The rank test: the exact result equals a full count, and the approximation is close to it."""

import random
from itertools import combinations
from statistics import NormalDist

import pytest

from lab.analysis import ranks
from lab.analysis.ranks import EXACT_UP_TO, least_probability, probability


def _counted(baseline: list[float], now: list[float]) -> float:
    """The probability, computed by counting every possible distribution of the values."""
    every = sorted([*baseline, *now])
    mean_rank = {each: every.index(each) + (every.count(each) + 1) / 2 for each in every}
    observed = sum(mean_rank[each] for each in now)
    sums = [sum(mean_rank[each] for each in deal) for deal in combinations(every, len(now))]
    return sum(each >= observed for each in sums) / len(sums)


def _some(chance: random.Random, classes: int) -> list[float]:
    return [float(chance.randint(1, classes)) for _ in range(chance.randint(1, 6))]


@pytest.mark.parametrize("classes", [2, 4, 1000])
def test_the_probability_is_the_share_of_deals_that_lie_as_far_above(classes: int) -> None:
    chance = random.Random(classes)  # noqa: S311 - a test must be the same every time
    for _ in range(60):
        baseline, now = _some(chance, classes), _some(chance, classes)
        every = sorted([*baseline, *now])
        assert probability(baseline, now) == pytest.approx(_counted(baseline, now))
        assert least_probability(baseline, now) == pytest.approx(_counted(every[: len(baseline)], every[len(baseline) :]))


@pytest.mark.parametrize(("count", "ways"), [(1, 2), (3, 20), (5, 252), (8, 12870), (20, 137846528820)])
def test_complete_separation_is_one_deal_of_all(count: int, ways: int) -> None:
    below, above = [float(each) for each in range(count)], [float(each) + 100 for each in range(count)]
    assert probability(below, above) == least_probability(above, below) == 1 / ways
    assert probability(above, below) == 1.0


def test_readings_that_are_all_equal_say_nothing() -> None:
    assert probability([0.0] * 5, [0.0] * 5) == least_probability([0.0] * 5, [0.0] * 5) == 1.0
    assert probability([0.0] * 40, [0.0] * 40) == 1.0


@pytest.mark.parametrize("shift", [0.0, 0.3, 0.6, 1.2])
def test_of_many_readings_the_approximation_is_close_to_the_exact_probability(shift: float) -> None:
    chance = random.Random(3)  # noqa: S311 - a test must be the same every time
    half = EXACT_UP_TO // 2
    baseline = [round(chance.gauss(0, 1), 1) for _ in range(half)]
    now = [round(chance.gauss(shift, 1), 1) for _ in range(half)]
    approximate = ranks._approximately(ranks._doubled_ranks([*baseline, *now]), half, sum(ranks._doubled_ranks([*baseline, *now])[half:]))
    assert approximate == pytest.approx(probability(baseline, now), rel=0.3)


def test_more_readings_than_are_counted_exactly_are_judged_too() -> None:
    quantiles = [NormalDist().inv_cdf((each + 0.5) / 50) for each in range(50)]
    assert probability(quantiles, quantiles) == pytest.approx(0.5, abs=0.01)
    assert probability(quantiles, [each + 2 for each in quantiles]) < 1e-9
