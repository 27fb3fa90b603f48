"""Choose the checks of a run: those in files, or those of a sweep."""

from collections.abc import Sequence

from lab.api.files import read_checks
from lab.api.paths import Deployable
from lab.api.predict import with_predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.errors import InputError, Problem
from lab.model.check import Check
from lab.program import COMMAND

NEEDS_MONITOR = f"its automation needs Prometheus: {COMMAND} lab-test --monitor"


def chosen_checks(deployable: Deployable, sweep: Sweep | None, only: str | None) -> tuple[Check, ...]:
    """The checks of a topology, each with its prediction.

    `only`: the name of the only check to run. In a sweep: the only set of components to break, such as `dx1 + vpn1`.

    Raises one InputError that lists every mistake.
    """
    if sweep:
        return sweep_checks(deployable.plan, sweep, only)
    return with_predictions(deployable.plan, read_checks(deployable, only))


def runnable(checks: Sequence[Check], only: str | None, *, is_monitored: bool) -> tuple[Check, ...]:
    """The checks that can run: without a monitor, those in which no automation acts.

    Raises InputError if `only` names a check that cannot run.
    """
    found = tuple(check for check in checks if is_monitored or not check.automations)
    if only and len(found) < len(checks):
        raise InputError([Problem(place="--check", message=f"{only} cannot run ({NEEDS_MONITOR})")])
    return found
