"""Changes: the instants at which a check broke something or took it back, and which of them belong to a phase."""

from collections.abc import Sequence

from lab.model.check import Phase
from lab.model.event import Event, FaultEnded, FaultStarted, FlowRecorded

AT_ONCE_SECONDS = 0.05
"""Faults put in or taken out so soon after another are one change with it."""


def window(flow: FlowRecorded, phase: Phase, events: Sequence[Event]) -> tuple[float, float]:
    """From when to when a phase lasted: `during` to the instant at which the last faults were taken out, `after` from there."""
    edge = flow.ended
    ends = [event.before for event in events if isinstance(event, FaultEnded)]
    if flow.after_seq < flow.sent and ends:
        about = flow.started + (flow.ended - flow.started) * flow.after_seq / flow.sent
        edge = min(ends, key=lambda end: abs(end - about))
    return (0.0, edge) if phase == "during" else (edge, flow.ended)


def changes_within(events: Sequence[Event], begin: float, end: float) -> tuple[float, ...]:
    """When each change in [begin, end) began, in order."""
    changes: list[float] = []
    last = float("-inf")
    for at in sorted(event.before for event in events if isinstance(event, FaultStarted | FaultEnded)):
        if begin <= at < end:
            if at - last > AT_ONCE_SECONDS:
                changes.append(at)
            last = at
    return tuple(changes)
