"""The timeline of a check: faults, events that monitors reported, losses and changes of path, all on one clock."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lab.model.event import Event, FaultEnded, FaultStarted, FlowRecorded, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.outcome import StepOutcome


def timeline(events: Sequence[Event]) -> tuple[TimelineEvent, ...]:
    """Everything that happened in a check, in order of time."""
    return tuple(sorted(_all(events), key=lambda event: event.at))


def steps(events: Sequence[Event]) -> tuple[StepOutcome, ...]:
    """All faults of a check, with the instants at which they began and ended."""
    ended = {event.step: (event.before, event.after) for event in events if isinstance(event, FaultEnded)}
    return tuple(
        StepOutcome(
            kind=event.kind,
            target=event.target,
            applied=(event.before, event.after),
            undone=ended.get(event.step),
            breaks=event.breaks,
        )
        for event in events
        if isinstance(event, FaultStarted)
    )


def _all(events: Sequence[Event]) -> Iterator[TimelineEvent]:
    names: dict[int, str] = {}
    for event in events:
        match event:
            case FaultStarted():
                names[event.step] = f"{event.kind} {event.target}"
                yield TimelineEvent(at=event.before, node=event.target, source="fault", what=f"{event.kind} put in")
            case FaultEnded():
                kind, _, target = names.get(event.step, "fault ?").partition(" ")
                yield TimelineEvent(at=event.before, node=target, source="fault", what=f"{kind} taken out")
            case Noticed():
                yield event.event
            case FlowRecorded():
                yield from _felt(event)
            case _:
                continue


def _felt(flow: FlowRecorded) -> Iterator[TimelineEvent]:
    arrow = "→" if flow.direction == "forward" else "←"
    for run in flow.losses:
        if run.first_seq >= flow.zero_seq:
            yield TimelineEvent(at=run.first_sent, node=flow.flow, source="probe", what=f"{arrow} first of {run.count} packets lost")
            yield TimelineEvent(at=run.last_sent, node=flow.flow, source="probe", what=f"{arrow} last of {run.count} packets lost")
    delivered = [run for run in flow.paths if run.delivered]
    for earlier, later in pairwise(delivered):
        if earlier.path != later.path and later.first_sent >= 0:
            what = f"{arrow} seen on a new path: {' > '.join(later.path)}"
            yield TimelineEvent(at=later.first_sent, node=flow.flow, source="probe", what=what)
