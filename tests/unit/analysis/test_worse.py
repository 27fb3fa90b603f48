"""Worse outages: one trial finds a change of class, several find smaller changes, and noise is never called worse."""

import random
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from lab.analysis.worse import LEVEL, Pair, judgements

Draw = Callable[[random.Random], float]

QUIET = Pair(baseline=(0.0,), now=(0.0,))
"""A flow that lost nothing, like most flows."""


def _pair(baseline: Sequence[float], now: Sequence[float], *, reconnects: bool = False) -> Pair:
    return Pair(baseline=tuple(baseline), now=tuple(now), reconnects=reconnects)


def _judged(pair: Pair, *, among: int = 1) -> str:
    """The result for a pair among `others` that could also be called worse."""
    return judgements([pair, *_others(pair.baseline, among - 1)])[0].what


def _others(baseline: Sequence[float], count: int) -> list[Pair]:
    """A pair without a change and without ties, so that it could be called worse."""
    return [_pair(baseline, [each + 1e-6 for each in baseline])] * count


@pytest.mark.parametrize(
    ("baseline", "now"),
    [
        (0.062, 0.9),  # link down, now BFD
        (0.105, 0.7),
        (0.95, 2.2),  # BFD, now a hold time of 3 s
        (2.9, 20.3),  # hold time of 3 s, now 30 s
        (29.9, 61.0),  # hold time of 30 s, now 90 s
        (0.0, 0.6),  # nothing, now BFD
    ],
)
def test_a_change_of_class_is_found_in_a_single_trial_among_any_number(baseline: float, now: float) -> None:
    (found, *_) = judgements([_pair([baseline], [now]), *[QUIET] * 500])
    assert (found.what, found.probability) == ("worse", None)
    assert _judged(_pair([now], [baseline])) == "same"


@pytest.mark.parametrize(
    ("baseline", "now"),
    [(0.05, 0.21), (0.6, 1.05), (2.0, 3.15), (20.0, 30.4), (60.0, 90.9), (0.0, 0.0), (0.0, 0.09), (4.99, 5.0)],
)
def test_what_the_phase_of_a_timer_explains_is_not_called_worse(baseline: float, now: float) -> None:
    assert _judged(_pair([baseline], [now])) == "same"


def test_a_session_that_comes_back_may_take_its_time() -> None:
    assert _judged(_pair([0.096], [1.541], reconnects=True)) == "same"
    assert _judged(_pair([0.096], [1.541])) == "worse"
    assert _judged(_pair([0.096], [10.0], reconnects=True)) == "worse"


def _normal(chance: random.Random, median: float, deviation: float) -> float:
    return max(0.0, chance.gauss(median, deviation))


def _readings(draw: Draw, count: int, seed: int) -> list[float]:
    chance = random.Random(seed)  # noqa: S311 - a test must be the same every time
    return [draw(chance) for _ in range(count)]


def test_ten_percent_of_a_link_down_is_within_the_margin_however_sure_it_is() -> None:
    before = _readings(partial(_normal, median=0.062, deviation=0.0005), 20, 1)
    now = _readings(partial(_normal, median=0.0682, deviation=0.0005), 20, 2)
    assert min(now) > max(before)
    assert judgements([_pair(before, now)])[0].what == "same"


@pytest.mark.parametrize(("count", "among"), [(5, 12), (8, 360), (20, 360)])
def test_a_quarter_of_a_second_more_is_found_with_enough_trials(count: int, among: int) -> None:
    before = _readings(partial(_normal, median=0.105, deviation=0.02), count, 1)
    now = _readings(partial(_normal, median=0.355, deviation=0.02), count, 2)
    (found, *_) = judgements([_pair(before, now), *_others(before, among - 1)])
    assert found.what == "worse"
    assert found.probability is not None
    assert found.probability <= LEVEL / among


def test_with_too_few_trials_among_many_it_is_unsure_and_with_one_it_is_not_told() -> None:
    before, now = [0.100, 0.102, 0.104, 0.103, 0.101], [0.350, 0.352, 0.351, 0.349, 0.353]
    assert _judged(_pair(before, now), among=360) == "unsure"
    assert _judged(_pair(before[:1], now[:1]), among=360) == "same"


def test_flows_that_never_lose_anything_cost_no_certainty() -> None:
    before, now = [0.100, 0.102, 0.104, 0.103, 0.101], [0.350, 0.352, 0.351, 0.349, 0.353]
    assert judgements([_pair(before, now), *[_pair([0.0] * 5, [0.0] * 5)] * 1000])[0].what == "worse"


def test_one_outlier_among_many_readings_is_no_change() -> None:
    before = _readings(partial(_normal, median=0.105, deviation=0.002), 5, 1)
    assert _judged(_pair(before, [*before[1:], 9.0])) == "same"


def test_an_outlier_in_the_baseline_does_not_hide_a_change() -> None:
    before = [*_readings(partial(_normal, median=0.105, deviation=0.002), 19, 1), 9.0]
    now = _readings(partial(_normal, median=0.9, deviation=0.05), 5, 2)
    assert _judged(_pair(before, now), among=60) == "worse"


def test_nothing_to_compare_is_nothing_worse() -> None:
    assert judgements([]) == ()
