"""Sweeps: let sets of components fail in a lab, and compare each result with the prediction. One check is made for each set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from lab.api.sets import named_set, require_few
from lab.errors import InputError, Problem
from lab.model.check import CONTROL, Check
from lab.model.plan import Plan
from lab.model.prediction import Component, Foreseen, SetPrediction
from lab.predict import Predictor
from lab.predict.classes import Member, classes, members
from lab.predict.sweep import sweep_check

DEFAULT_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Which sets of components a sweep runs. A set has up to `most` components, which fail together.

    - Every failure of a single component is run.
    - A class has all sets with the same predicted effect. Of each class without a single failure, one set is run. `seed` chooses it.
    - `sample`: how many more sets are run. `every`: run all sets.
    """

    most: int
    sample: int = 0
    seed: int = DEFAULT_SEED
    every: bool = False


def sweep_checks(plan: Plan, sweep: Sweep, only: str | None) -> tuple[Check, ...]:
    """A check for every set that the sweep runs. With `only` (`dx1 + vpn1`): the check for this set.

    If two components break the same parts, only the first of them is used. Raises InputError if `only` names a component that does not
    exist.
    """
    if only == CONTROL:
        return ()
    predictor = Predictor(plan)
    sets = _all_sets(predictor, sweep.most) if only is None else [_named(predictor, only)]
    failures = {tuple(each.name for each in one): one for one in sets}
    before = predictor.of(())
    return tuple(
        sweep_check(plan, failures[each.proven.failed], _foreseen(before, each)) for each in _proven(map(predictor.of, sets), sweep)
    )


def _foreseen(before: SetPrediction, member: Member) -> Foreseen:
    return Foreseen(before=before, during=member.proven, stands_for=member.stands_for)


def _proven(sets: Iterable[SetPrediction], sweep: Sweep) -> Sequence[Member]:
    if sweep.every or sweep.most == 1:
        return [Member(proven=each) for each in sets]
    return members(classes(sets), sweep.sample, sweep.seed)


def _all_sets(predictor: Predictor, most: int) -> list[tuple[Component, ...]]:
    distinct: dict[tuple[tuple[str, ...], ...], Component] = {}
    for component in predictor.components:
        distinct.setdefault((component.links, component.nodes, component.tunnels), component)
    require_few(predictor.plan.name, len(distinct), most, "--sweep")
    return [each for size in range(1, most + 1) for each in combinations(distinct.values(), size)]


def _named(predictor: Predictor, only: str) -> tuple[Component, ...]:
    problems: list[Problem] = []
    found = named_set(predictor, only, "--check", problems)
    if not found and not problems:
        problems.append(Problem(place="--check", message="no component is named (write at least one, for instance 'dx1 + vpn1')"))
    if problems:
        raise InputError(problems)
    return found
