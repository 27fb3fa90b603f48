"""Predict the result of a check that a user wrote."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lab.errors import Problem
from lab.model.check import SHORTEST_PROBE, Check, Expectation, Step
from lab.model.direction import Direction
from lab.model.fault import LinkDown, NodeKill, SilentLoss, TunnelDown
from lab.model.own_router import Unforeseen
from lab.model.prediction import Component, FlowPrediction, Foreseen
from lab.predict.prediction import Predictor

_SETTLED_SECONDS = 1.0
"""The path while faults last is measured in their last second, so a predicted outage must be over before."""


def foreseen(predictor: Predictor, check: Check) -> Foreseen | None:
    """The prediction for a check from a file. None if there is none, for one of these reasons:

    - its faults do not all begin at one instant and end at one instant
    - a kind of fault cannot be predicted

    A flow whose outage may last until the faults end has no prediction, because the end of the faults may end the outage, too.
    """
    predictor = predictor.for_packets(check.probe_size or SHORTEST_PROBE)
    failed = failures(check)
    if not failed or len({(step.at, step.end) for step in check.steps}) > 1:
        return None
    during = predictor.of(failed)
    lasting = check.steps[0].duration
    flows = tuple(flow for flow in during.flows if _is_over_within(flow, lasting))
    return Foreseen(
        before=predictor.of(()), during=replace(during, flows=flows, affected=tuple(each for each in during.affected if each in flows))
    )


def failures(check: Check) -> tuple[Component, ...]:
    """The components whose failures are the same as the faults of a check. () if a fault cannot be predicted."""
    known = tuple(each for each in map(_component, check.steps) if each)
    return known if len(known) == len(check.steps) else ()


def promised_as_predicted(check: Check, problems: list[Problem]) -> Check:
    """The same check, with the predicted outage in place of each `outage_at_most: predicted`.

    Adds a problem for each such outage for which there is no prediction.
    """
    return replace(check, expectations=tuple(_filled_in(each, check.foreseen, problems) for each in check.expectations))


def unforeseen(check: Check, why: Unforeseen) -> Iterator[Problem]:
    """A problem for each `outage_at_most: predicted` of a check in a network that cannot be predicted."""
    for promise in (each.during for each in check.expectations):
        if promise and promise.predicted_at:
            yield Problem(place=promise.predicted_at, message=f"nothing is predicted in this network: {why} (write a duration)")


def _filled_in(expectation: Expectation, known: Foreseen | None, problems: list[Problem]) -> Expectation:
    promise = expectation.during
    if promise is None or not promise.predicted_at:
        return expectation
    flows = {direction: known.flow(expectation.flow, direction) for direction in expectation.directions} if known else {}
    if reason := _unpredicted(flows):
        problems.append(Problem(place=promise.predicted_at, message=reason))
        return expectation
    most = max(flow.tolerated[1] for flow in flows.values() if flow and flow.tolerated)
    if promise.outage_at_least is not None and promise.outage_at_least > most:
        words = f"outage_at_least is more than the {most:g} s that outage_at_most: predicted allows (write less)"
        problems.append(Problem(place=promise.predicted_at, message=words))
    return replace(expectation, during=replace(promise, outage_at_most=most))


def _unpredicted(flows: Mapping[Direction, FlowPrediction | None]) -> str:
    """Why some directions of a flow have no predicted outage, and what the user can do. "" if all have one."""
    if not flows:
        return (
            "the outage cannot be predicted: a check is predicted only if its faults begin and end together, and are link-down, node-kill, "
            "tunnel-down, or silent-loss in both directions (write a duration)"
        )
    if None in flows.values():
        return "the outage may last until the faults end, so it is not predicted (let the faults last longer, under both timer profiles)"
    cut = [direction for direction, flow in flows.items() if flow and flow.tolerated is None]
    if len(cut) == len(flows):
        return "the prediction is that the flow is cut off, so no outage is predicted (write reachable: false)"
    if cut:
        return f"only the direction {cut[0]} is predicted to be cut off (write an expectation for each direction)"
    return ""


def _is_over_within(flow: FlowPrediction, seconds: float) -> bool:
    return flow.tolerated is None or flow.tolerated[1] + _SETTLED_SECONDS <= seconds


def _component(step: Step) -> Component | None:
    """The component whose failure is the same as the fault of a step. None for a kind of fault that cannot be predicted."""
    match step.fault:
        case LinkDown(links=links):
            return Component(name=step.called, what=step.kind, fault=step.kind, links=links)
        case SilentLoss(links=links, way="both"):
            return Component(name=step.called, what=step.kind, fault=step.kind, silent=links)
        case NodeKill(nodes=nodes):
            return Component(name=step.called, what=step.kind, fault=step.kind, nodes=nodes)
        case TunnelDown(tunnels=tunnels):
            return Component(name=step.called, what=step.kind, fault=step.kind, tunnels=tunnels)
        case _:
            return None
