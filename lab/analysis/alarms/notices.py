"""Who noticed each event of a check: a router, an alarm of CloudWatch, or nobody."""

from collections.abc import Iterator, Sequence
from math import inf

from lab.analysis.alarms.metrics import series
from lab.analysis.alarms.ringing import Watched, interval
from lab.analysis.happened import convergence_events
from lab.analysis.outcome import outcomes
from lab.model.alarm import Alarm
from lab.model.broken import Broken
from lab.model.event import Event, FaultStarted, FlowRecorded, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.noticed import EventNotice, InCheck, Ring
from lab.model.outcome import ConvergenceEvent
from lab.model.plan import GATEWAY_ROLES, Plan, Role

_CUSTOMER = frozenset({Role.EDGE, Role.CORE, Role.CUSTOMER_GATEWAY})
_AWS = frozenset({Role.VPN_ENDPOINT, Role.DX_DEVICE}) | GATEWAY_ROLES


def notices(plan: Plan, events: Sequence[Event]) -> tuple[EventNotice, ...]:
    """Who noticed each event in which a fault begins. In a run without a fault: one entry, if an alarm rings."""
    watched = _watched(plan, events)
    happened = convergence_events(events)
    if not happened:
        rings = tuple(_rings(watched, 0.0, inf))
        return (EventNotice(event="", rings=rings),) if rings else ()
    ends = [*(event.at[0] for event in happened[1:]), inf]
    return tuple(_notice(plan, events, watched, (event, end)) for event, end in zip(happened, ends, strict=True) if event.begun)


def _notice(plan: Plan, events: Sequence[Event], watched: Sequence[Watched], event_until: tuple[ConvergenceEvent, float]) -> EventNotice:
    event, until = event_until
    begin = event.at[0]
    router = next(_seen_by_routers(plan, events, begin, until), None)
    lost_in = tuple(dict.fromkeys(_lost_in(events, event)))
    broken = any(_is_harmful(each.breaks) for each in events if isinstance(each, FaultStarted) and each.step in event.begun)
    return EventNotice(
        event=event.name,
        router=router,
        router_after=router.at - begin if router else None,
        rings=tuple(_rings(watched, round(begin, 6), round(until, 6))),
        lost_in=lost_in,
        is_harmed=bool(lost_in) or broken,
    )


def _watched(plan: Plan, events: Sequence[Event]) -> tuple[Watched, ...]:
    """Every alarm of the plan, with the values of its metric over time."""

    def watch(alarm: Alarm) -> Watched:
        unless = watch(by_name[alarm.unless]) if alarm.unless else None
        return Watched(alarm=alarm, series=series(plan, events, alarm), unless=unless)

    by_name = {alarm.name: alarm for alarm in plan.alarms}
    return tuple(map(watch, plan.alarms))


def _rings(watched: Sequence[Watched], begin: float, until: float) -> Iterator[Ring]:
    """Every alarm that rings if the network remains as it is just before `until`. The earliest alarm is first."""
    rings = []
    for each in watched:
        if found := interval(each.between(begin, until)):
            rings.append(
                Ring(
                    rule=each.alarm.name,
                    source="cloudwatch",
                    at=(found.earliest, found.latest),
                    after=(found.earliest - begin, found.latest - begin),
                    in_check=_in_check(each.between(begin, inf)),
                )
            )
    yield from sorted(rings, key=lambda ring: (ring.at[1], ring.at[0]))


def _in_check(watched: Watched) -> InCheck:
    """Whether an alarm certainly rings, perhaps rings or does not ring, if the fault ends when it ended in the check."""
    found = interval(watched)
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
            about_customer = any(name in event.what.split() for name, each in roles.items() if each in _CUSTOMER)
            if role in _CUSTOMER or (role in _AWS and about_customer and event.source in {"bgp", "bfd"}):
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
