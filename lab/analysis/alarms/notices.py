"""Who noticed each event of a check: a router, an alarm of CloudWatch or Prometheus, or nobody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from lab.analysis.alarms.metrics import series
from lab.analysis.alarms.ringing import Interval, Watched, interval
from lab.analysis.happened import convergence_events
from lab.analysis.outcome import outcomes
from lab.model.alarm import Alarm
from lab.model.broken import Broken
from lab.model.event import Event, FaultStarted, FlowRecorded, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.noticed import EventNotice, InCheck, Ring
from lab.model.outcome import ConvergenceEvent
from lab.model.plan import CUSTOMER_ROLES, GATEWAY_ROLES, Plan, Role

_AWS = frozenset({Role.VPN_ENDPOINT, Role.DX_DEVICE, Role.VPC_ROUTER}) | GATEWAY_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The time from the beginning of an event to the next event (`until`), and to the first event after its faults have ended (`over`)."""

    begin: float
    until: float = inf
    over: float = inf


def notices(plan: Plan, events: Sequence[Event]) -> tuple[EventNotice, ...]:
    """Who noticed each event in which a fault begins. In a run without a fault: one entry, if an alarm rings.

    A flap begins several times. Only its first begin has an entry.
    """
    watched = _watched(plan, events)
    happened = convergence_events(events)
    if not happened:
        rings = _in_order([*_rings(watched, _Span(begin=0.0)), *_heard(events, _Span(begin=0.0))])
        return (EventNotice(event="", rings=rings),) if rings else ()
    return tuple(_notice(plan, events, watched, event) for event in _first_begins(events, happened))


def _first_begins(events: Sequence[Event], happened: Sequence[ConvergenceEvent]) -> Iterator[ConvergenceEvent]:
    kinds = {event.step: (event.kind, event.target, event.name) for event in events if isinstance(event, FaultStarted)}
    known: set[tuple[str, str, str]] = set()
    for event in happened:
        begun = {kinds[step] for step in event.begun}
        if begun - known:
            yield event
        known |= begun


def _span(event: ConvergenceEvent, happened: Sequence[ConvergenceEvent]) -> _Span:
    """The time of an event. Instants are rounded to microseconds, as those of metrics are."""
    later = [each for each in happened if each.number > event.number]
    last = max((each.number for each in later if set(each.ended) & set(event.begun)), default=None)
    after = (each.at[0] for each in later if last is not None and each.number > last)
    return _Span(begin=round(event.at[0], 6), until=round(later[0].at[0], 6) if later else inf, over=round(next(after, inf), 6))


def _notice(plan: Plan, events: Sequence[Event], watched: Sequence[Watched], event: ConvergenceEvent) -> EventNotice:
    span = _span(event, convergence_events(events))
    unhelped = _unhelped(events, span)
    router = next(_seen_by_routers(plan, events, event.at[0], unhelped.until), None)
    lost_in = tuple(dict.fromkeys(_lost_in(events, event)))
    broken = any(_is_harmful(each.breaks) for each in events if isinstance(each, FaultStarted) and each.step in event.begun)
    return EventNotice(
        event=event.name,
        router=router,
        router_after=router.at - event.at[0] if router else None,
        rings=_in_order([*_rings(watched, unhelped), *_heard(events, span)]),
        lost_in=lost_in,
        is_harmed=bool(lost_in) or broken,
    )


def _unhelped(events: Sequence[Event], span: _Span) -> _Span:
    """The time of an event until an automation acts. Afterwards routers and CloudWatch see the action, not the fault."""
    told = (each.event for each in events if isinstance(each, Noticed) and each.event.source == "automation")
    acted = min((event.at for event in told if span.begin <= event.at < span.until), default=span.until)
    return replace(span, until=acted)


def _watched(plan: Plan, events: Sequence[Event]) -> tuple[Watched, ...]:
    """Every alarm of the plan, with the values of its metric over time."""

    def watch(alarm: Alarm) -> Watched:
        unless = watch(by_name[alarm.unless]) if alarm.unless else None
        return Watched(alarm=alarm, series=series(plan, events, alarm), unless=unless)

    by_name = {alarm.name: alarm for alarm in plan.alarms}
    return tuple(map(watch, plan.alarms))


def _rings(watched: Sequence[Watched], span: _Span) -> Iterator[Ring]:
    """Every alarm of CloudWatch that rings if the network remains as it is just before the next event."""
    for each in watched:
        if found := interval(each.between(span.begin, span.until)):
            yield Ring(
                rule=each.alarm.name,
                source="cloudwatch",
                at=(found.earliest, found.latest),
                after=(found.earliest - span.begin, found.latest - span.begin),
                is_certain=found.is_certain,
                in_check=_in_check(found if span.over == span.until else interval(each.between(span.begin, span.over))),
            )


def _heard(events: Sequence[Event], span: _Span) -> Iterator[Ring]:
    """Every alarm of Prometheus that really rang, the first time. It may ring after the fault ended, because its rule takes time.

    An alarm that has rung since before the check may be false, but no event of the check made it ring.
    """
    seen: set[str] = set()
    for event in (each.event for each in events if isinstance(each, Noticed)):
        if event.rings is not None and span.begin <= event.at < span.over and event.rings not in seen:
            seen.add(event.rings)
            at, after = (event.at, event.at), (event.at - span.begin, event.at - span.begin)
            yield Ring(rule=event.rings, source="prometheus", at=at, after=after, computed=False, is_certain=not event.is_old)


def _in_order(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """Certain alarms first, then early ones."""
    return tuple(sorted(rings, key=lambda ring: (not ring.is_certain, ring.at[1], ring.at[0])))


def _in_check(found: Interval | None) -> InCheck:
    """Whether an alarm certainly rings, perhaps rings or does not ring, if the fault ends when it ended in the check."""
    if found is None:
        return "no"
    return "yes" if found.is_certain else "perhaps"


def _seen_by_routers(plan: Plan, events: Sequence[Event], begin: float, until: float) -> Iterator[TimelineEvent]:
    """The events by which the customer's routers noticed a loss, or AWS's routers on their sessions with the customer. In order of time.

    A changed route counts at a customer's router: a neighbor has withdrawn the old route.
    """
    roles = {node.name: node.role for node in plan.nodes}
    heard = sorted((event.event for event in events if isinstance(event, Noticed)), key=lambda event: event.at)
    for event in heard:
        if begin <= event.at < until and _is_loss(event):
            role = roles.get(event.node)
            about_customer = any(name in event.what.split() for name, each in roles.items() if each in CUSTOMER_ROLES)
            if role in CUSTOMER_ROLES or (role in _AWS and about_customer and event.source in {"bgp", "bfd"}):
                yield event


def _is_loss(event: TimelineEvent) -> bool:
    """Whether the event says that a link, a session, a tunnel or the old route is lost."""
    match event.source:
        case "link":
            return event.what.endswith(" down")
        case "bgp" | "bfd":
            return " down" in event.what
        case "ike":
            return event.lost is not None or "no answer" in event.what
        case "route":
            return True
        case _:
            return False


def _lost_in(events: Sequence[Event], event: ConvergenceEvent) -> Iterator[str]:
    flows = [each for each in events if isinstance(each, FlowRecorded)]
    for outcome in outcomes(flows, convergence_events(events)):
        if outcome.event == event.name and outcome.lost:
            yield outcome.flow


def _is_harmful(broken: Broken) -> bool:
    """Whether a fault breaks a part of the network. A fault that only changes routes breaks none."""
    return bool(broken.nodes or broken.links or broken.tunnels or broken.hops)
