"""Who would notice a predicted failure."""

from collections.abc import Sequence
from dataclasses import replace

from lab.analysis.alarms.notices import notices
from lab.model.event import Event
from lab.model.noticed import EventNotice, Ring
from lab.model.plan import Plan


def foreseen_notice(plan: Plan, first: Sequence[Event], last: Sequence[Event]) -> EventNotice:
    """Who would notice a failure. `first` and `last`: the events that routers would record, as early and as late as possible.

    An alarm rings at its instant for `first`, at its instant for `last`, or between the two.
    """
    (early,), (late,) = notices(plan, first), notices(plan, last)
    latest = {ring.rule: ring for ring in late.rings}
    rings = tuple(_between(ring, latest[ring.rule]) for ring in early.rings if ring.is_certain and ring.rule in latest)
    return replace(early, rings=tuple(sorted(rings, key=lambda ring: (ring.at[1], ring.at[0]))))


def _between(early: Ring, late: Ring) -> Ring:
    return replace(early, at=(early.at[0], late.at[1]), after=(early.after[0], late.after[1]), in_check="yes")
