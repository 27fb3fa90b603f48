"""False alarms: of simulated runs without any change, at most one in twenty may be called worse.

A run is 60 checks with six outages each. They are distributed as on the real lab: two thirds are 0, the others are link down in steps of
50 ms, BFD, hold times, flows that are cut off, and sessions that connect again. One outage in twenty is much longer.
"""

import random

import pytest

from lab.analysis.worse import LEVEL, Pair, judgements

RUN = ["zero"] * 200 + ["step"] * 50 + ["bfd"] * 50 + ["hold"] * 25 + ["long hold"] * 10 + ["cut off"] * 15 + ["comes back"] * 10
OUTLIERS = 0.05
OUTLIER_SECONDS = 0.1


def _reading(kind: str, chance: random.Random) -> float:
    if kind == "zero":
        return 0.0
    outlier = chance.expovariate(1 / OUTLIER_SECONDS) if chance.random() < OUTLIERS else 0.0
    return round(_usual(kind, chance) + outlier, 3)


def _usual(kind: str, chance: random.Random) -> float:
    match kind:
        case "step":
            return 0.05 * chance.choice([1, 2, 2, 2, 3]) + abs(chance.gauss(0, 0.004))
        case "bfd":
            return chance.uniform(0.7, 1.05)
        case "hold":
            return chance.uniform(2, 3) + 0.1
        case "long hold":
            return chance.uniform(20, 30) + 0.1
        case "cut off":
            return 4.99 + chance.uniform(0, 0.01)
    return chance.choice([0.1, 0.25, 0.35, 0.5, 0.85, 1.5]) + chance.uniform(0, 0.05)


def _pair(kind: str, trials: tuple[int, int], chance: random.Random) -> Pair:
    before, now = (tuple(_reading(kind, chance) for _ in range(count)) for count in trials)
    return Pair(baseline=before, now=now, reconnects=kind == "comes back")


@pytest.mark.parametrize(("trials", "runs"), [((1, 1), 1000), ((5, 5), 300), ((20, 1), 200), ((20, 20), 60)])
def test_runs_without_any_change_are_hardly_ever_called_worse(trials: tuple[int, int], runs: int) -> None:
    chance = random.Random(7)  # noqa: S311 - a test must be the same every time
    simulated = ([_pair(kind, trials, chance) for kind in RUN] for _ in range(runs))
    alarms = sum(any(found.what == "worse" for found in judgements(pairs)) for pairs in simulated)
    assert alarms / runs <= LEVEL


def test_in_the_same_noise_a_change_of_class_is_found() -> None:
    chance = random.Random(7)  # noqa: S311 - a test must be the same every time
    found = 0
    for _ in range(100):
        pairs = [_pair(kind, (1, 1), chance) for kind in RUN]
        changed = Pair(baseline=(_reading("step", chance),), now=(_reading("bfd", chance),))
        found += judgements([changed, *pairs])[0].what == "worse"
    assert found >= 95
