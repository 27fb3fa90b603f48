"""Worse: whether outages are longer than in a baseline, by rules that a noisy machine does not trip and that need no assumption on noise.

What there is to judge. A run compares hundreds of outages at once, each a handful of readings. They are no bell curves: they come in
classes (0; 50 ms steps of a router's pacing; 0.6-0.9 s of BFD; a hold time), are spread evenly within one (a fault falls somewhere between
two keepalives), and have rare outliers upwards. So means and deviations say little; medians, ranks and extremes say what there is to say.

Worse is what passes both of

- a margin of practice: the median rose by more than 25 % and more than 100 ms. What is less, nobody's traffic notices, however sure it is;
- certainty, by either of
  - a rank test, exact for small numbers (`ranks`), at a level that holds for the whole run: at most one run in twenty may name anything
    if nothing changed. The level is divided among comparisons, but only among those that could reach it at all (Tarone 1990): most
    flows lose nothing in all trials, and 5 against 5 readings can never be less probable than 1 in 252. A plain Bonferroni or Holm
    correction over 360 comparisons would let no repetition below 8 ever find anything;
  - where readings are too few for any test, a bound beyond what chance explains: even the least reading now is above the greatest of
    the baseline × 1.6 + 400 ms. BFD (3 intervals), BGP and DPD find a loss after 2/3 to all of their time, as the fault falls: a factor
    of 1.5 without any change; the rest is what hosts add. So a change of class (link down → BFD → hold time) is found with a single
    trial. A flow that was cut off comes back when BGP tries to connect again, anew each second and sometimes in vain (0.1-1.5 s were
    measured): 2 s more.

More trials give a sharper answer: with 1 only a change of class is told, with 8 or more anything beyond the margin. A test simulates runs
of 360 comparisons without any change, one reading in twenty an outlier: with 1 trial a side 3 % of them name something, with more 1 %.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Literal

from lab.analysis.ranks import least_probability, probability

LEVEL = 0.05
"""The greatest share of runs without any change in which the rank test may name anything."""

MARGIN_SHARE = 0.25
MARGIN_SECONDS = 0.1
"""By how much a median must have risen to matter; a hundred times what a probe resolves."""

PHASE_FACTOR = 1.6
HOST_SECONDS = 0.4
RECONNECT_SECONDS = 2.0
"""How far above the greatest reading chance alone may bring one: by the phase of a timer, by a busy host, by a session that comes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The outages of one direction of a flow in one phase, then and now: seconds, at least one each; `reconnects` if cut off before."""

    baseline: tuple[float, ...]
    now: tuple[float, ...]
    reconnects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`unsure`: worse if this were the only comparison, but not among so many. `probability` is None where no test but a bound told."""

    what: Literal["worse", "unsure", "same"]
    probability: float | None = None


def judgements(pairs: Sequence[Pair]) -> tuple[Judgement, ...]:
    """One a pair; they are judged together, since the level is that of all."""
    level = LEVEL / _shares([least_probability(pair.baseline, pair.now) for pair in pairs])
    return tuple(_judgement(pair, level) for pair in pairs)


def _shares(least: Sequence[float]) -> int:
    """Among how many comparisons the level is divided: the least number that is no less than the comparisons which could reach a level
    divided by it (Tarone, Biometrics 46, 1990)."""
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
