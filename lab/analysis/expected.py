"""How long a check is expected to take on a lab that runs."""

from lab.model.check import Check
from lab.model.plan import Plan

LOOK_SECONDS = 5.0
"""A check without steps watches the lab for this long."""

_AROUND_SECONDS = 3.1
"""Seconds before and after the schedule: the lab becomes steady, and is compared with its plan. Measured on two cores."""

_TUNNEL_SECONDS = 0.3
"""Seconds for each tunnel of the plan until flows come back. Measured: the mean over many kinds of fault."""

_UNDOING_SECONDS = 8.0
"""Seconds after the faults until an automation has undone its action: pings must arrive for five seconds, and sessions come up again."""


def expected_seconds(check: Check, plan: Plan) -> float:
    """The seconds from the start of a check to its verdict. If flows do not work again when the faults are undone, the check takes longer.

    The durations in the check must be those for the timer profile of the plan.
    """
    if not check.steps:
        return LOOK_SECONDS + _AROUND_SECONDS
    undoing = _UNDOING_SECONDS if check.automations else 0.0
    around = undoing + _AROUND_SECONDS + _TUNNEL_SECONDS * len(plan.tunnels)
    return max(step.end for step in check.steps) + check.sustained_seconds + around
