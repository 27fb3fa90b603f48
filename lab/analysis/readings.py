"""Measure the longest loss of a phase in three ways: from the packets sent, from the packets received, and from events.

A loss has a cause where it begins, and one where it ends: a fault began or ended, or a link, a session, a tunnel or a route of the flow
changed. If there is no such event, the host lost the packets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lab.analysis.convergence import STAMP_SECONDS
from lab.analysis.happened import convergence_events
from lab.analysis.losses import longest_loss_begun
from lab.analysis.spans import Span, spans
from lab.model.event import Event, FaultEnded, FaultStarted, FlowRecorded, LossRun, Noticed
from lab.model.evidence import Readings, TimelineEvent
from lab.model.outcome import FlowOutcome

EDGE_SECONDS = 0.005
"""The begin or end of a loss may be this far from its cause, plus the time between two packets: packets pass a dozen nodes and wait for
processors.
"""

WIDE_SECONDS = 0.25
"""If a call took longer than this for each part that it breaks, its beginning and its end count as two instants."""

QUEUED_SECONDS = 0.5
"""The longest time that a queue holds a packet before it counts as lost. Rate limits and delays make arrivals less exact by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    """An event that may begin or end a loss of packets. It happened between the instants `first` and `last`."""

    first: float
    last: float

    def nearest(self, instant: float) -> float:
        """The instant between `first` and `last` that is nearest to `instant`."""
        return min(max(instant, self.first), self.last)


def with_readings(outcomes: Sequence[FlowOutcome], events: Sequence[Event]) -> tuple[FlowOutcome, ...]:
    """The same outcomes. Each has the three measurements of the longest loss that began in it.

    The measurements are None if no loss began in the outcome, if the loss never ended, and for a whole phase of several events.
    """
    flows = {(event.flow, event.direction): event for event in events if isinstance(event, FlowRecorded)}
    happened = convergence_events(events)
    read = []
    for outcome in outcomes:
        flow = flows[outcome.flow, outcome.direction]
        span = next(span for span in spans(flow, happened) if span.is_of(outcome))
        is_whole = bool(happened) and span.event is None
        read.append(outcome if is_whole else replace(outcome, readings=_readings(span, flow, events)))
    return tuple(read)


def _readings(span: Span, flow: FlowRecorded, events: Sequence[Event]) -> Readings | None:
    loss = longest_loss_begun(flow, span)
    if loss is None or loss.arrived_before is None or loss.arrived_after is None:
        return None
    interval = 1 / flow.rate_pps
    by_chance = _is_by_chance(loss, flow, events)
    by_events = None if by_chance else _by_events(loss, tuple(_causes(flow, events)), EDGE_SECONDS + interval)
    return Readings(
        loss_seconds=loss.last_sent - loss.first_sent + interval,
        gap_seconds=loss.arrived_after - loss.arrived_before - interval,
        event_seconds=by_events,
        tolerance_seconds=EDGE_SECONDS + 2 * interval + (QUEUED_SECONDS if by_chance else 0.0),
        is_explained=by_chance or by_events is not None,
    )


def _is_by_chance(loss: LossRun, flow: FlowRecorded, events: Sequence[Event]) -> bool:
    """Whether a fault was in force that drops the flow's packets at random, or because a queue is full.

    No event marks where such a loss begins or ends.
    """
    ended = {event.step: event.after for event in events if isinstance(event, FaultEnded)}
    return any(
        event.before - EDGE_SECONDS <= loss.last_sent and loss.first_sent <= ended.get(event.step, loss.first_sent) + QUEUED_SECONDS
        for event in events
        if isinstance(event, FaultStarted) and not _hops(flow).isdisjoint(event.by_chance)
    )


def _hops(flow: FlowRecorded) -> frozenset[tuple[str, str]]:
    """The hops that packets of the flow took. Each is a pair of nodes. A tunnel is one hop."""
    return frozenset(hop for run in flow.paths for hop in pairwise(run.path))


def _passed(flow: FlowRecorded) -> frozenset[str]:
    return frozenset(node for run in flow.paths for node in run.path)


def _by_events(loss: LossRun, causes: Sequence[_Cause], within: float) -> float | None:
    begin, end = _nearest(loss.first_sent, causes, within), _nearest(loss.last_sent, causes, within)
    return None if begin is None or end is None else end - begin


def _nearest(instant: float, causes: Sequence[_Cause], within: float) -> float | None:
    nearest = min((cause.nearest(instant) for cause in causes), key=lambda each: abs(each - instant), default=None)
    return nearest if nearest is not None and abs(nearest - instant) <= within else None


def _parts(fault: FaultStarted) -> int:
    """How many nodes, links and tunnels the fault breaks, one after another. At least 1."""
    return max(1, len(fault.breaks.nodes) + len(fault.breaks.links) + len(fault.breaks.tunnels))


def _causes(flow: FlowRecorded, events: Sequence[Event]) -> Iterator[_Cause]:
    """Every event that may begin or end a loss of the flow: faults, and changes at the nodes that packets of the flow pass."""
    nodes = _passed(flow)
    parts = {event.step: _parts(event) for event in events if isinstance(event, FaultStarted)}
    for event in events:
        match event:
            case FaultStarted() | FaultEnded() if event.after - event.before > WIDE_SECONDS * parts.get(event.step, 1):
                yield from (_Cause(first=instant, last=instant) for instant in (event.before, event.after))
            case FaultStarted() | FaultEnded():
                yield _Cause(first=event.before, last=event.after)
            case Noticed() if event.event.node in nodes and _may_matter(event.event, flow):
                yield _Cause(first=event.event.at - STAMP_SECONDS, last=event.event.at)
            case _:
                continue


def _may_matter(event: TimelineEvent, flow: FlowRecorded) -> bool:
    return event.source != "route" or event.prefix is None or flow.destination is None or flow.destination in event.prefix
