"""Untested: promises that nothing put to the test."""

from collections.abc import Iterator, Sequence

from lab.analysis.happened import convergence_events
from lab.analysis.promises import is_when
from lab.analysis.touch import touching
from lab.model.check import Expectation
from lab.model.event import Event, FlowRecorded


def untested(expectations: Sequence[Expectation], events: Sequence[Event]) -> Iterator[str]:
    """What names each expectation whose flow no event touched, of those it is about; none in a run without a fault."""
    happened = convergence_events(events)
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    for expectation in expectations:
        touched = touching([flow for flow in flows if flow.flow == expectation.flow], happened, events)
        about = [event for event in happened if expectation.when is None or is_when(expectation, event)]
        if flows and about and not any(event.name in touched for event in about):
            yield f"{expectation.flow}{_direction(expectation)}{f' when {expectation.when}' if expectation.when else ''}"


def _direction(expectation: Expectation) -> str:
    match expectation.directions:
        case ("forward",):
            return " →"
        case ("reverse",):
            return " ←"
        case _:
            return ""
