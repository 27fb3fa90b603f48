"""Surprises: differences between what a lab does and what was predicted.

A check of a sweep promises the predicted outages, so its broken promises already are surprises. Only the paths are compared here. A check
from a file has promises of its own. For such a check, everything that was predicted is compared here.
"""

from collections.abc import Iterator
from typing import Literal

from lab.analysis.ways import arrowed
from lab.model.check import Check
from lab.model.outcome import Breach, FlowOutcome
from lab.model.prediction import FlowPrediction

SURPRISE: Literal["surprise"] = "surprise"
"""The kind of breach for a difference from the prediction of a check from a file. It breaks no promise."""


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
