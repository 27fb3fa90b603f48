"""Say who would notice each failure of a topology: a router, an alarm of CloudWatch, or nobody. This needs no lab."""

from collections.abc import Sequence

from lab.analysis.alarms import foreseen_notice
from lab.api.predict import chosen_sets
from lab.model.noticed import PredictedNotices
from lab.model.plan import Timers
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.predict.recorded import as_recorded


def predicted_alarms(words: Sequence[str], timers: Timers, failures: int, sets: Sequence[str]) -> tuple[PredictedNotices, ...]:
    """Who would notice each of these `sets` of failed components, or without `sets`, each set of up to `failures` components.

    Raises one InputError that lists every mistake.
    """
    return tuple(_of_topology(predictor, wanted) for predictor, wanted in chosen_sets(words, timers, failures, sets))


def _of_topology(predictor: Predictor, sets: Sequence[Sequence[Component]]) -> PredictedNotices:
    noticed = ((tuple(part.name for part in each), foreseen_notice(predictor.plan, *as_recorded(predictor, each))) for each in sets)
    return PredictedNotices(topology=predictor.plan.name, timers=predictor.plan.timers.value, sets=tuple(noticed))
