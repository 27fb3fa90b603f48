"""The checks of a run: the written ones, or those of a sweep."""

from lab.api.files import read_checks
from lab.api.paths import Deployable
from lab.api.predict import with_predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.model.check import Check


def chosen_checks(deployable: Deployable, sweep: Sweep | None, only: str | None) -> tuple[Check, ...]:
    """The checks of a topology, each with its prediction. `only`: one check by name, or one set of a sweep.

    Raises InputError with every mistake.
    """
    if sweep:
        return sweep_checks(deployable.plan, sweep, only)
    return with_predictions(deployable.plan, read_checks(deployable, only))
