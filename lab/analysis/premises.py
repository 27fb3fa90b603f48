"""Find out whether a check could prove anything: whether the flows began on the promised paths, and whether a fault touched a flow."""

from collections.abc import Iterator, Sequence

from lab.analysis.happened import convergence_events
from lab.analysis.outcome import path_before
from lab.analysis.touch import touching
from lab.analysis.trust import in_a_line
from lab.analysis.ways import arrowed, passes_any
from lab.model.check import Check
from lab.model.event import Event, FlowRecorded
from lab.model.outcome import Breach
from lab.model.plan import Plan


def unmet(check: Check, plan: Plan, events: Sequence[Event]) -> Iterator[str]:
    """Reasons why a check with faults proves nothing, although its measurement can be trusted."""
    if not check.steps:
        return
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    yield from map(in_a_line, astray_before(check, plan, flows))
    may_miss = check.touches_nothing or check.origin == "sweep"  # a sweep cannot choose the one of several equal paths that a flow takes
    if not may_miss and not touched_flows(events):
        yield (
            "the faults touched no flow: no flow passed what the faults broke, lost a packet or changed its path "
            "(choose another target; of equal paths, break each in turn; or write touches: nothing if this is intended)"
        )


def astray_before(check: Check, plan: Plan, flows: Sequence[FlowRecorded]) -> Iterator[Breach]:
    """A broken promise for each direction of a flow that was not on its promised path before the faults."""
    for expectation in check.expectations:
        for flow in flows:
            if expectation.before and flow.flow == expectation.flow and flow.direction in expectation.directions:
                path = path_before(flow)
                if not passes_any(path, plan, expectation.before):
                    words = f"before any fault went {arrowed(path)}, expected via {' or '.join(expectation.before)}"
                    yield Breach(what="before", flow=flow.flow, direction=flow.direction, words=words)


def touched_flows(events: Sequence[Event]) -> tuple[str, ...]:
    """The names of the flows that at least one event touched (see `touch`)."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    happened = convergence_events(events)
    names = dict.fromkeys(flow.flow for flow in flows)
    return tuple(name for name in names if touching([flow for flow in flows if flow.flow == name], happened, events))
