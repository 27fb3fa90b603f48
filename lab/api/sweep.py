"""Sweeps: the checks of every set of failed components of a topology."""

from itertools import combinations

from lab.errors import InputError, Problem
from lab.model.check import CONTROL, Check
from lab.model.plan import Plan
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.predict.sweep import sweep_check
from lab.spelling import way_out


def sweep_checks(plan: Plan, most: int, only: str | None) -> tuple[Check, ...]:
    """A check for every set of up to `most` components, or for one of them (`dx1 + vpn1`). InputError if there is no such set.

    Components that fail in the same way are one: the first stands for all of them.
    """
    predictor = Predictor(plan)
    before = predictor.of(())
    distinct: dict[tuple[tuple[str, ...], ...], Component] = {}
    for component in predictor.components:
        distinct.setdefault((component.links, component.nodes, component.tunnels), component)
    sets = [each for size in range(1, most + 1) for each in combinations(distinct.values(), size)]
    named = {" + ".join(each.name for each in one): one for one in sets}
    if only == CONTROL:
        return ()
    if only is not None and only not in named:
        message = f"{plan.name} has no set '{only}' of up to {most} {way_out(only, named)}"
        raise InputError([Problem(place="--check", message=message)])
    wanted = sets if only is None else [named[only]]
    return tuple(sweep_check(plan, each, before, predictor.of(each)) for each in wanted)
