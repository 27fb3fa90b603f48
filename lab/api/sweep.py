"""Sweeps: the checks of every set of failed components of a topology."""

from collections.abc import Iterable
from itertools import combinations

from lab.api.sets import named_set
from lab.errors import InputError, Problem
from lab.model.check import CONTROL, Check
from lab.model.plan import Plan
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.predict.sweep import sweep_check


def sweep_checks(plan: Plan, most: int, only: str | None) -> tuple[Check, ...]:
    """A check for every set of up to `most` components, or for the one that `only` names (`dx1 + vpn1`).

    Components that fail in the same way are one: the first stands for all of them. InputError if `only` names what does not exist.
    """
    predictor = Predictor(plan)
    before = predictor.of(())
    return tuple(sweep_check(plan, each, before, predictor.of(each)) for each in _sets(predictor, most, only))


def _sets(predictor: Predictor, most: int, only: str | None) -> Iterable[tuple[Component, ...]]:
    if only == CONTROL:
        return ()
    if only is None:
        distinct: dict[tuple[tuple[str, ...], ...], Component] = {}
        for component in predictor.components:
            distinct.setdefault((component.links, component.nodes, component.tunnels), component)
        return [each for size in range(1, most + 1) for each in combinations(distinct.values(), size)]
    problems: list[Problem] = []
    found = named_set(predictor, only, "--check", problems)
    if problems:
        raise InputError(problems)
    return (found,)
