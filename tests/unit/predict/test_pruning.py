"""What a prediction leaves out changes nothing: held against the prediction that computes each set, trip and pace on its own."""

import random
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from lab.compiler import outline_topology
from lab.intent import read_topology
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.prediction import Component
from lab.predict import Predictor
from tests.designs import designs
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("timers", Timers)
@pytest.mark.parametrize("name", TOPOLOGIES)
def test_nothing_is_lost_by_pruning(name: str, timers: Timers) -> None:
    plan = shipped_plan(name, timers)
    _compare(plan, _sets(Predictor(plan).components, pairs=40, triples=20))


@given(design=designs())
@settings(max_examples=20, deadline=None, derandomize=True, database=None)
def test_nothing_is_lost_by_pruning_a_generated_design(design: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "generated.yaml"
        file.write_text(design)
        plan = outline_topology(read_topology(file), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    _compare(plan, _sets(Predictor(plan).components, pairs=40, triples=20))


def _sets(components: tuple[Component, ...], pairs: int, triples: int) -> list[tuple[Component, ...]]:
    """Every single component, and some pairs and triples: always the same ones."""
    found: list[tuple[Component, ...]] = [(each,) for each in components]
    for size, most in ((2, pairs), (3, triples)):
        every = list(combinations(components, size))
        found += random.Random(14).sample(every, min(most, len(every)))  # noqa: S311 - no secret: a run must be repeatable
    return found


def _compare(plan: Plan, sets: list[tuple[Component, ...]]) -> None:
    pruned, plain = Predictor(plan), Predictor(plan, prunes=False)
    assert pruned.these_sets(sets) == plain.these_sets(sets)
