"""Find promises that were not tested: no fault touched their flow, so a kept promise proves nothing."""

from collections.abc import Iterator, Sequence

from lab.analysis.happened import convergence_events
from lab.analysis.promises import is_when
from lab.analysis.touch import touching
from lab.model.check import Expectation
from lab.model.event import CheckStarted, Event, FlowRecorded
from lab.model.outcome import ConvergenceEvent


def untested(events: Sequence[Event]) -> Iterator[str]:
    """The name of each expectation of a check that was not tested: none of the events that it is about touched its flow.

    No name for a run without a fault, or for a check with `touches: nothing`.
    """
    started = next((event for event in events if isinstance(event, CheckStarted)), None)
    happened = convergence_events(events)
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    for expectation in started.expectations if started and flows and not started.touches_nothing else ():
        touched = touching([flow for flow in flows if flow.flow == expectation.flow], happened, events)
        about = [event for event in happened if _is_about(expectation, event)]
        if about and not any(event.name in touched for event in about):
            yield f"{expectation.flow}{_direction(expectation)}{f' when {expectation.when}' if expectation.when else ''}"


def _is_about(expectation: Expectation, event: ConvergenceEvent) -> bool:
    """Whether an expectation makes a promise for the event, by the event's name or by its phase.

    The promises `before` and `symmetric` do not count here, because they are also compared before any fault.
    """
    of_its_phase = expectation.during if event.phase == "during" else expectation.after
    return of_its_phase is not None or is_when(expectation, event)


def _direction(expectation: Expectation) -> str:
    match expectation.directions:
        case ("forward",):
            return " →"
        case ("reverse",):
            return " ←"
        case _:
            return ""
