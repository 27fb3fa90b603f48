"""Ranks: how probable it is, by chance alone, that readings lie so far above others (one-sided Wilcoxon-Mann-Whitney test).

It asks nothing of how readings are distributed: outliers, heavy tails, several classes and ties are all fine. If nothing changed, each
way to deal all readings out to the two sides is as probable as any other; the probability is that of the ways whose rank sum is no less.
"""

import math
from collections import Counter
from collections.abc import Sequence

EXACT_UP_TO = 60
"""Readings of both sides together; of more, a normal distribution stands for the exact one and is off by less than noise would be."""


def probability(baseline: Sequence[float], now: Sequence[float]) -> float:
    """That readings without any difference have `now` as far above `baseline` as here; equal readings share their mean rank."""
    ranks = _doubled_ranks([*baseline, *now])
    observed = sum(ranks[len(baseline) :])
    if len(ranks) <= EXACT_UP_TO:
        return _ways(ranks, len(now), observed) / math.comb(len(ranks), len(now))
    return _approximately(ranks, len(now), observed)


def least_probability(baseline: Sequence[float], now: Sequence[float]) -> float:
    """The least that `probability` could say of these readings, however they were dealt out: that of `now` having all the greatest."""
    every = sorted([*baseline, *now])
    last = every[len(baseline)]
    needed = sum(reading == last for reading in every[len(baseline) :])
    return math.comb(every.count(last), needed) / math.comb(len(every), len(now))


def _doubled_ranks(readings: Sequence[float]) -> list[int]:
    """Twice the rank of each, so that means of ranks are whole numbers, too."""
    counts = Counter(readings)
    ranks: dict[float, int] = {}
    below = 0
    for reading in sorted(counts):
        ranks[reading] = 2 * below + counts[reading] + 1
        below += counts[reading]
    return [ranks[reading] for reading in readings]


def _ways(ranks: Sequence[int], size: int, least: int) -> int:
    """How many choices of so many of the ranks have a sum of at least `least`.

    `chosen[n]` counts the choices of n ranks by their sum: a polynomial, the coefficient of x^sum in the sum-th digit of one great integer.
    A digit is wide enough for all choices there are, so adding and shifting never carries from one into the next.
    """
    digit = len(ranks) + 1
    chosen = [1] + [0] * size
    for rank in ranks:
        for number in range(size, 0, -1):
            chosen[number] += chosen[number - 1] << (rank * digit)
    return (chosen[size] >> (least * digit)) % ((1 << digit) - 1)  # base B, modulo B - 1: the sum of the digits


def _approximately(ranks: Sequence[int], size: int, observed: int) -> float:
    """The normal distribution with the mean and the variance that the rank sum has when ties are counted; corrected for continuity."""
    total = len(ranks)
    mean = size * sum(ranks) / total
    scatter = sum((rank - sum(ranks) / total) ** 2 for rank in ranks) / (total - 1)
    deviation = math.sqrt(size * (total - size) / total * scatter)
    if deviation == 0:
        return 1.0
    return math.erfc((observed - mean - 1) / deviation / math.sqrt(2)) / 2
