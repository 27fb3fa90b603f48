"""Surprises: differences between what a lab does and what was predicted.

A check of a sweep promises the predicted outages, so its broken promises already are surprises. Only the paths are compared here. A check
from a file has promises of its own. For such a check, everything that was predicted is compared here.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from lab.analysis.alarms.promised import window
from lab.analysis.ways import arrowed
from lab.model.check import Check
from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome
from lab.model.prediction import AlarmPrediction, FlowPrediction

SURPRISE: Literal["surprise"] = "surprise"
"""The kind of breach for a difference from the prediction of a check from a file. It breaks no promise."""
_ROUNDED = 1e-3
"""Instants of alarms are computed in whole microseconds. So they may differ by less than this, in seconds."""
_TOLD_LATE = 1.5
"""On a busy host, the record of a lost link or session may come late by up to this, in seconds.

The latest record that we saw came 0.57 s late, with processors 100 % busy. If a prediction takes a hold time of 3 s for a detector without
delay, the difference is 1.83 s or more. So that remains a surprise.
"""


def surprises(check: Check, outcome: FlowOutcome) -> Iterator[Breach]:
    """Everything about one direction of a flow that differs from its prediction while the faults last."""
    foreseen = check.foreseen.flow(outcome.flow, outcome.direction) if check.foreseen else None
    if check.foreseen is None or foreseen is None or outcome.phase != "during":
        return
    found = [*_paths(outcome, check.foreseen.first_paths(outcome.flow, outcome.direction), foreseen)]
    if check.origin == "sweep":
        yield from found
        return
    yield from (Breach(what=SURPRISE, words=each.words) for each in (*_outages(outcome, foreseen), *found))


def alarm_surprises(check: Check, noticed: Sequence[EventNotice], happened: Sequence[ConvergenceEvent]) -> Iterator[Breach]:
    """Every alarm of CloudWatch that rings otherwise than predicted after the faults of a check have begun.

    An alarm that rings only if a sample falls into a short time may ring or stay silent, whatever is predicted.
    """
    if check.foreseen is None or check.foreseen.alarms is None or len(noticed) != 1:
        return
    begun = next(event for event in happened if event.name == noticed[0].event)
    apart = begun.at[1] - begun.at[0]  # a prediction knows one instant only
    rings = {ring.rule: ring for ring in noticed[0].rings if ring.source == "cloudwatch"}
    foreseen = {each.rule: each for each in check.foreseen.alarms}
    for rule in dict.fromkeys((*rings, *foreseen)):
        if words := _alarm(rings.get(rule), foreseen.get(rule), apart):
            yield Breach(what=SURPRISE, words=f"alarm {rule} {words}")


def _alarm(ring: Ring | None, foreseen: AlarmPrediction | None, apart: float) -> str:
    """How an alarm rings otherwise than predicted, in words. "" if it rings as predicted. `apart`: it may ring so many seconds later."""
    rings = f"rings {window(ring)} (computed)" if ring else "does not ring"
    if foreseen is None:
        return f"{rings}, not predicted" if ring and ring.is_certain else ""
    if not foreseen.is_certain:
        return ""
    (earliest, latest), (low, high) = foreseen.tolerated, foreseen.after
    if ring and ring.after[0] - earliest > -_ROUNDED and ring.after[1] - latest - apart < _TOLD_LATE:
        return ""
    return f"{rings}, predicted after {low:.0f} to {high:.0f} s"


def _paths(outcome: FlowOutcome, first: tuple[tuple[str, ...], ...], foreseen: FlowPrediction) -> Iterator[Breach]:
    if outcome.path_before not in first:
        yield Breach(what="before", words=f"began {arrowed(outcome.path_before)}, predicted {_either(first)}")
    if outcome.reachable and foreseen.reachable and outcome.path not in foreseen.paths:
        yield Breach(what="path", words=f"went {arrowed(outcome.path)}, predicted {_either(foreseen.paths)}{_because(foreseen)}")


def _outages(outcome: FlowOutcome, foreseen: FlowPrediction) -> Iterator[Breach]:
    words = ("unreachable", "reachable")
    if outcome.reachable != (foreseen.tolerated is not None):
        yield Breach(what="reachable", words=f"{words[outcome.reachable]}, predicted {words[not outcome.reachable]}{_because(foreseen)}")
    elif foreseen.tolerated and foreseen.outage_seconds:
        least, most = foreseen.tolerated
        if not least <= outcome.outage_seconds <= most:
            low, high = foreseen.outage_seconds
            yield Breach(
                what="outage",
                words=f"out for {outcome.outage_seconds:.3f} s, predicted {low:.3f} to {high:.3f} s"
                f"{f', noticed by {foreseen.noticed_by}' if foreseen.noticed_by else ''}",
            )


def _because(foreseen: FlowPrediction) -> str:
    return f" ({foreseen.because})" if foreseen.because else ""


def _either(paths: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join(map(arrowed, paths)) or "nothing"
