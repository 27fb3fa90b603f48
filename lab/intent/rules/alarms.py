"""Rules for the alarms of a topology: their dimensions, and CloudWatch's limits."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding, Where
from lab.intent.rules.draft import Draft
from lab.intent.rules.references import dangling
from lab.intent.topology.alarm_document import MOST_SECONDS
from lab.model.alarm import CONNECTION_ID, TUNNEL, VIF_ID, VPN_ID, Alarm
from lab.spelling import way_out

_WHATS = {VPN_ID: "VPN connection", CONNECTION_ID: "DX connection", VIF_ID: "virtual interface"}


def dimensions(draft: Draft) -> Iterator[Finding]:
    """Rule: an alarm has the dimension of its metric and no other, and the value of this dimension is a name in the file."""
    for alarm in draft.topology.alarms:
        at: Where = ("alarms", alarm.name, "dimensions")
        named, needed = dict(alarm.dimensions), alarm.metric.dimension
        if needed not in named:
            yield Finding(where=at, message=f"{alarm.metric.value} needs the dimension {needed} (write the name of a {_WHATS[needed]})")
        for name, value in named.items():
            if name == TUNNEL and needed == VPN_ID:
                yield from _tunnel(draft, alarm, value, (*at, name))
            elif name != needed:
                message = f"{alarm.metric.value} has no dimension {name} (remove {name}; {needed} says what the metric is about)"
                yield Finding(where=(*at, name), message=message)
            else:
                yield from dangling(draft, (*at, name), value, (_WHATS[name],))


def limits(draft: Draft) -> Iterator[Finding]:
    """Rule: datapoints_to_alarm is at most evaluation_periods, and all periods together are at most a day."""
    for alarm in draft.topology.alarms:
        if alarm.datapoints_to_alarm > alarm.evaluation_periods:
            most = alarm.evaluation_periods
            message = f"expected at most {most}, the evaluation_periods, found {alarm.datapoints_to_alarm} (write {most} or less)"
            yield Finding(where=("alarms", alarm.name, "datapoints_to_alarm"), message=message)
        if alarm.period * alarm.evaluation_periods > MOST_SECONDS:
            message = "period × evaluation_periods is more than a day, CloudWatch's limit (make one of the two smaller)"
            yield Finding(where=("alarms", alarm.name), message=message)


def _tunnel(draft: Draft, alarm: Alarm, value: str, at: Where) -> Iterator[Finding]:
    """Yield a mistake if the VPN connection has no such tunnel."""
    vpn = dict(alarm.dimensions).get(VPN_ID)
    tunnels = [f"{vpn}-{number}" for number in (1, 2)] if vpn else []
    if vpn and draft.known.has(vpn, _WHATS[VPN_ID]) and value not in tunnels:
        yield Finding(where=at, message=f"{vpn} has no tunnel named {value[:60]!r} {way_out(value, tunnels)}")
