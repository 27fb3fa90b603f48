"""Written checks: the prediction for a check that a person wrote."""

from dataclasses import replace

from lab.model.check import Check, Step
from lab.model.fault import LinkDown, NodeKill, SilentLoss, TunnelDown
from lab.model.prediction import Component, FlowPrediction, Foreseen
from lab.predict.prediction import Predictor

_SETTLED_SECONDS = 1.0
"""A flow's path while the faults last is measured in their last second. Its outage must be over before."""


def foreseen(predictor: Predictor, check: Check) -> Foreseen | None:
    """The prediction for a written check. None if the faults do not all begin and end together, or if the kind of one is not predicted.

    A flow whose outage may last until the faults end has no prediction: the end of the faults may end the outage, too.
    """
    failed = [_component(step) for step in check.steps]
    known = [each for each in failed if each]
    if not known or len(known) < len(failed) or len({(step.at, step.end) for step in check.steps}) > 1:
        return None
    during = predictor.of(known)
    lasting = check.steps[0].duration
    flows = tuple(flow for flow in during.flows if _is_over_within(flow, lasting))
    return Foreseen(before=predictor.of(()), during=replace(during, flows=flows))


def _is_over_within(flow: FlowPrediction, seconds: float) -> bool:
    return flow.tolerated is None or flow.tolerated[1] + _SETTLED_SECONDS <= seconds


def _component(step: Step) -> Component | None:
    """The fault of a step as something that fails. None for a kind of fault that is not predicted."""
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
