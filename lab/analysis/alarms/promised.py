"""Compare the alarms that a check promises with those that ring."""

from collections.abc import Collection, Iterator, Sequence

from lab.model.check import AlarmPromise, Check
from lab.model.event import CheckStarted, Event
from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import Breach


def unheard(check: Check, events: Sequence[Event]) -> tuple[AlarmPromise, ...]:
    """The promised alarms of Prometheus, if it did not watch the lab: nobody knows whether they would ring."""
    if any(isinstance(event, CheckStarted) and event.is_monitored for event in events):
        return ()
    return tuple(promise for promise in check.alarms if promise.source == "prometheus")


def broken_alarms(check: Check, notices: Sequence[EventNotice], untested: Collection[AlarmPromise] = ()) -> Iterator[Breach]:
    """A broken promise for each promised alarm that does not ring in time, and for each alarm that rings although none may ring.

    In a run without a fault no alarm may ring. `untested` promises do not count (see `unheard`).
    """
    rings = [ring for notice in notices for ring in notice.rings]
    if check.is_silent or not check.steps:
        yield from (Breach(what="alarm", words=f"alarm {ring.rule} rings {window(ring)}, promised none") for ring in rings)
    for promise in (each for each in check.alarms if each not in untested):
        yield from _broken(promise, [ring for ring in rings if ring.rule == promise.rule and ring.is_certain], rings)


def _broken(promise: AlarmPromise, own: Sequence[Ring], rings: Sequence[Ring]) -> Iterator[Breach]:
    within = "" if promise.within is None else f" within {promise.within:g} s"
    if not own:
        others = ", ".join(dict.fromkeys(ring.rule for ring in rings))
        yield Breach(
            what="alarm", words=f"alarm {promise.rule} does not ring, promised{within or ' to ring'} (ringing: {others or 'none'})"
        )
    elif promise.within is not None and min(ring.after[1] for ring in own) > promise.within:
        yield Breach(
            what="alarm", words=f"alarm {promise.rule} rings {window(own[0])}, promised{within}{' (computed)' if own[0].computed else ''}"
        )


def window(ring: Ring) -> str:
    """When an alarm rings, in words: `after 2 to 95 s`, or for one that really rang, `after 2.3 s` or `since before the check`."""
    if not (ring.computed or ring.is_certain):
        return "since before the check"
    if not ring.computed:
        return f"after {ring.after[0]:.1f} s"
    return f"after {ring.after[0]:.0f} to {ring.after[1]:.0f} s"
