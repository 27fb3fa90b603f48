"""List the checks that `lab-test` would run, and how long they would take. This needs no lab and writes nothing."""

from collections.abc import Sequence

from lab.analysis.expected import expected_seconds
from lab.api.chosen import chosen_checks
from lab.api.files import all_topologies, read_plan
from lab.api.sweep import Sweep
from lab.errors import InputError, Problem
from lab.model.check import control_check
from lab.model.plan import Ipsec, Timers
from lab.model.reviewed import PlannedCheck


def planned(words: Sequence[str], timers: Timers, sweep: Sweep | None = None) -> tuple[PlannedCheck, ...]:
    """The checks that `lab-test` would run, in order: those in files, or those of a sweep.

    Each topology begins with the control check. Raises one InputError that lists every mistake.
    """
    found: list[PlannedCheck] = []
    problems: list[Problem] = []
    for word in words or all_topologies():
        try:
            deployable = read_plan(word, timers, Ipsec.USERSPACE)
            checks = (control_check(), *chosen_checks(deployable, sweep, None))
        except InputError as error:
            problems += error.problems
            continue
        plan = deployable.plan
        found += [PlannedCheck(topology=plan.name, check=check, seconds=expected_seconds(check, plan)) for check in checks]
    if problems:
        raise InputError(problems)
    return tuple(found)
