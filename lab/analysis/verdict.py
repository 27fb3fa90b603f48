"""The verdict: promises held against what was measured. Error before fail: a measurement that cannot be trusted breaks no promise."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lab.analysis.outcome import SUSTAINED_SECONDS, lost_in_the_end, outcomes
from lab.analysis.trust import broken_off, named, rejections
from lab.model.check import Check, Direction, Phase, Promise
from lab.model.event import Compared, Event, FlowRecorded, Judged
from lab.model.outcome import FlowOutcome, Status
from lab.model.plan import Plan
from lab.model.status import Difference


def judge(check: Check, plan: Plan, events: Sequence[Event]) -> Judged:
    """What to conclude from one check's events (CheckStarted … CheckEnded, or fewer if the run broke off)."""
    untrusted = [*broken_off(events), *rejections(check, events), *_left_in_force(events)]
    if untrusted:
        return Judged(status=Status.ERROR, reason="\n".join(untrusted))
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    broken = [*_broken(check, plan, flows), *_not_as_before(events)] if check.steps else []
    return Judged(status=Status.FAIL if broken else Status.PASS, reason="\n".join(broken))


def _left_in_force(events: Sequence[Event]) -> Iterator[str]:
    """What was done to the lab and is not undone: ours to answer for, not the network's."""
    yield from (f"not undone: {difference}" for difference in _differences(events) if not difference.learned)


def _not_as_before(events: Sequence[Event]) -> Iterator[str]:
    """What the network did not find again by itself."""
    yield from (f"not as before the faults: {difference}" for difference in _differences(events) if difference.learned)


def _differences(events: Sequence[Event]) -> Iterator[Difference]:
    for event in events:
        if isinstance(event, Compared):
            yield from event.comparison.differences


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


def _broken(check: Check, plan: Plan, recorded: Sequence[FlowRecorded]) -> Iterator[str]:
    flows = {(flow.flow, flow.direction): flow for flow in recorded}
    for outcome in outcomes(recorded):
        promises = _promises(check, outcome.flow, outcome.direction, outcome.phase)
        where = f"{named(outcome.flow, outcome.direction)} {outcome.phase}"
        for promise in promises:
            yield from (f"{where}: {what}" for what in _unkept(promise, outcome, plan))
        if outcome.lost and not any(each.flow == outcome.flow and outcome.direction in each.directions for each in check.expectations):
            yield f"{where}: lost {outcome.lost} packets; what the check does not speak of must lose none (write what it may lose)"
        if outcome.phase == "after":
            yield from (f"{where}: {what}" for what in _without_end(check, outcome, flows[outcome.flow, outcome.direction], promises))
        if outcome.phase == "after" and not any(promise.via or not promise.reachable for promise in promises):
            yield from (f"{where}: {what}" for what in _not_returned(outcome))


def _without_end(check: Check, outcome: FlowOutcome, flow: FlowRecorded, promises: Sequence[Promise]) -> Iterator[str]:
    """Loss after the faults that no promise speaks of: it does not stop, or the flow was promised to lose nothing even during them."""
    during = _promises(check, outcome.flow, outcome.direction, "during")
    if outcome.reachable and (late := lost_in_the_end(flow)):
        yield f"lost packets to the end: {late} of the last {SUSTAINED_SECONDS:g} s"
    if outcome.lost and not promises and any(promise.outage_at_most == 0 for promise in during):
        yield f"lost {outcome.lost} packets; what may lose none during the faults may lose none after them (write what it may lose)"


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
