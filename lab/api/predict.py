"""Predict what happens to every flow when components fail. This needs no lab."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from lab.api.cycles import no_collector
from lab.api.files import all_topologies
from lab.api.outlines import read_outline
from lab.api.predicting.pool import pool
from lab.api.sets import named_set, require_few
from lab.errors import InputError, Problem
from lab.model.check import Check
from lab.model.plan import Plan, Timers
from lab.model.prediction import Component, Explained, Prediction
from lab.predict import Predictor
from lab.predict.components import components
from lab.predict.written import foreseen, promised_as_predicted, unforeseen

_MANY, _SEVERAL = 2, 2
"""From these numbers of failures and topologies on, separate processes save more time than their start costs."""


def predictions(words: Sequence[str], timers: Timers, failures: int) -> tuple[Prediction, ...]:
    """The predictions for every set of up to `failures` failed components of each named topology. Without names: of all topologies.

    Raises one InputError that lists every mistake.
    """
    words = words or all_topologies()
    if failures < _MANY or len(words) < _SEVERAL:
        plans = _few(_plans(words, timers), failures)
        with no_collector():
            return tuple(Predictor(plan).all_sets(failures) for plan in plans)
    with pool(len(words)) as workers:  # they start while we read
        return workers.predictions(_few(_plans(words, timers), failures), failures)


def _few(plans: tuple[Plan, ...], failures: int) -> tuple[Plan, ...]:
    """Return the plans unchanged. Raises InputError if a plan has too many sets of up to `failures` components."""
    for plan in plans:
        require_few(plan.name, len(components(plan)), failures, "--failures")
    return plans


def prediction_of(words: Sequence[str], timers: Timers, sets: Sequence[str]) -> tuple[Prediction, ...]:
    """The predictions for these sets of failed components (such as `dx1 + vpn1`) of each topology.

    Raises one InputError that lists every mistake.
    """
    predictors = _predictors(words, timers)
    wanted = _each_set(predictors, sets, "--set")
    return tuple(predictor.these_sets(each) for predictor, each in zip(predictors, wanted, strict=True))


def chosen_sets(
    words: Sequence[str], timers: Timers, failures: int, sets: Sequence[str]
) -> tuple[tuple[Predictor, list[tuple[Component, ...]]], ...]:
    """Each topology with these `sets` of its components (such as `dx1 + vpn1`), or else with all sets of up to `failures` components.

    Raises one InputError that lists every mistake.
    """
    plans = _plans(words, timers)
    predictors = tuple(map(Predictor, plans if sets else _few(plans, failures)))
    if sets:
        return tuple(zip(predictors, _each_set(predictors, sets, "--set"), strict=True))
    sizes = range(1, failures + 1)
    return tuple((each, [group for size in sizes for group in combinations(each.components, size)]) for each in predictors)


def explanations(words: Sequence[str], timers: Timers, failed: str) -> tuple[Explained, ...]:
    """Why each flow takes its path when the components in `failed` have failed (such as `dx1 + vpn1`, or "" for none).

    Raises one InputError that lists every mistake.
    """
    predictors = _predictors(words, timers)
    wanted = _each_set(predictors, [failed], "--explain")
    return tuple(predictor.explained(sets[0]) for predictor, sets in zip(predictors, wanted, strict=True))


def with_predictions(plan: Plan, checks: Sequence[Check]) -> tuple[Check, ...]:
    """The same checks, each with its prediction if there is one. An outage that a check promises as `predicted` gets its number.

    There is none for a check in which automations act, and none in a plan with unforeseen lines.

    Raises one InputError that lists every promise for which there is no prediction, with file and line.
    """
    problems: list[Problem] = []
    if plan.unforeseen:
        told = tuple(replace(check, foreseen=None) for check in checks)
        problems += (problem for check in told for problem in unforeseen(check, plan.unforeseen[0]))
        if problems:
            raise InputError(problems)
        return told
    predictor = Predictor(plan)
    told = tuple(replace(check, foreseen=None if check.automations else foreseen(predictor, check)) for check in checks)
    found = tuple(promised_as_predicted(check, problems) for check in told)
    if problems:
        raise InputError(problems)
    return found


def _predictors(words: Sequence[str], timers: Timers) -> tuple[Predictor, ...]:
    return tuple(map(Predictor, _plans(words, timers)))


def _plans(words: Sequence[str], timers: Timers) -> tuple[Plan, ...]:
    found: list[Plan] = []
    problems: list[Problem] = []
    for word in words or all_topologies():
        try:
            found.append(read_outline(word, timers))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found)


def _each_set(predictors: Sequence[Predictor], sets: Sequence[str], option: str) -> list[list[tuple[Component, ...]]]:
    problems: list[Problem] = []
    found = [[named_set(predictor, written, option, problems) for written in sets] for predictor in predictors]
    if problems:
        raise InputError(problems)
    return found
