"""The messages to a process that predicts, and from it."""

from dataclasses import replace
from typing import NamedTuple

from lab.model.plan import Plan
from lab.model.prediction import FlowPrediction, Prediction, SetPrediction


class Order(NamedTuple):
    """An order to predict: a plan, and how many components a set has at most."""

    plan: Plan
    most: int


class Packed(NamedTuple):
    """A prediction in a form that is faster to read. Many sets of components have the same flows, so these are stored only once."""

    prediction: Prediction
    failed: tuple[tuple[str, ...], ...]
    flows: tuple[tuple[FlowPrediction, ...], ...]
    affected: tuple[tuple[FlowPrediction, ...], ...]


def packed(prediction: Prediction) -> Packed:
    """The packed form of this prediction."""
    failed, flows, affected = (tuple(getattr(each, part) for each in prediction.sets) for part in ("failed", "flows", "affected"))
    return Packed(replace(prediction, sets=()), failed, flows, affected)


def unpacked(found: Packed) -> Prediction:
    """The prediction from its packed form."""
    parts = zip(found.failed, found.flows, found.affected, strict=True)
    sets = (SetPrediction(failed=failed, flows=flows, affected=affected) for failed, flows, affected in parts)
    return replace(found.prediction, sets=tuple(sets))
