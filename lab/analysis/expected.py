"""Expected: how long a check takes on a lab that runs already, told before it begins."""

from lab.analysis.outcome import SUSTAINED_SECONDS
from lab.model.check import Check
from lab.model.plan import Plan

LOOK_SECONDS = 5.0
"""How long a lab is watched in a check without steps."""

_AROUND_SECONDS = 3.1
"""What surrounds a schedule: the lab is healed and steady before, compared with its plan after. Measured on two cores."""

_TUNNEL_SECONDS = 0.3
"""How much longer a flow takes to come back for each tunnel that has to be made again. Measured as the mean of many kinds of fault."""


def expected_seconds(check: Check, plan: Plan) -> float:
    """Seconds from the start of a check to its verdict, where every flow comes back as soon as its faults are undone.

    The steps are those of the plan's timer profile. A check that waits for a broken lab takes longer: nobody can know that before.
    """
    if not check.steps:
        return LOOK_SECONDS + _AROUND_SECONDS
    return max(step.end for step in check.steps) + SUSTAINED_SECONDS + _AROUND_SECONDS + _TUNNEL_SECONDS * len(plan.tunnels)
