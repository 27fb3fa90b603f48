"""Find broken promises: compare what a check promises for its flows with what was measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lab.analysis.outcome import lost_in_the_end, outcomes
from lab.analysis.premises import astray_before, touched_flows
from lab.analysis.promises import is_at_worst, is_spoken_of, is_whole_phase, of_event, of_phase
from lab.analysis.surprises import surprises
from lab.analysis.symmetry import asymmetries
from lab.analysis.ways import arrowed, passes_any
from lab.model.check import Check, Promise, carried_out
from lab.model.direction import Direction
from lab.model.event import Event, FlowRecorded
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome
from lab.model.plan import Plan


def broken_promises(check: Check, plan: Plan, happened: Sequence[ConvergenceEvent], events: Sequence[Event]) -> Iterator[Breach]:
    """All broken promises, flow by flow. Those of one flow are in the order of the events."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    recorded = {(flow.flow, flow.direction): flow for flow in flows}
    case = _Case(check=check, plan=plan, happened=tuple(happened))
    every = outcomes(flows, happened)
    if not check.steps:
        yield from astray_before(check, plan, flows)
    else:
        for outcome in every:
            where = Breach(
                what="loss", words="", flow=outcome.flow, direction=outcome.direction, phase=outcome.phase, event=case.said(outcome)
            )
            in_the_end = _in_the_end(case, outcome, recorded[outcome.flow, outcome.direction])
            found = (*_held(case, outcome), *surprises(check, outcome), *in_the_end)
            yield from (replace(where, what=each.what, words=each.words, by_name=each.by_name) for each in found)
    yield from asymmetries(check.expectations, plan, every, happened)
    if check.touches_nothing:
        yield from (
            Breach(what="touches", words=f"the faults touched {flow}, but the check says touches: nothing")
            for flow in touched_flows(events)
        )


def has_returned(check: Check, plan: Plan, stream: tuple[str, Direction], paths: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether one direction of a flow is on the right path at the end. `paths`: its first path, and its path now.

    The first path is right. Another path is also right in two cases:

    - The check promises this path for the end.
    - The prediction says that this path is equal to the first one.
    """
    before, now = paths
    if check.foreseen and check.origin == "sweep":
        return now in check.foreseen.first_paths(*stream)
    promised = [promise.via for promise in _in_the_end_by_schedule(check, *stream) if promise.via]
    return all(passes_any(now, plan, via) for via in promised) if promised else now == before


def _in_the_end_by_schedule(check: Check, flow: str, direction: Direction) -> Iterator[Promise]:
    """The promises for the time after the last fault: those of `after`, and those for the event that ends the last fault."""
    each_time = [each for step in check.steps for each in carried_out(step)]
    end = max((each.end for each in each_time), default=0.0)
    last = {each.called for each in each_time if each.end == end}
    for each in check.expectations:
        if each.flow == flow and direction in each.directions:
            yield from (promise for promise in (each.after,) if promise)
            if each.then and each.when and each.when.turn == "ends" and each.when.step in last:
                yield each.then


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One check with the plan of its lab and its convergence events."""

    check: Check
    plan: Plan
    happened: tuple[ConvergenceEvent, ...]

    def said(self, outcome: FlowOutcome) -> str | None:
        """The name of the event that an outcome is about. None if the outcome is about a whole phase."""
        return None if is_whole_phase(outcome, self.happened) else outcome.event

    def injected_within(self, outcome: FlowOutcome) -> float:
        """How many seconds passed between the first and the last fault of the outcome's phase.

        A prediction knows one instant only, so its interval is wider by this. 0 for a written promise.
        """
        spread = (event.at[1] - event.at[0] for event in self.happened if event.phase == outcome.phase)
        return max(spread, default=0.0) if self.check.origin == "sweep" else 0.0

    def for_phase(self, outcome: FlowOutcome) -> Promise | None:
        """What the check promises for the phase of this outcome. None if it promises nothing."""
        return of_phase(self.check.expectations, outcome.flow, outcome.direction, outcome.phase)

    def for_event(self, outcome: FlowOutcome) -> tuple[Promise, ...]:
        """What the check promises for the event of this outcome by the event's name."""
        event = next((each for each in self.happened if each.name == outcome.event), None)
        return of_event(self.check.expectations, outcome.flow, outcome.direction, event) if event else ()


def _held(case: _Case, outcome: FlowOutcome) -> Iterator[Breach]:
    """The broken promises about the outage and about the path of one outcome."""
    of_its_phase = case.for_phase(outcome)
    whole, worst = is_whole_phase(outcome, case.happened), is_at_worst(outcome, case.happened)
    for promise in case.for_event(outcome):
        found = (*_way(promise, outcome, case.plan), *_outage(promise, outcome, case.injected_within(outcome)))
        yield from (replace(each, by_name=True) for each in found)
    if of_its_phase and worst:
        yield from _way(of_its_phase, outcome, case.plan)
    if of_its_phase and whole:
        yield from _outage(of_its_phase, outcome, case.injected_within(outcome))
    if whole and outcome.lost and not is_spoken_of(case.check.expectations, outcome.flow, outcome.direction):
        yield Breach(
            what="loss",
            words=f"lost {outcome.lost} packets, but the check allows none (to allow some, write {outcome.phase}: {{outage_at_most: …}})",
        )


def _way(promise: Promise, outcome: FlowOutcome, plan: Plan) -> Iterator[Breach]:
    if outcome.reachable != promise.reachable:
        words = ("unreachable", "reachable")
        yield Breach(what="reachable", words=f"{words[outcome.reachable]}, promised {words[promise.reachable]}")
    elif promise.via and not passes_any(outcome.path, plan, promise.via):
        yield Breach(what="path", words=f"went {arrowed(outcome.path)}, promised via {' or '.join(promise.via)}")


def _outage(promise: Promise, outcome: FlowOutcome, apart: float) -> Iterator[Breach]:
    """The broken promise about the outage. Nothing if the flow was cut off against a promise, because that says enough.

    `apart`: the outage may be so many seconds shorter or longer.
    """
    if outcome.reachable != promise.reachable:
        return
    out, most, least = outcome.outage_seconds, promise.outage_at_most, promise.outage_at_least
    if most is not None and out > most + apart:
        yield Breach(what="outage", words=f"out for {out:.3f} s, promised at most {most:g} s")
    if least is not None and out < least - apart:
        yield Breach(what="outage", words=f"out for {out:.3f} s, expected at least {least:g} s: did the fault have an effect?")


def _in_the_end(case: _Case, outcome: FlowOutcome, flow: FlowRecorded) -> Iterator[Breach]:
    """The broken promises that every check makes for its end: no packet is lost any more, and each flow is on its first path again."""
    if outcome.phase != "after":
        return
    promises = [promise for promise in (case.for_phase(outcome), *case.for_event(outcome)) if promise]
    during = of_phase(case.check.expectations, outcome.flow, outcome.direction, "during")
    quiet = case.check.sustained_seconds
    if outcome.reachable and (late := lost_in_the_end(flow, quiet)):
        yield Breach(what="loss", words=f"still lost packets at the end: {late} in the last {quiet:g} s")
    if outcome.lost and not promises and during and during.outage_at_most == 0:
        way_out = "to allow some, write after: {outage_at_most: …}"
        words = f"lost {outcome.lost} packets; the check allows none during the faults, so none after them ({way_out})"
        yield Breach(what="loss", words=words)
    if not any(promise.via or not promise.reachable for promise in promises):
        yield from _not_returned(case, outcome)


def _not_returned(case: _Case, outcome: FlowOutcome) -> Iterator[Breach]:
    if not outcome.reachable:
        yield Breach(what="return", words="did not come back after the faults were undone")
    elif not has_returned(case.check, case.plan, (outcome.flow, outcome.direction), (outcome.path_before, outcome.path)):
        words = f"did not return to its path: went {arrowed(outcome.path)}, before {arrowed(outcome.path_before)}"
        yield Breach(what="return", words=words)
