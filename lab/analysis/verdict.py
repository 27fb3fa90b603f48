"""The verdict: compare the promises of a check with the measurement.

An untrusted measurement gives an error, even if it breaks a promise.
"""

from collections.abc import Iterator, Sequence

from lab.analysis.alarms import broken_alarms, notices, unheard
from lab.analysis.fit import misfits
from lab.analysis.happened import convergence_events
from lab.analysis.kept import broken_promises
from lab.analysis.premises import astray_before, unmet
from lab.analysis.surprises import alarm_surprises
from lab.analysis.trust import broken_off, in_a_line, rejections
from lab.analysis.untested import untested
from lab.model.check import Check
from lab.model.event import Compared, Event, FlowRecorded, Judged
from lab.model.outcome import Breach, Status
from lab.model.plan import Plan
from lab.model.status import Difference

_NO_MONITOR = "it needs Prometheus (lab-test --monitor)"


def judge(check: Check, plan: Plan, events: Sequence[Event], *, strict: bool = False) -> Judged:
    """The verdict from one check's events (CheckStarted to CheckEnded, or fewer if the run was interrupted).

    `strict`: also fail if a promise was not tested, because no fault touched its flow.
    """
    untrusted = [*broken_off(events), *rejections(check, events), *_left_in_force(events)]
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    silent = unheard(check, events)
    notes = (*misfits(check, plan, flows), *(f"alarm {each.rule}: promise not tested: {_NO_MONITOR}" for each in silent))
    if untrusted:
        return Judged(status=Status.ERROR, reason="\n".join(untrusted), notes=notes)
    if missing := list(unmet(check, plan, events)):
        return Judged(status=Status.ERROR, reason="\n".join(missing), breaches=tuple(astray_before(check, plan, flows)), notes=notes)
    noticed = notices(plan, events)
    about_alarms = (*broken_alarms(check, noticed, silent), *alarm_surprises(check, noticed, convergence_events(events)))
    breaches = (*_breaches(check, plan, events, strict=strict), *about_alarms)
    status = Status.FAIL if breaches else Status.PASS
    return Judged(status=status, reason="\n".join(dict.fromkeys(map(in_a_line, breaches))), breaches=breaches, notes=notes, notices=noticed)


def _breaches(check: Check, plan: Plan, events: Sequence[Event], *, strict: bool) -> Iterator[Breach]:
    yield from broken_promises(check, plan, convergence_events(events), events)
    if check.steps:
        yield from (Breach(what="whole", words=f"not as before the faults: {each}") for each in _differences(events) if each.learned)
    if strict:
        without = (f"alarm {each.rule}: promise not tested: {_NO_MONITOR} (--strict)" for each in unheard(check, events))
        yield from (Breach(what="untested", words=words) for words in without)
        reason = "the faults did not touch the flow (--strict)"
        yield from (Breach(what="untested", words=f"{each}: promise not tested: {reason}") for each in untested(events))


def _left_in_force(events: Sequence[Event]) -> Iterator[str]:
    """A sentence for each fault that was not undone. The lab is to blame for that, not the network."""
    yield from (f"not undone: {difference}" for difference in _differences(events) if not difference.learned)


def _differences(events: Sequence[Event]) -> Iterator[Difference]:
    for event in events:
        if isinstance(event, Compared):
            yield from event.comparison.differences
