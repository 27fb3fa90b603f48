"""The prediction for a check from a file."""

from dataclasses import replace

from lab.errors import Problem
from lab.model.check import Check, Expectation, Step
from lab.model.fault import LinkDown, NodeKill, SilentLoss, TunnelDown
from lab.model.prediction import Component, FlowPrediction, Foreseen
from lab.predict.prediction import Predictor

_SETTLED_SECONDS = 1.0
"""The path while faults last is measured in their last second, so a predicted outage must be over before."""


def foreseen(predictor: Predictor, check: Check) -> Foreseen | None:
    """The prediction for a check. None if its faults do not all begin and end together, or if a kind of fault cannot be predicted.

    A flow whose outage may last until the faults end has no prediction, because the end of the faults may end the outage, too.
    """
    failed = [_component(step) for step in check.steps]
    known = [each for each in failed if each]
    if not known or len(known) < len(failed) or len({(step.at, step.end) for step in check.steps}) > 1:
        return None
    during = predictor.of(known)
    lasting = check.steps[0].duration
    flows = tuple(flow for flow in during.flows if _is_over_within(flow, lasting))
    return Foreseen(before=predictor.of(()), during=replace(during, flows=flows))


def promised_as_predicted(check: Check, problems: list[Problem]) -> Check:
    """The check with the predicted outage for each `outage_at_most: predicted`. Adds a problem for each outage that is not predicted."""
    return replace(check, expectations=tuple(_filled_in(each, check.foreseen, problems) for each in check.expectations))


def _filled_in(expectation: Expectation, known: Foreseen | None, problems: list[Problem]) -> Expectation:
    promise = expectation.during
    if promise is None or not promise.predicted_at:
        return expectation
    flows = [known.flow(expectation.flow, direction) for direction in expectation.directions] if known else []
    bounds = [flow.tolerated for flow in flows if flow and flow.tolerated]
    if len(bounds) == len(expectation.directions):
        return replace(expectation, during=replace(promise, outage_at_most=max(most for _, most in bounds)))
    if not flows:
        reason = "a check is predicted only if its faults begin and end together, and are link-down, node-kill, tunnel-down or silent-loss"
        problems.append(Problem(place=promise.predicted_at, message=f"the outage cannot be predicted: {reason} (write a duration)"))
    elif None in flows:
        problems.append(
            Problem(
                place=promise.predicted_at,
                message="the outage may last until the faults end, so it is not predicted (let the faults last longer)",
            )
        )
    else:
        problems.append(
            Problem(
                place=promise.predicted_at,
                message="the prediction is that the flow is cut off, so no outage is predicted (write reachable: false)",
            )
        )
    return expectation


def _is_over_within(flow: FlowPrediction, seconds: float) -> bool:
    return flow.tolerated is None or flow.tolerated[1] + _SETTLED_SECONDS <= seconds


def _component(step: Step) -> Component | None:
    """The component that fails by the fault of a step. None for a kind of fault that cannot be predicted."""
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
