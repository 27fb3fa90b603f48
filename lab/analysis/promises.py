"""Find what a check promises for one direction of a flow in an event or a phase."""

from collections.abc import Sequence

from lab.analysis.happened import peaks
from lab.model.check import Expectation, Phase, Promise
from lab.model.direction import Direction
from lab.model.outcome import ConvergenceEvent, FlowOutcome


def is_spoken_of(expectations: Sequence[Expectation], flow: str, direction: Direction) -> bool:
    """Whether a check promises anything for one direction of a flow after the faults have begun. So `before` does not count."""
    return any(
        each.flow == flow and direction in each.directions and (each.during or each.after or each.then) is not None for each in expectations
    )


def of_phase(expectations: Sequence[Expectation], flow: str, direction: Direction, phase: Phase) -> Promise | None:
    """The promise for a whole phase. None if the check makes none."""
    matching = (each for each in expectations if each.flow == flow and direction in each.directions)
    promises = (each.during if phase == "during" else each.after for each in matching)
    return next((promise for promise in promises if promise is not None), None)


def of_event(expectations: Sequence[Expectation], flow: str, direction: Direction, event: ConvergenceEvent) -> tuple[Promise, ...]:
    """The promises for one event, found by the name of the event. An event has a name for each fault that begins or ends at its instant."""
    matching = (each for each in expectations if each.flow == flow and direction in each.directions and is_when(each, event))
    return tuple(each.then for each in matching if each.then)


def is_when(expectation: Expectation, event: ConvergenceEvent) -> bool:
    """Whether an expectation is about this event by its name."""
    when = expectation.when
    return when is not None and when.step in (event.begins if when.turn == "begins" else event.ends)


def is_whole_phase(outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> bool:
    """Whether an outcome is about a whole phase. A promised outage for a phase is compared with such outcomes."""
    return outcome.event is None or [event.name for event in happened if event.phase == outcome.phase] == [outcome.event]


def is_at_worst(outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> bool:
    """Whether an outcome is about an event at which the most faults of its phase are in force.

    A promised path for a phase is compared with the paths of such outcomes.
    """
    if outcome.event is None:
        return not happened
    return is_whole_phase(outcome, happened) or outcome.event in {event.name for event in peaks(happened)}


def promised(expectations: Sequence[Expectation], outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> Promise | None:
    """The promise that a report shows beside an outcome.

    It is made of all promises for the event of the outcome and, if the outcome is about a whole phase, of the promise for the phase.
    """
    named = next((event for event in happened if event.name == outcome.event), None)
    by_name = of_event(expectations, outcome.flow, outcome.direction, named) if named else ()
    of_its_phase = of_phase(expectations, outcome.flow, outcome.direction, outcome.phase)
    return _strictest((*by_name, of_its_phase) if of_its_phase and is_whole_phase(outcome, happened) else by_name)


def _strictest(promises: Sequence[Promise]) -> Promise | None:
    """One promise that is as strict as all of these together.

    Its `via` comes from the first promise that has one. None if there are none.
    """
    if not promises:
        return None
    return Promise(
        outage_at_most=min((each.outage_at_most for each in promises if each.outage_at_most is not None), default=None),
        outage_at_least=max((each.outage_at_least for each in promises if each.outage_at_least is not None), default=None),
        via=next((each.via for each in promises if each.via), ()),
        reachable=all(each.reachable for each in promises),
    )
