"""Rank test: the probability that some values are this much larger than others only by chance (one-sided Wilcoxon-Mann-Whitney test).

The test assumes nothing about the distribution of the values: outliers, heavy tails, several classes and equal values are allowed. If
nothing changed, every way to divide the values between the two sides is equally probable. The result is the share of those ways whose rank
sum is at least as large as the observed one.
"""

import math
from collections import Counter
from collections.abc import Sequence

EXACT_UP_TO = 60
"""Up to this many values on both sides together, the result is exact. For more, a normal distribution is used.

Its error does not matter.
"""


def probability(baseline: Sequence[float], now: Sequence[float]) -> float:
    """The probability that the values `now` are so much larger than `baseline` only by chance. Equal values share their mean rank."""
    ranks = _doubled_ranks([*baseline, *now])
    observed = sum(ranks[len(baseline) :])
    if len(ranks) <= EXACT_UP_TO:
        return _ways(ranks, len(now), observed) / math.comb(len(ranks), len(now))
    return _approximately(ranks, len(now), observed)


def least_probability(baseline: Sequence[float], now: Sequence[float]) -> float:
    """The lowest result that `probability` can have for these values: its result if the largest values were all in `now`."""
    every = sorted([*baseline, *now])
    last = every[len(baseline)]
    needed = sum(reading == last for reading in every[len(baseline) :])
    return math.comb(every.count(last), needed) / math.comb(len(every), len(now))


def _doubled_ranks(readings: Sequence[float]) -> list[int]:
    """The rank of each value, times two. So the mean ranks of equal values are whole numbers, too."""
    counts = Counter(readings)
    ranks: dict[float, int] = {}
    below = 0
    for reading in sorted(counts):
        ranks[reading] = 2 * below + counts[reading] + 1
        below += counts[reading]
    return [ranks[reading] for reading in readings]


def _ways(ranks: Sequence[int], size: int, least: int) -> int:
    """In how many ways one can choose `size` ranks whose sum is at least `least`.

    `chosen[n]` counts the choices of n ranks by their sum. It is a polynomial in one large integer: the sum-th digit is the coefficient of
    x^sum. A digit is wide enough for all choices, so adding and shifting never carries into the next one.
    """
    digit = len(ranks) + 1
    chosen = [1] + [0] * size
    for rank in ranks:
        for number in range(size, 0, -1):
            chosen[number] += chosen[number - 1] << (rank * digit)
    return (chosen[size] >> (least * digit)) % ((1 << digit) - 1)  # base B, modulo B - 1: the sum of the digits


def _approximately(ranks: Sequence[int], size: int, observed: int) -> float:
    """The probability, approximated by a normal distribution with the mean and the variance of the rank sum.

    Corrected for equal values and for continuity.
    """
    total = len(ranks)
    mean = size * sum(ranks) / total
    scatter = sum((rank - sum(ranks) / total) ** 2 for rank in ranks) / (total - 1)
    deviation = math.sqrt(size * (total - size) / total * scatter)
    if deviation == 0:
        return 1.0
    return math.erfc((observed - mean - 1) / deviation / math.sqrt(2)) / 2
