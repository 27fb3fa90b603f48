"""The faults of `lab-break` that are still in force. A file in the lab's folder lists them."""

import math
from collections.abc import Sequence

from lab.errors import InputError, Problem
from lab.intent import clash, read_parameters, resolve_fault
from lab.model.check import Step
from lab.model.fault import NOTICE_SECONDS, Fault
from lab.model.plan import Plan
from lab.model.status import Difference, HandFault
from lab.program import COMMAND


def behind(differences: Sequence[Difference], kept: Sequence[HandFault], plan: Plan) -> tuple[HandFault, ...]:
    """The faults of the list whose effects are among the differences from the plan.

    The other faults are over, or were undone in another way.
    """
    return tuple(
        fault
        for fault in kept
        if any(mark.fits(each.place, each.found) for mark in resolved(fault, plan).effect(plan).marks for each in differences)
    )


def require_apart(step: Step, before: Sequence[HandFault], plan: Plan) -> None:
    """Raise InputError if a new fault and a fault in force have something in common, so that they could not be undone one by one."""
    for each in before:
        # the earlier fault has no end, and its injection is over
        earlier = Step(kind=each.kind, target=each.target, fault=resolved(each, plan), at=-NOTICE_SECONDS, duration=math.inf)
        if reason := clash(plan, step, earlier):
            raise InputError([Problem(place="lab-break", message=f"{reason} (run {COMMAND} lab-heal first)")])


def meant(words: Sequence[str], faults: Sequence[HandFault]) -> tuple[HandFault, ...]:
    """The faults in force that the words mean, in the order of the faults. A word is KIND TARGET, or one of both.

    Raises one InputError for all words that mean no fault, or several.
    """
    problems, found = [], set()
    known = ", ".join(f"'{each}'" for each in faults) or "none"
    for word in words:
        fitting = [each for each in faults if " ".join(word.split()) in {str(each), f"{each.kind} {each.target}", each.kind, each.target}]
        if len(fitting) == 1:
            found.add(fitting[0])
        else:
            what = "means several faults in force" if fitting else "is no fault in force"
            problems.append(Problem(place="--fault", message=f"{word[:60]!r} {what} (in force: {known})"))
    if problems:
        raise InputError(problems)
    return tuple(each for each in faults if each in found)


def reconfigured_by(kept: Sequence[HandFault], plan: Plan) -> frozenset[str]:
    """The nodes whose routers these faults have reconfigured."""
    return frozenset(mark.node for fault in kept for mark in resolved(fault, plan).effect(plan).marks if mark.found == "reconfigured")


def resolved(fault: HandFault, plan: Plan) -> Fault:
    """The fault that was typed."""
    return resolve_fault(plan, fault.kind, fault.target, read_parameters(fault.parameters))
