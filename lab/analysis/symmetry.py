"""Find out whether both directions of a flow pass the same edge routers of its sites."""

from collections.abc import Iterator, Sequence

from lab.analysis.promises import is_whole_phase
from lab.analysis.ways import edges_of
from lab.model.check import Expectation
from lab.model.direction import DIRECTIONS
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome
from lab.model.plan import Plan


def asymmetries(
    expectations: Sequence[Expectation], plan: Plan, outcomes: Sequence[FlowOutcome], happened: Sequence[ConvergenceEvent]
) -> Iterator[Breach]:
    """A broken promise for each moment at which a flow was not symmetric, although the check promises that it is.

    The moments are: before the faults, and the end of each event in which packets arrived in both directions.
    """
    for flow in dict.fromkeys(each.flow for each in expectations if each.symmetric):
        own = [outcome for outcome in outcomes if outcome.flow == flow and (outcome.event or not happened)]
        forward, reverse = ([outcome for outcome in own if outcome.direction == direction] for direction in DIRECTIONS)
        for out, back in list(zip(forward, reverse, strict=False))[:1]:
            if words := _words(out.path_before, back.path_before, plan):
                yield Breach(what="symmetric", flow=flow, direction="forward", words=f"before any fault {words}")
        for out, back in zip(forward, reverse, strict=False):
            if happened and (words := _words(out.path, back.path, plan)):
                event = None if is_whole_phase(out, happened) else out.event
                yield Breach(what="symmetric", flow=flow, direction="forward", phase=out.phase, event=event, words=f"in the end {words}")


def _words(forward: tuple[str, ...], reverse: tuple[str, ...], plan: Plan) -> str | None:
    """How the two directions of a flow differ, in words. None if they pass the same edge routers, or if the path of one is not known."""
    there, back = edges_of(forward, plan), edges_of(reverse, plan)
    if not forward or not reverse or there == back:
        return None
    return f"it went out through {_listed(there)} and back through {_listed(back)}, but symmetric was promised"


def _listed(edges: frozenset[str]) -> str:
    return ", ".join(sorted(edges)) or "no edge"
