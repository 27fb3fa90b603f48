"""Find the events that touched a flow. If no event touched a flow, the promises for the flow were not tested."""

from collections.abc import Sequence

from lab.analysis.losses import lost_within
from lab.analysis.outcome import last_path
from lab.analysis.spans import Span, spans
from lab.model.event import Event, FaultStarted, FlowRecorded
from lab.model.outcome import ConvergenceEvent


def touching(ways: Sequence[FlowRecorded], happened: Sequence[ConvergenceEvent], events: Sequence[Event]) -> frozenset[str]:
    """The names of the events that touched a flow. `ways` are the recordings of its two directions.

    An event touched the flow if at least one direction passed what a fault of the event breaks, lost a packet, or changed its path.
    """
    crossed = {
        event.step
        for event in events
        if isinstance(event, FaultStarted) and any(event.breaks.is_crossed_by(_path_when(event, way), way.destination) for way in ways)
    }
    each = [(way, span) for way in ways for span in spans(way, happened) if span.event]
    felt = {span.event.name for way, span in each if span.event and _felt(way, span)}
    return frozenset(felt | {event.name for event in happened if crossed & {*event.begun, *event.ended}})


def _path_when(fault: FaultStarted, way: FlowRecorded) -> tuple[str, ...]:
    """The path of a flow when a fault began. () if no packet arrived."""
    return last_path(way, 0, way.felt[fault.event]) if fault.event < len(way.felt) else ()


def _felt(way: FlowRecorded, span: Span) -> bool:
    before = last_path(way, 0, span.first)
    moved = any(run.delivered and run.path != before for run in way.paths if run.first_seq < span.last and run.last_seq >= span.first)
    return moved or any(lost_within(run, span.first, span.last) for run in way.losses)
