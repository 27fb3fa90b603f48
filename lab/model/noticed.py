"""Noticed: who noticed a fault, and which alarms ring because of it."""

from dataclasses import dataclass
from typing import Literal

from lab.model.evidence import TimelineEvent

InCheck = Literal["yes", "perhaps", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """An alarm that rings after an event of a check.

    - `at`: the earliest and the latest instant on the check's clock, if the fault does not end. `after`: the same, in seconds after the
      event.
    - `computed`: the instants are computed from CloudWatch's rules, and not measured.
    - `is_certain`: the event makes the alarm ring, no matter when CloudWatch takes its samples. False: the metric recovers although the
      fault stays, so the alarm rings only if a sample falls into the time before. Or the alarm has rung since before the check.
    - `in_check`: whether the alarm also rings if the fault ends as early as in the check. `perhaps`: only if a sample falls into the fault.
    """

    rule: str
    source: Literal["cloudwatch", "prometheus"]
    at: tuple[float, float]
    after: tuple[float, float]
    computed: bool = True
    is_certain: bool = True
    in_check: InCheck = "yes"


Noticer = Literal["router", "alarm", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotice:
    """Who noticed one event of a check.

    - `event`: the event's name. "" in a run without a fault.
    - `router`: what the customer's first router saw, or AWS's router about its session with the customer. `router_after`: seconds after
      the event.
    - `rings`: every alarm that rings, the earliest first.
    - `lost_in`: the flows that lost packets. `is_harmed`: packets were lost, or a part of the network is broken.
    """

    event: str
    router: TimelineEvent | None = None
    router_after: float | None = None
    rings: tuple[Ring, ...] = ()
    lost_in: tuple[str, ...] = ()
    is_harmed: bool = False

    @property
    def noticed(self) -> Noticer | None:
        """Who noticed the event. None if the event did no harm, so that there was nothing to notice."""
        if self.router:
            return "router"
        if any(ring.is_certain for ring in self.rings):
            return "alarm"
        return "nobody" if self.is_harmed else None


_WORST: tuple[Noticer, ...] = ("nobody", "alarm", "router")


def noticed_at_all(notices: tuple[EventNotice, ...]) -> Noticer | None:
    """Who noticed the worst noticed event of a check. None if there was nothing to notice."""
    return min((notice.noticed for notice in notices if notice.noticed), key=_WORST.index, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedNotices:
    """Who would notice each set of failed components of a topology. `sets`: pairs of the failed components and who notices."""

    topology: str
    timers: str
    sets: tuple[tuple[tuple[str, ...], EventNotice], ...]
