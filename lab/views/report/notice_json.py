"""Who noticed an event, and the alarms that ring, as JSON."""

from lab.model.noticed import EventNotice, Ring
from lab.model.prediction import AlarmPrediction
from lab.views.json_text import Json


def ring_json(ring: Ring, notice: EventNotice) -> Json:
    """An alarm that rings. `at` is the earliest instant on the check's clock, `at_latest` the latest one."""
    return {
        "at": ring.at[0],
        "at_latest": ring.at[1],
        "after_seconds": ring.after,
        "event": notice.event or None,
        "rule": ring.rule,
        "source": ring.source,
        "computed": ring.computed,
        "certain": ring.is_certain,
        "in_check": ring.in_check,
    }


def notice_json(notice: EventNotice) -> Json:
    """Who noticed one event. `noticed` is null if the event did no harm."""
    router = notice.router
    return {
        "event": notice.event or None,
        "noticed": notice.noticed,
        "router": {"node": router.node, "source": router.source, "what": router.what} if router else None,
        "router_after_seconds": notice.router_after,
        "alarm": notice.rings[0].rule if notice.rings else None,
        "cloudwatch": _first(notice, "cloudwatch"),
        "prometheus": _first(notice, "prometheus"),
        "lost_in": notice.lost_in,
    }


def _first(notice: EventNotice, source: str) -> Json:
    """The rule of the first alarm of a source that rings. None if none rings."""
    return next((ring.rule for ring in notice.rings if ring.source == source), None)


def foreseen_json(foreseen: AlarmPrediction) -> Json:
    """A predicted alarm. If it is not certain, it may also stay silent."""
    return {"rule": foreseen.rule, "after_seconds": foreseen.after, "certain": foreseen.is_certain}
