"""Clashes: steps of a check that overlap in time although they could not be undone apart, or not carried out at their instants.

The rules are over what faults say of themselves (`Effect`): no rule knows a kind.
"""

from lab.model.check import Step, carried_out
from lab.model.plan import Plan


def clash(plan: Plan, step: Step, other: Step) -> str | None:
    """Why two steps cannot be in force together, as a message says it; None where they can, or never are."""
    if step.at >= other.end or other.at >= step.end:
        return None
    if step.fault.effect(plan).holds & other.fault.effect(plan).holds:
        return f"{_said(step)} breaks what {_said(other)} has broken already: undoing one would undo both"
    return _met(plan, step, other) or _met(plan, other, step)


def kept_waiting(plan: Plan, step: Step, other: Step) -> str | None:
    """Why one of two steps could not begin or end at its instant, with the way out: one fault goes in at a time."""
    return _kept_by(plan, step, other) or _kept_by(plan, other, step)


def _kept_by(plan: Plan, noticed: Step, step: Step) -> str | None:
    until = noticed.at + noticed.fault.effect(plan).notice_seconds
    if any(noticed.at <= instant < until for each in carried_out(step) for instant in (each.at, each.end)):
        way_out = f"let it be before {noticed.at:g} s, or from {until:g} s on"
        return f"{_said(step)} begins or ends while {_said(noticed)} gives its notice ({way_out})"
    return None


def _met(plan: Plan, breaking: Step, telling: Step) -> str | None:
    """Why one step needs somebody whom another one makes begin anew, or stops."""
    needed, effect = telling.fault.effect(plan).needs, breaking.fault.effect(plan)
    if lost := needed & effect.begins_anew:
        return f"{_said(breaking)} makes {min(lost)} begin anew, so what {_said(telling)} did to it is forgotten"
    if silent := needed & effect.silences:
        return f"{_said(breaking)} stops {min(silent)}, to which {_said(telling)} has to speak"
    return None


def _said(step: Step) -> str:
    return f"{step.kind} {step.target}"
