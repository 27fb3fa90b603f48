"""Say who noticed a fault, in words."""

from collections.abc import Iterable

from lab.model.noticed import EventNotice, Noticer, Ring
from lab.model.outcome import Status, Verdict
from lab.views.counted import counted
from lab.views.report.promise_words import BROKEN, KEPT, UNKNOWN
from lab.views.report.words import NOTHING_SAID, span

NOBODY = "nobody would have noticed"
_HEADS = ("first router", "first alarm of CloudWatch")
_PROMETHEUS = "first alarm of Prometheus"
SINCE_BEFORE = "since before the check"
UNWATCHED = "not there"
"""The cell for Prometheus, if it did not watch this check, but others."""
_WORST: tuple[Noticer | None, ...] = ("nobody", "alarm", "router", None)


def noticed_line(verdict: Verdict) -> str:
    """Who noticed the event of a check that was noticed worst, and the promised alarm. "" if there is nothing to say."""
    return "; ".join(filter(None, (_noticed(verdict), promised_words(verdict))))


def promised_words(verdict: Verdict) -> str:
    """The promised alarm, and whether it rings in time. "" if no alarm is promised. Unknown: Prometheus was not there."""
    unheard = not verdict.is_monitored and any(each.source == "prometheus" for each in verdict.alarms)
    broken = any(each.what == "alarm" for each in verdict.breaches)
    mark = UNKNOWN if verdict.status is Status.ERROR else BROKEN if broken else UNKNOWN if unheard else KEPT
    if verdict.is_silent:
        return f"promised no alarm {mark}"
    words = (f"{each.rule}{'' if each.within is None else f' within {each.within:g} s'}" for each in verdict.alarms)
    return f"promised {', '.join(words)} {mark}" if verdict.alarms else ""


def _noticed(verdict: Verdict) -> str:
    notice = min(verdict.notices, key=lambda each: _WORST.index(each.noticed), default=None)
    if notice is None or notice.noticed is None:
        return ""
    where = f" ({notice.event})" if len(verdict.notices) > 1 else ""
    if notice.noticed == "nobody":
        return f"{NOBODY}: no router and no alarm{where}"
    return f"noticed by {router_words(notice)}; {alarm_words(notice)}{where}"


def router_words(notice: EventNotice) -> str:
    """The router that noticed an event first, and how long after the event."""
    return f"{notice.router.node} after {span(notice.router_after)}" if notice.router else "no router"


def alarm_words(notice: EventNotice) -> str:
    """The alarm that rings first, and how long after the event."""
    return f"alarm {notice.rings[0].rule} {ring_words(notice.rings[0])}" if notice.rings else "no alarm"


def ring_words(ring: Ring) -> str:
    """How long after an event an alarm rings, if the fault does not end: `after 0 to 90 s (computed)`. Or really rang: `after 3.5 s`."""
    if not (ring.computed or ring.is_certain):
        return SINCE_BEFORE
    perhaps = "" if ring.is_certain else "perhaps "
    return f"{perhaps}after {_seconds(ring)}{' (computed)' if ring.computed else ''}"


def seconds_words(ring: Ring) -> str:
    """The same in few words: `0 to 90 s`, `3.5 s`."""
    return f"{'' if ring.is_certain else 'perhaps '}{_seconds(ring)}"


def _seconds(ring: Ring) -> str:
    if not ring.computed:
        return span(ring.after[0])
    low, high = (f"{seconds:.0f}" for seconds in ring.after)
    return f"{high if low == high else f'{low} to {high}'} s"


def heads(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """The heads of the columns in the table of who noticed. Prometheus has a column if it watched one of these checks."""
    return (*_HEADS, _PROMETHEUS) if any(each.is_monitored for each in verdicts) else _HEADS


def cells(verdict: Verdict, notice: EventNotice, columns: int) -> tuple[str, ...]:
    """The cells of a row in this table: the first router, the first alarm of CloudWatch and, in the third of 3 columns, of Prometheus."""
    heard = _first(notice, "prometheus") if verdict.is_monitored else UNWATCHED
    return (router_words(notice) if notice.router else NOTHING_SAID, cloudwatch_words(notice), heard)[:columns]


def cloudwatch_words(notice: EventNotice) -> str:
    """The first alarm of CloudWatch, and the number of its others."""
    return _first(notice, "cloudwatch")


def noticed_rows(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, EventNotice], ...]:
    """The events of some checks with something to notice. Those that nobody would have noticed come first."""
    rows = [(verdict, notice) for verdict in verdicts for notice in verdict.notices if notice.noticed]
    return tuple(sorted(rows, key=lambda row: row[1].noticed != "nobody"))


def _first(notice: EventNotice, source: str) -> str:
    """The first alarm of a source, and the number of its others."""
    rings = [ring for ring in notice.rings if ring.source == source]
    more = f", and {len(rings) - 1} more" if len(rings) > 1 else ""
    return f"{rings[0].rule} {ring_words(rings[0])}{more}" if rings else NOTHING_SAID


def unnoticed_words(number: int) -> str:
    """How many faults nobody would have noticed, in words. "" for none."""
    return f"{counted(number, 'fault')} unnoticed" if number else ""
