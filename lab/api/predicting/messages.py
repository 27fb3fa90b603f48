"""What goes to a process that predicts, and what comes back."""

from dataclasses import replace
from typing import NamedTuple

from lab.model.plan import Plan
from lab.model.prediction import FlowPrediction, Prediction, SetPrediction


class Order(NamedTuple):
    """A plan, and the size of its largest sets."""

    plan: Plan
    most: int


class Packed(NamedTuple):
    """A prediction without its sets, and the parts of the sets. This form is faster to read, because many sets share their flows."""

    prediction: Prediction
    failed: tuple[tuple[str, ...], ...]
    flows: tuple[tuple[FlowPrediction, ...], ...]


def packed(prediction: Prediction) -> Packed:
    """The packed form of a prediction."""
    failed, flows = (tuple(getattr(each, part) for each in prediction.sets) for part in ("failed", "flows"))
    return Packed(replace(prediction, sets=()), failed, flows)


def unpacked(found: Packed) -> Prediction:
    """The prediction that was packed."""
    parts = zip(found.failed, found.flows, strict=True)
    return replace(found.prediction, sets=tuple(SetPrediction(failed=failed, flows=flows) for failed, flows in parts))
