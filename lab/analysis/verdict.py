"""The verdict: promises held against what was measured. Error before fail: a measurement that cannot be trusted breaks no promise."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lab.analysis.outcome import lost_before, outcomes, path_before
from lab.model.check import Check, Direction, Phase, Promise
from lab.model.event import CheckEnded, Event, FlowRecorded, Judged
from lab.model.outcome import FlowOutcome, Status
from lab.model.plan import Plan

PAUSE_SECONDS = 0.1
"""A longer pause of the sender could hide an outage that a promise speaks of."""


def judge(check: Check, plan: Plan, events: Sequence[Event]) -> Judged:
    """What to conclude from one check's events (CheckStarted … CheckEnded, or fewer if the run broke off)."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    ended = next((event for event in events if isinstance(event, CheckEnded)), None)
    untrusted = [*_untrusted(flows, ended), *_pauses(flows), *(() if check.steps else _lost_for_nothing(flows))]
    if untrusted:
        return Judged(status=Status.ERROR, reason="\n".join(untrusted))
    broken = list(_broken(check, plan, outcomes(flows))) if check.steps else []
    return Judged(status=Status.FAIL if broken else Status.PASS, reason="\n".join(broken))


def only_paused(judged: Judged, events: Sequence[Event]) -> bool:
    """Whether nothing but a pause of our own sender makes a check an error: tried again, it may be judged."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    return judged.status is Status.ERROR and judged.reason == "\n".join(_pauses(flows))


def _untrusted(flows: Sequence[FlowRecorded], ended: CheckEnded | None) -> Iterator[str]:
    if ended is None:
        yield "the run broke off before the check ended"
    elif ended.error:
        yield ended.error
    for flow in flows:
        if lost := lost_before(flow):
            yield f"{_name(flow.flow, flow.direction)}: {lost} packets lost before any fault; is the host overloaded?"
        if not path_before(flow):
            yield f"{_name(flow.flow, flow.direction)}: no path was seen before the fault"
    if not flows and ended is not None and not ended.error:
        yield "no flow was recorded"


def _pauses(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    """Pauses of our sender's; one that all streams share is told once, without naming them."""
    for pause in dict.fromkeys(flow.longest_pause_seconds for flow in flows if flow.longest_pause_seconds > PAUSE_SECONDS):
        paused = [_name(flow.flow, flow.direction) for flow in flows if flow.longest_pause_seconds == pause]
        whose = "" if len(paused) == len(flows) else f"{', '.join(paused)}: "
        yield f"{whose}nothing was sent for {pause:.3f} s, so a loss may have gone unseen; is the host overloaded?"


def _lost_for_nothing(flows: Sequence[FlowRecorded]) -> Iterator[str]:
    """What a control run may not have."""
    for outcome in outcomes(flows):
        if outcome.lost:
            yield f"{_name(outcome.flow, outcome.direction)}: {outcome.lost} packets lost without any fault; is the host overloaded?"


def has_returned(check: Check, plan: Plan, stream: tuple[str, Direction], paths: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether a direction of a flow is where it should be in the end: `paths` are its first one, and that of now.

    On its first path, unless the check promises where it goes afterwards: equal paths that share traffic may have it come back by another.
    """
    before, now = paths
    via = [target for promise in _promises(check, *stream, "after") for target in promise.via]
    return any(passes(now, plan, target) for target in via) if via else now == before


def _promises(check: Check, flow: str, direction: Direction, phase: Phase) -> list[Promise]:
    matching = [each for each in check.expectations if each.flow == flow and direction in each.directions]
    promises = [each.during if phase == "during" else each.after for each in matching]
    return [promise for promise in promises if promise is not None]


def _broken(check: Check, plan: Plan, measured: Sequence[FlowOutcome]) -> Iterator[str]:
    for outcome in measured:
        promises = _promises(check, outcome.flow, outcome.direction, outcome.phase)
        where = f"{_name(outcome.flow, outcome.direction)} {outcome.phase}"
        for promise in promises:
            yield from (f"{where}: {what}" for what in _unkept(promise, outcome, plan))
        if outcome.phase == "after" and not any(promise.via or not promise.reachable for promise in promises):
            yield from (f"{where}: {what}" for what in _not_returned(outcome))


def _unkept(promise: Promise, outcome: FlowOutcome, plan: Plan) -> Iterator[str]:
    if outcome.reachable != promise.reachable:
        yield f"{'reachable' if outcome.reachable else 'unreachable'}, promised {'reachable' if promise.reachable else 'unreachable'}"
        return
    if promise.outage_at_most is not None and outcome.outage_seconds > promise.outage_at_most:
        yield f"out for {outcome.outage_seconds:.3f} s, promised at most {promise.outage_at_most:g} s"
    if promise.outage_at_least is not None and outcome.outage_seconds < promise.outage_at_least:
        yield f"out for {outcome.outage_seconds:.3f} s, expected at least {promise.outage_at_least:g} s: did the fault bite?"
    if promise.via and not any(passes(outcome.path, plan, target) for target in promise.via):
        yield f"went {' > '.join(outcome.path) or 'nowhere'}, promised via {' or '.join(promise.via)}"


def _not_returned(outcome: FlowOutcome) -> Iterator[str]:
    if not outcome.reachable:
        yield "did not come back after the faults were undone"
    elif outcome.path != outcome.path_before:
        yield f"did not return to its path: went {' > '.join(outcome.path)}, before {' > '.join(outcome.path_before)}"


def passes(path: tuple[str, ...], plan: Plan, name: str) -> bool:
    """Whether a path goes via a target: through one of its nodes, or over one of its links (both ends, one after the other)."""
    target = plan.target(name)
    if target.waypoints:
        return any(node in target.waypoints for node in path)
    hops = {frozenset(pair) for pair in pairwise(path)}
    return any(frozenset((plan.link(link).a.node, plan.link(link).b.node)) in hops for link in target.links)


def _name(flow: str, direction: str) -> str:
    return f"{flow} {'→' if direction == 'forward' else '←'}"
