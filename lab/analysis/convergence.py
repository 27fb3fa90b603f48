"""Convergence: how long a flow takes from the beginning or the end of a fault to the first packet that arrives, divided into phases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lab.analysis.frr_share import cleared_and_held, held
from lab.analysis.happened import convergence_events
from lab.analysis.losses import longest_loss
from lab.analysis.outcome import last_path
from lab.analysis.spans import Span, spans
from lab.model.event import CheckStarted, Event, FlowRecorded, LossRun, Noticed
from lab.model.evidence import Convergence, TimelineEvent
from lab.model.outcome import FlowOutcome

STAMP_SECONDS = 0.002
"""A packet may get through this long before the time stamp of its new route, because the program that stamps routes must wake up first."""

_NOTICES = ("link", "bfd", "bgp", "ike", "automation")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """What happens to one direction of a flow after a change. A change is the beginning or the end of a fault.

    - `changed`: the instant of the change.
    - `until`: the instant at which packets arrive again. If they do not: the end of the event.
    - `through`: the same instant, but None if packets do not arrive again, or if none was lost.
    - `has_moved`: the packets arrive again, or arrive on another path, before the event ends.
    - `noticing`: the routers that could notice the change because packets of the flow reached them.
    - `routing`: all routers on the flow's old and new path. If no router in `noticing` noticed the change, these count: packets do not
      reach a circuit that comes back.
    """

    changed: float
    until: float
    through: float | None
    has_moved: bool
    noticing: frozenset[str]
    routing: frozenset[str]


def with_convergence(outcomes: Sequence[FlowOutcome], events: Sequence[Event]) -> tuple[FlowOutcome, ...]:
    """The same outcomes, each with its convergence. It is None for a whole phase, or if nothing was lost and no path changed."""
    flows = {(event.flow, event.direction): event for event in events if isinstance(event, FlowRecorded)}
    happened = convergence_events(events)
    converged = []
    for outcome in outcomes:
        flow = flows[outcome.flow, outcome.direction]
        span = next(span for span in spans(flow, happened) if span.is_of(outcome))
        passage = _passage(outcome, span, flow, events) if span.event else None
        converged.append(replace(outcome, convergence=_convergence(passage, flow, events)) if passage else outcome)
    return tuple(converged)


def _convergence(passage: _Passage, flow: FlowRecorded, events: Sequence[Event]) -> Convergence:
    told = [event.event for event in events if isinstance(event, Noticed)]
    told = sorted((each for each in told if passage.changed <= each.at <= passage.until + STAMP_SECONDS), key=lambda each: each.at)
    routes = [each.at for each in told if each.node in passage.routing and _leads_to(each, flow)]
    at_latest = routes[0] if routes else passage.until
    notices = _notices(told, passage.noticing, at_latest) or _notices(told, passage.routing, at_latest)
    noticed = notices[0] if notices else None
    begin = noticed.at if noticed else passage.changed
    control = routes[0] - begin if routes else None
    fib = routes[-1] - routes[0] if routes and passage.has_moved else None
    hurried = routes[0] - (notices[-1].at if notices else begin) if routes else 0.0  # before that, routers wait for each other
    return Convergence(
        event_at=passage.changed,
        noticed=noticed,
        detection_seconds=noticed.at - passage.changed if noticed else None,
        control_plane_seconds=control,
        fib_seconds=fib,
        data_plane_seconds=None if passage.through is None else max(passage.through - (routes[-1] if routes else begin), 0.0),
        frr_control_plane_seconds=cleared_and_held(hurried, len(passage.routing)),
        frr_fib_seconds=held(fib or 0.0, len(passage.routing)),
    )


def _notices(told: Sequence[TimelineEvent], by: frozenset[str], at_latest: float) -> list[TimelineEvent]:
    return [each for each in told if each.source in _NOTICES and each.node in by and each.at <= at_latest]


def _passage(outcome: FlowOutcome, span: Span, flow: FlowRecorded, events: Sequence[Event]) -> _Passage | None:
    """What happened to one direction of a flow in one event. None if nothing was lost and no path changed.

    It ends with the longest loss of packets, or if nothing was lost, with the first packet on another path.
    """
    begins = [event.at[0] for event in convergence_events(events)]
    changed = span.event.at[0] if span.event else begins[0]
    end = next((begin for begin in begins if begin > changed), flow.ended)
    before = last_path(flow, 0, span.first)
    loss = longest_loss(flow, span)
    moved = _first_seen(flow, outcome.path, changed) if outcome.path not in {before, ()} else None
    if loss is None and moved is None:
        return None
    back = loss.arrived_after if loss else moved
    has_moved = back is not None and back <= end + STAMP_SECONDS
    paths = frozenset(before) | frozenset(outcome.path)
    routers = next((frozenset(event.routers) for event in events if isinstance(event, CheckStarted)), frozenset()) or paths
    return _Passage(
        changed=changed,
        until=back if back is not None and has_moved else end,
        through=back if loss and has_moved else None,
        has_moved=has_moved,
        noticing=_reached(flow, loss) & routers or paths & routers,
        routing=paths & routers,
    )


def _first_seen(flow: FlowRecorded, path: tuple[str, ...], begin: float) -> float | None:
    """When the first sampled packet that arrived on this path was sent, at `begin` or later. None if there is no such packet."""
    return next((run.first_sent for run in flow.paths if run.delivered and run.path == path and run.first_sent >= begin), None)


def _reached(flow: FlowRecorded, loss: LossRun | None) -> frozenset[str]:
    """The nodes that lost packets passed before they were lost. Known from samples of these packets."""
    if loss is None:
        return frozenset()
    last = loss.first_seq + loss.count - 1
    lost = (run.path for run in flow.paths if not run.delivered and run.first_seq <= last and run.last_seq >= loss.first_seq)
    return frozenset(node for path in lost for node in path)


def _leads_to(event: TimelineEvent, flow: FlowRecorded) -> bool:
    """Whether the event is a change of a route to the flow's destination."""
    return event.source == "route" and event.prefix is not None and (flow.destination is None or flow.destination in event.prefix)
