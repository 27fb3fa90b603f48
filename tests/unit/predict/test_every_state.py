"""All states at once are the same as one state after the other."""

import random
from collections.abc import Sequence
from itertools import product

import pytest

from lab.model.prediction import Component
from lab.predict import Predictor
from lab.predict.diagram import Diagrams
from tests.shipped import TOPOLOGIES, shipped_plan


def _value(diagrams: Diagrams, function: int, failed: set[int]) -> object:
    while not diagrams.is_end(function):
        node = diagrams.at(function)
        function = node.failed if node.level in failed else node.up
    return diagrams.value(function)


def _functions(predictor: Predictor, components: Sequence[Component], diagrams: Diagrams) -> dict[str, int]:
    states = predictor.every_state(components, diagrams)
    return {flow.name: predictor.lost_in(states, flow) for flow in predictor.plan.flows}


def _lost(predictor: Predictor, failed: list[Component]) -> dict[str, bool]:
    """Whether a direction of each flow is lost, predicted for this set alone."""
    lost: dict[str, bool] = {}
    for each in predictor.of(failed).flows:
        lost[each.flow] = lost.get(each.flow, False) or not each.reachable
    return lost


@pytest.mark.parametrize(("name", "names"), [
    ("hybrid-backup", ("dci", "dx1", "isp-a", "vpn1-1", "tunnel vpn1-2", "dc2-r1", "vgw", "loc-a-1--vgw")),
    ("maximum-resiliency", ("dx1", "dx2", "dx3", "dc1-duct", "loc-b", "dci", "dc1-core", "dc2")),
    ("sitelink", ("dx1", "dx2", "dci", "loc-a-1--loc-b-1", "dc2-r1", "vgw", "dc1", "carrier-b")),
])  # fmt: skip
def test_every_state_of_some_components_is_what_is_predicted_for_it(name: str, names: tuple[str, ...]) -> None:
    predictor = Predictor(shipped_plan(name))
    known = {each.name: each for each in predictor.components}
    chosen = [known[each] for each in names]
    diagrams = Diagrams()
    functions = _functions(predictor, chosen, diagrams)
    for state in product((False, True), repeat=len(chosen)):
        levels = {level for level, failed in enumerate(state) if failed}
        expected = _lost(predictor, [chosen[level] for level in levels])
        assert {flow: _value(diagrams, function, levels) for flow, function in functions.items()} == expected, levels


@pytest.mark.parametrize("name", [each for each in TOPOLOGIES if not each.startswith("active")])
def test_random_sets_of_all_components_are_what_is_predicted_for_them(name: str) -> None:
    predictor, chance = Predictor(shipped_plan(name)), random.Random(14)  # noqa: S311 - a repeatable sample
    diagrams = Diagrams()
    functions = _functions(predictor, predictor.components, diagrams)
    for _ in range(60):
        levels = set(chance.sample(range(len(predictor.components)), chance.randint(1, 8)))
        expected = _lost(predictor, [predictor.components[level] for level in levels])
        assert {flow: _value(diagrams, function, levels) for flow, function in functions.items()} == expected, levels


def test_a_failure_that_repairs_a_flow_is_found() -> None:
    """AWS announces an allowed prefix of a transit gateway although nothing leads to it any more. Without that circuit the VPN works."""
    predictor = Predictor(shipped_plan("hybrid-backup-tgw"))
    known = {each.name: each for each in predictor.components}
    cut, repaired = [known["loc-a-1--tgw"]], [known["loc-a-1--tgw"], known["dx1"]]
    assert (_lost(predictor, cut)["dc1-app"], _lost(predictor, repaired)["dc1-app"]) == (True, False)
    diagrams = Diagrams()
    function = _functions(predictor, repaired, diagrams)["dc1-app"]
    assert [_value(diagrams, function, failed) for failed in (set(), {0}, {1}, {0, 1})] == [False, True, False, False]
