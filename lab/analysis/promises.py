"""Promises: what a check promises a direction of a flow in an event or a phase."""

from collections.abc import Sequence

from lab.analysis.happened import peaks
from lab.model.check import Direction, Expectation, Phase, Promise
from lab.model.outcome import ConvergenceEvent, FlowOutcome


def is_spoken_of(expectations: Sequence[Expectation], flow: str, direction: Direction) -> bool:
    """Whether a check says anything about a direction of a flow."""
    return any(each.flow == flow and direction in each.directions for each in expectations)


def of_phase(expectations: Sequence[Expectation], flow: str, direction: Direction, phase: Phase) -> Promise | None:
    """What is promised for the whole of a phase."""
    matching = (each for each in expectations if each.flow == flow and direction in each.directions)
    promises = (each.during if phase == "during" else each.after for each in matching)
    return next((promise for promise in promises if promise is not None), None)


def of_event(expectations: Sequence[Expectation], flow: str, direction: Direction, event: ConvergenceEvent) -> Promise | None:
    """What is promised for one event by its name."""
    matching = (each for each in expectations if each.flow == flow and direction in each.directions and is_when(each, event))
    return next((each.then for each in matching), None)


def is_when(expectation: Expectation, event: ConvergenceEvent) -> bool:
    """Whether an expectation names the event."""
    when = expectation.when
    return when is not None and when.step in (event.begins if when.turn == "begins" else event.ends)


def is_whole_phase(outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> bool:
    """Whether an outcome is about all of its phase: how long a flow may be out in a phase is asked of these."""
    return outcome.event is None or [event.name for event in happened if event.phase == outcome.phase] == [outcome.event]


def is_at_worst(outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> bool:
    """Whether an outcome ends when most of its phase's faults are in force: by which path a flow goes in a phase is asked of these."""
    if outcome.event is None:
        return not happened
    return is_whole_phase(outcome, happened) or outcome.event in {event.name for event in peaks(happened)}


def promised(expectations: Sequence[Expectation], outcome: FlowOutcome, happened: Sequence[ConvergenceEvent]) -> Promise | None:
    """What an outcome is shown beside: the promise for its event by name, else for its phase if it is all of it."""
    named = next((event for event in happened if event.name == outcome.event), None)
    by_name = of_event(expectations, outcome.flow, outcome.direction, named) if named else None
    if by_name or not is_whole_phase(outcome, happened):
        return by_name
    return of_phase(expectations, outcome.flow, outcome.direction, outcome.phase)
