"""Surprises: what a lab did otherwise than predicted. Outages and reachability are promises of the check; the paths are compared here."""

from collections.abc import Iterator

from lab.analysis.ways import arrowed
from lab.model.check import Check
from lab.model.outcome import Breach, FlowOutcome


def surprising_ways(check: Check, outcome: FlowOutcome) -> Iterator[Breach]:
    """Paths of a direction of a flow that were not predicted, before the faults and while they last."""
    if check.foreseen is None or outcome.phase != "during":
        return
    first = check.foreseen.first_paths(outcome.flow, outcome.direction)
    if outcome.path_before not in first:
        yield Breach(what="before", words=f"began {arrowed(outcome.path_before)}, predicted {_either(first)}")
    foreseen = check.foreseen.flow(outcome.flow, outcome.direction)
    if outcome.reachable and foreseen.reachable and outcome.path not in foreseen.paths:
        because = f" ({foreseen.because})" if foreseen.because else ""
        yield Breach(what="path", words=f"went {arrowed(outcome.path)}, predicted {_either(foreseen.paths)}{because}")


def _either(paths: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join(map(arrowed, paths)) or "nothing"
