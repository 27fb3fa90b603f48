"""A promise and the measured value in a few words, for one line."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lab.model.check import Expectation
from lab.model.outcome import FlowOutcome, Status, Verdict
from lab.views.counted import counted

KEPT, BROKEN, UNKNOWN = "✓", "✗", "?"
UNTOUCHED = "untouched: proves nothing"


def untested_words(number: int) -> str:
    """How many promises were not tested, in words. "" for none."""
    return f"{counted(number, 'promise')} not tested" if number else ""


def measured_words(outcome: FlowOutcome) -> Iterator[str]:
    """What happened to one direction of a flow, in several parts. Each part also says whether its promise was kept."""
    broken = {breach.what for breach in outcome.breaches}
    promised = outcome.promised
    if not outcome.reachable:
        yield f"cut off{_of_cut(outcome, broken)}"
    elif "reachable" in broken:
        yield f"not cut off {BROKEN}"
    if outage := _outage(outcome):
        yield outage + (f" {BROKEN}" if {"outage", "loss"} & broken else "")
    if outcome.is_swept and outcome.reachable and outcome.path != outcome.path_before:
        yield f"path {_mark(is_broken='path' in broken, is_judged=outcome.is_judged)}"
    if promised and promised.via and outcome.reachable:
        yield f"via {' or '.join(promised.via)} {_mark(is_broken='path' in broken, is_judged=outcome.is_judged)}"
    elif outcome.phase == "after" and outcome.reachable:
        yield f"returned {_mark(is_broken='return' in broken, is_judged=outcome.is_judged)}"


def _of_cut(outcome: FlowOutcome, broken: AbstractSet[str]) -> str:
    """Whether it was promised that the flow is cut off, in words. "" if nothing was promised about that."""
    if {"reachable", "return"} & broken:
        return f" {BROKEN}"
    word = "predicted" if outcome.is_swept else "promised"
    return f" as {word} {KEPT}" if outcome.is_judged and outcome.promised and not outcome.promised.reachable else ""


def premise_words(expectation: Expectation, verdict: Verdict) -> Iterator[str]:
    """What was promised about a flow before any fault: its first path, and the same edge routers in both directions."""
    is_judged = verdict.status is not Status.ERROR
    broken = {
        breach.what
        for breach in verdict.breaches
        if breach.flow == expectation.flow and breach.direction in {None, *expectation.directions}
    }
    if expectation.before:
        yield f"begins via {' or '.join(expectation.before)} {_mark(is_broken='before' in broken, is_judged=is_judged)}"
    if expectation.symmetric:
        yield f"symmetric {_mark(is_broken='symmetric' in broken, is_judged=is_judged)}"


def _mark(*, is_broken: bool, is_judged: bool) -> str:
    """The mark for a kept or a broken promise. If the check is an error: a question mark."""
    return BROKEN if is_broken else KEPT if is_judged else UNKNOWN


def _outage(outcome: FlowOutcome) -> str:
    """The outage and the promised limit, in seconds.

    "" if there is no promised limit and nothing was lost, or if the flow is cut off.
    """
    promised = outcome.promised
    if not outcome.reachable:
        return ""
    if outcome.is_swept and outcome.foreseen and outcome.foreseen.outage_seconds and promised:
        least, most = map(seconds, outcome.foreseen.outage_seconds)
        return f"{seconds(outcome.outage_seconds)} s, predicted {least} to {most} s"
    if promised is None or (promised.outage_at_most is None and promised.outage_at_least is None):
        return f"out {seconds(outcome.outage_seconds)} s" if outcome.lost else ""
    most = "" if promised.outage_at_most is None else f" of {promised.outage_at_most:g}"
    least = "" if promised.outage_at_least is None else f" (at least {promised.outage_at_least:g} s)"
    return f"{seconds(outcome.outage_seconds)}{most} s{least}"


def seconds(value: float) -> str:
    """Seconds in words, with at most three significant digits: 0, 0.004, 0.81, 20.1."""
    if value == 0:
        return "0"
    if value < 0.0995:
        return f"{value:.3f}"
    return f"{value:.2f}" if value < 9.95 else f"{value:.1f}"
