"""What tests ask of the prediction and the audit of a case."""

from collections.abc import Iterable
from pathlib import Path

from lab.api.audit import audits
from lab.api.outlines import read_outline
from lab.model.direction import Direction
from lab.model.plan import Timers
from lab.model.prediction import FlowPrediction
from lab.predict import Predictor
from tests.told_cases import case


def flow(topology: Path, name: str, direction: Direction, failed: Iterable[str] = ()) -> FlowPrediction:
    predictor = Predictor(read_outline(str(topology), Timers.TUNED))
    components = {each.name: each for each in predictor.components}
    prediction = predictor.of(tuple(components[each] for each in failed))
    return next(each for each in prediction.flows if (each.flow, each.direction) == (name, direction))


def passed(way: FlowPrediction) -> set[str]:
    """The nodes that every path of a flow passes."""
    return set.intersection(*map(set, way.paths))


def codes(topology: Path) -> set[str]:
    (found,) = audits([str(topology)], Timers.TUNED, "5s")
    return {each.finding.code for each in found.findings}


def rewritten(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = case(name).read_text()
    assert old in text
    path = tmp_path / "topology.yaml"
    path.write_text(text.replace(old, new))
    return path
