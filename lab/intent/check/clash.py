"""Find steps of a check that cannot overlap in time: undoing one would undo the other, or one would delay the other.

The rules read only the `Effect` of a fault, so they are the same for every kind of fault.
"""

from lab.model.check import Step, carried_out
from lab.model.plan import Plan


def clash(plan: Plan, step: Step, other: Step) -> str | None:
    """A message that says why two steps cannot be in force at the same time. None if they can, or if they do not overlap in time."""
    if step.at >= other.end or other.at >= step.end:
        return None
    if step.fault.effect(plan).holds & other.fault.effect(plan).holds:
        return f"{_said(step)} and {_said(other)} break the same thing at the same time, so to undo one of them would undo both"
    return _met(plan, step, other) or _met(plan, other, step)


def kept_waiting(plan: Plan, step: Step, other: Step) -> str | None:
    """A message that says why one of two steps would begin or end late, and what to do. None if neither would be late.

    Faults are injected one at a time.
    """
    return _kept_by(plan, step, other) or _kept_by(plan, other, step)


def _kept_by(plan: Plan, noticed: Step, step: Step) -> str | None:
    until = noticed.at + noticed.fault.effect(plan).notice_seconds
    if any(noticed.at <= instant < until for each in carried_out(step) for instant in (each.at, each.end)):
        way_out = f"move {_said(step)} to before {noticed.at:g}s, or to {until:g}s or later"
        return f"{_said(step)} begins or ends while {_said(noticed)} is still being put in ({way_out})"
    return None


def _met(plan: Plan, breaking: Step, telling: Step) -> str | None:
    """A message that says why the first step restarts or stops a part of a node that the second step needs. None if it does not."""
    needed, effect = telling.fault.effect(plan).needs, breaking.fault.effect(plan)
    if lost := needed & effect.begins_anew:
        return f"{_said(breaking)} restarts {min(lost)}, and so undoes {_said(telling)} too early"
    if silent := needed & effect.silences:
        return f"{_said(breaking)} stops {min(silent)}, which {_said(telling)} needs"
    return None


def _said(step: Step) -> str:
    return f"{step.kind} {step.target}"
