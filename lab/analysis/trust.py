"""Find reasons why a measurement cannot be trusted.

Then the trial is rejected: it is shown, but it gets no verdict, and the check runs again.
"""

from collections.abc import Iterator, Sequence

from lab.analysis.happened import convergence_events
from lab.analysis.outcome import lost_before, outcomes, path_before
from lab.analysis.promises import is_whole_phase
from lab.analysis.readings import with_readings
from lab.model.check import Check
from lab.model.event import CheckEnded, Event, FaultEnded, FaultStarted, FlowRecorded, LoadSeen
from lab.model.outcome import Breach

PAUSE_SECONDS = 0.1
"""A longer pause between two sent packets could hide an outage that breaks a promise."""

LATE_SECONDS = 0.25
"""If a fault begins or ends this much later than scheduled, the measurement is rejected."""

BUSY = 0.9
"""If the processors are busier than this, the host is named as a likely reason."""


def broken_off(events: Sequence[Event]) -> tuple[str, ...]:
    """Why a check did not reach its end. () if it reached its end."""
    ended = next((event for event in events if isinstance(event, CheckEnded)), None)
    if ended is None:
        return ("the run was interrupted before the check ended",)
    if ended.error:
        return (ended.error,)
    return () if any(isinstance(event, FlowRecorded) for event in events) else ("no flow was recorded",)


def rejections(check: Check, events: Sequence[Event]) -> tuple[str, ...]:
    """Why the measurement cannot be trusted. () if it can.

    Reasons: the sender of probes paused, a packet was lost before the faults, no path was seen before the faults, a fault was late, or a
    fault had no visible effect.
    """
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    perhaps_ours = [*_lost_before(flows), *_pauses(flows), *_late(events), *(() if check.steps else _lost_for_nothing(flows))]
    perhaps_ours += _disagreeing(flows, events) if check.steps else ()
    unfinished = tuple(_unfinished(flows)) if check.steps else ()
    return (*(f"{reason}{_busy(events)}" for reason in perhaps_ours), *_pathless(flows), *unfinished, *_without_effect(events))


def worth_another(check: Check, events: Sequence[Event]) -> bool:
    """Whether a rejected check should run again. It should not if the control check lost packets, because then the host loses packets."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    if broken_off(events) or not rejections(check, events):
        return False
    return bool(check.steps) or not any([*_lost_before(flows), *_pathless(flows), *_lost_for_nothing(flows)])


def named(flow: str, direction: str) -> str:
    """The name of one direction of a flow, as messages show it."""
    return f"{flow} {'→' if direction == 'forward' else '←'}"


def in_a_line(breach: Breach) -> str:
    """A broken promise in one line: the flow, the event or phase, and what is wrong."""
    if breach.flow is None or breach.direction is None:
        return breach.words
    when = breach.event or breach.phase
    return f"{named(breach.flow, breach.direction)}{f' {when}' if when else ''}: {breach.words}"


def _lost_before(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    for flow in flows:
        if lost := lost_before(flow):
            yield f"{named(flow.flow, flow.direction)}: {lost} packets lost before any fault"


def _pathless(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    for flow in flows:
        if not path_before(flow):
            yield f"{named(flow.flow, flow.direction)}: no path was seen before the fault"


def _unfinished(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    for flow in flows:
        if not flow.felt or flow.felt[-1] >= flow.sent:
            yield f"{named(flow.flow, flow.direction)}: nothing was sent after the faults were undone, so the recovery was not measured"


def _pauses(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    """A sentence for each pause of the sender. A pause that concerns all flows equally is reported once, without the names of the flows."""
    for pause in dict.fromkeys(flow.longest_pause_seconds for flow in flows if flow.longest_pause_seconds > PAUSE_SECONDS):
        paused = [named(flow.flow, flow.direction) for flow in flows if flow.longest_pause_seconds == pause]
        whose = "" if len(paused) == len(flows) else f"{', '.join(paused)}: "
        yield f"{whose}nothing was sent for {pause:.3f} s, so a loss may have been missed"


def _disagreeing(flows: Sequence[FlowRecorded], events: Sequence[Event]) -> Iterator[str]:
    happened = convergence_events(events)
    for outcome in with_readings(outcomes(flows, happened), events):
        if outcome.readings and not outcome.readings.agree:
            read = outcome.readings
            by_events = "no event at its edges" if read.event_seconds is None else f"{read.event_seconds:.3f} s by events"
            read_so = f"{read.loss_seconds:.3f} s by lost packets, {read.gap_seconds:.3f} s by arrivals, {by_events}"
            when = outcome.phase if is_whole_phase(outcome, happened) else outcome.event
            yield f"{named(outcome.flow, outcome.direction)} {when}: three measurements of the longest loss disagree: {read_so}"


def _late(events: Sequence[Event]) -> Iterator[str]:
    """A sentence for each fault that was late. Either the host was busy, or another fault took long to begin or end."""
    kinds = _kinds(events)
    for event in events:
        if isinstance(event, FaultStarted | FaultEnded) and event.due is not None and event.before > event.due + LATE_SECONDS:
            done = "put in" if isinstance(event, FaultStarted) else "taken out"
            late = event.before - event.due
            what = f"{kinds.get(event.step, 'a fault')} was {done} {late:.3f} s later than scheduled ({event.due:g} s)"
            yield f"{what}; the host or the step before was slow (leave more time between steps)"


def _without_effect(events: Sequence[Event]) -> Iterator[str]:
    kinds = _kinds(events)
    for event in events:
        if isinstance(event, FaultEnded) and not event.seen:
            yield f"the lab showed no effect of {kinds.get(event.step, 'a fault')} just before the fault was undone"


def _kinds(events: Sequence[Event]) -> dict[int, str]:
    return {event.step: f"{event.kind} {event.target}" for event in events if isinstance(event, FaultStarted)}


def _lost_for_nothing(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    """A sentence for each loss of packets in a control check, which breaks nothing."""
    for outcome in outcomes(flows, ()):
        if outcome.lost:
            yield f"{named(outcome.flow, outcome.direction)}: {outcome.lost} packets lost without any fault"


def _busy(events: Sequence[Event]) -> str:
    """How busy the host was, in words, for reasons that may come from the load. "" if the load is unknown."""
    load = next((event.load for event in events if isinstance(event, LoadSeen)), None)
    if load is None:
        return "; is the host overloaded?"
    stalled = "" if load.stalled is None else f", programs waited for one {load.stalled:.0%} of the time"
    return f" (processors busy {load.busy:.0%}{stalled}{': overloaded' if load.busy > BUSY else ''})"
