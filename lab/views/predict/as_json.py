"""Predictions as JSON, for programs."""

from collections.abc import Sequence

from lab.model.prediction import Explained, FlowPrediction, Prediction, SetPrediction
from lab.views.json_text import Json, json_text


def predictions_json(predictions: Sequence[Prediction], seconds: float) -> str:
    """The predictions as JSON. `seconds`: how long their computation took.

    One topology is an object. Several topologies are an object with a list under `predictions`.
    """
    made: list[dict[str, Json]] = [_prediction(each) for each in predictions]
    told: dict[str, Json] = made[0] if len(made) == 1 else {"predictions": [*made]}
    return json_text({"schema": 1, **told, "seconds": seconds})


def explained_json(explained: Sequence[Explained]) -> str:
    """The explanations as JSON: sentences for each direction of each flow."""
    return json_text({"schema": 1, "explanations": [_explained(each) for each in explained]})


def _prediction(prediction: Prediction) -> dict[str, Json]:
    return {
        "topology": prediction.topology,
        "timers": prediction.timers.value,
        "components": [{"name": each.name, "what": each.what, "fault": each.fault} for each in prediction.components],
        "before": _set(prediction.before),
        "sets": [_set(each) for each in prediction.sets],
    }


def _set(one: SetPrediction) -> dict[str, Json]:
    return {"failed": list(one.failed), "flows": [_flow(each) for each in one.flows]}


def _flow(flow: FlowPrediction) -> dict[str, Json]:
    return {"flow": flow.flow, "direction": flow.direction, **outcome_json(flow)}


def outcome_json(flow: FlowPrediction) -> dict[str, Json]:
    """The prediction for one direction of a flow as JSON. Reports of a sweep have the same object beside the measured values."""
    return {
        "reachable": flow.reachable,
        "paths": [list(path) for path in flow.paths],
        "outage_seconds": None if flow.outage_seconds is None else [round(each, 3) for each in flow.outage_seconds],
        "back_seconds": list(flow.back_seconds),
        "noticed_by": flow.noticed_by,
        "because": flow.because,
    }


def _explained(explained: Explained) -> dict[str, Json]:
    return {
        "topology": explained.topology,
        "failed": list(explained.failed),
        "flows": [
            {"flow": each.flow, "direction": each.direction, "paths": [list(path) for path in each.paths], "because": list(each.because)}
            for each in explained.flows
        ],
    }
