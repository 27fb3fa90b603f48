"""Decide whether outages are longer than in a baseline. The rules assume nothing about noise, and a noisy host does not trigger them.

The data. A run compares hundreds of outages at once, and each has only a few trials. Outages are not normally distributed:
- They come in classes: 0; steps of 50 ms by a router's waiting times; 0.6-0.9 s by BFD; a hold time.
- They are spread evenly within a class, because a fault comes at any time between two keepalives.
- A few are much longer.

So means and deviations say little. Medians, ranks and extremes say more.

The rule. An outage is worse if both are true:
1. Margin: the median rose by more than 25 % and more than 100 ms. Traffic does not notice less.
2. Certainty, by one of two:
   - A rank test, exact for small numbers (`ranks`). Its level is that of the whole run: without any change, at most one run in twenty may
     be called worse. The level is divided only among comparisons that could reach it at all (Tarone 1990). Most flows lose nothing in all
     trials, and 5 against 5 trials can never be less probable than 1 in 252. With a plain Bonferroni or Holm correction over 360
     comparisons, fewer than 8 trials could never find anything.
   - A bound, if there are too few trials for a test: even the least outage now is longer than 1.6 × the greatest of the baseline + 400 ms.
     BFD (3 intervals), BGP and DPD find a loss after 2/3 to all of their time, so the time of the fault alone explains a factor of 1.5. The
     rest is the host's share. So one trial finds a change of class (link down → BFD → hold time). A flow that was cut off gets 2 s more:
     BGP connects again each second, sometimes without success (0.1-1.5 s were measured).

With 1 trial only a change of class is found, with 8 or more anything beyond the margin. A test simulates runs of 360 comparisons without
any change and with one much longer outage in twenty: with 1 trial on each side 3 % of the runs are called worse, with more trials 1 %.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Literal

from lab.analysis.ranks import least_probability, probability

LEVEL = 0.05
"""At most this share of runs without any change may be called worse by the rank test."""

MARGIN_SHARE = 0.25
MARGIN_SECONDS = 0.1
"""A median must rise by at least this much. It is a hundred times the time between two probes."""

PHASE_FACTOR = 1.6
HOST_SECONDS = 0.4
RECONNECT_SECONDS = 2.0
"""A flow that was cut off may be out for this much longer by chance: timers, a busy host, a session that connects again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The outages of one direction of a flow in one phase or event, in the baseline and in this run. In seconds, at least one in each.

    `reconnects`: the flow was cut off before this phase or event.
    """

    baseline: tuple[float, ...]
    now: tuple[float, ...]
    reconnects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether an outage is longer than in the baseline. `unsure`: it would be worse if it were the only comparison.

    `probability`: the result of the rank test. None if there was no such test, or if the bound decided.
    """

    what: Literal["worse", "unsure", "same"]
    probability: float | None = None


def judgements(pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
    """One result for each pair. All pairs are judged together, because the significance level is that of the whole run."""
    level = LEVEL / _shares([least_probability(pair.baseline, pair.now) for pair in pairs])
    return tuple(_judgement(pair, level) for pair in pairs)


def _shares(least: Sequence[float]) -> int:
    """Among how many comparisons the significance level of the run is divided (Tarone, Biometrics 46, 1990).

    This is the lowest number n for which at most n comparisons could reach the level divided by n.
    """
    ordered = sorted(least)
    return next(number for number in count(1) if bisect_right(ordered, LEVEL / number) <= number)


def _judgement(pair: Pair, level: float) -> Judgement:
    before = median(pair.baseline)
    if median(pair.now) - before <= max(MARGIN_SHARE * before, MARGIN_SECONDS):
        return Judgement(what="same")
    chance = probability(pair.baseline, pair.now)
    if chance <= level:
        return Judgement(what="worse", probability=chance)
    explained = max(pair.baseline) * PHASE_FACTOR + HOST_SECONDS + (RECONNECT_SECONDS if pair.reconnects else 0.0)
    if min(pair.now) > explained:
        return Judgement(what="worse")
    return Judgement(what="unsure", probability=chance) if chance <= LEVEL else Judgement(what="same")
