"""Design: a topology with its plan and its prediction, and the questions that rules ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.topology import Topology
from lab.predict.prediction import Predictor


@dataclass(frozen=True, kw_only=True)
class Design:
    """What a rule may ask. `budget_seconds`: an outage above it is too long."""

    topology: Topology
    predictor: Predictor
    budget_seconds: float

    @cached_property
    def singles(self) -> dict[str, SetPrediction]:
        """What the failure of each component alone does, by its name."""
        return {each.name: self.predictor.of((each,)) for each in self.predictor.components}

    def cut_by(self, component: str) -> tuple[FlowPrediction, ...]:
        """The flows that the failure of a component cuts off. () if nothing of that name can fail."""
        single = self.singles.get(component)
        return tuple(flow for flow in single.flows if flow.outage_seconds is None) if single else ()


def flows_of(predictions: Iterable[FlowPrediction]) -> str:
    """The names of the flows, each once: `dc1-app, dc2-app`."""
    return ", ".join(dict.fromkeys(each.flow for each in predictions))
