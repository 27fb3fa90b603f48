"""Choose the checks of a run: those in files, or those of a sweep."""

from lab.api.files import read_checks
from lab.api.paths import Deployable
from lab.api.predict import with_predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.model.check import Check


def chosen_checks(deployable: Deployable, sweep: Sweep | None, only: str | None) -> tuple[Check, ...]:
    """The checks of a topology, each with its prediction.

    `only`: the name of the only check to run. In a sweep: the only set of components to break, such as `dx1 + vpn1`.

    Raises one InputError that lists every mistake.
    """
    if sweep:
        return sweep_checks(deployable.plan, sweep, only)
    return with_predictions(deployable.plan, read_checks(deployable, only))
