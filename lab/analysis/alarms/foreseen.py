"""Who would notice a predicted failure, and which alarms ring after it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lab.analysis.alarms.notices import notices
from lab.model.event import Event, Noticed
from lab.model.noticed import EventNotice, Ring
from lab.model.plan import Plan
from lab.model.prediction import AlarmPrediction, earlier, later


def foreseen_notice(plan: Plan, first: Sequence[Event], last: Sequence[Event]) -> EventNotice:
    """Who would notice a failure. `first` and `last`: the events that routers would record, as early and as late as possible.

    An alarm rings at its instant for `first`, at its instant for `last`, or between the two.
    """
    (early,), (late,) = notices(plan, first), notices(plan, last)
    latest = {ring.rule: ring for ring in late.rings}
    rings = tuple(_between(ring, latest[ring.rule]) for ring in early.rings if ring.is_certain and ring.rule in latest)
    return replace(early, rings=tuple(sorted(rings, key=lambda ring: (ring.at[1], ring.at[0]))))


def foreseen_alarms(plan: Plan, first: Sequence[Event], last: Sequence[Event], lasting: float) -> tuple[AlarmPrediction, ...]:
    """Every alarm that rings, or may ring, after a failure that lasts this many seconds.

    `first` and `last`: the events that routers would record, as early and as late as possible.

    - A measurement may differ from these instants by as much as a measured outage may differ from a predicted one.
    - An event after the end of the failure does not happen.
    """
    (early,) = notices(plan, [*_moved(first, earlier, lasting)])
    (late,) = notices(plan, [*_moved(last, later, lasting)])
    known = {ring.rule: ring for ring in foreseen_notice(plan, first, last).rings}
    rules = dict.fromkeys(ring.rule for ring in (*early.rings, *late.rings))
    both = {rule: [ring for ring in (*early.rings, *late.rings) if ring.rule == rule] for rule in rules}
    return tuple(_foreseen(rings, known.get(rule)) for rule, rings in both.items())


def _foreseen(rings: Sequence[Ring], known: Ring | None) -> AlarmPrediction:
    """The prediction for one alarm. `rings`: how it rings as early as possible, and as late as possible. One of them may be missing."""
    tolerated = rings[0].after[0], rings[-1].after[1]
    return AlarmPrediction(
        rule=rings[0].rule,
        after=known.after if known else tolerated,
        tolerated=tolerated,
        is_certain=known is not None and len(rings) > 1 and all(ring.is_certain for ring in rings),
    )


def _moved(events: Sequence[Event], move: Callable[[float], float], lasting: float) -> Iterator[Event]:
    for event in events:
        if not isinstance(event, Noticed):
            yield event
        elif (at := move(event.event.at)) < lasting:
            yield replace(event, event=replace(event.event, at=at))


def _between(early: Ring, late: Ring) -> Ring:
    return replace(early, at=(early.at[0], late.at[1]), after=(early.after[0], late.after[1]), in_check="yes")
