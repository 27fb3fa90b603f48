"""The slowest detector of a network: how long a fault must last until every router has noticed it."""

from lab.model.plan import Plan, Timers
from lab.model.router import Neighbor

_USUAL_SECONDS = {Timers.TUNED: 3.6, Timers.DEFAULT: 92.0}
"""The hold time of BGP and a little more, if no customer chose another (on a VPN; with default timers, on a virtual interface)."""
_LATE_SECONDS = 0.6


def slowest_seconds(plan: Plan) -> float:
    """The time of the slowest detector, in seconds. A session with graceful restart also keeps routes for the neighbor's restart time."""
    ends: dict[tuple[str, str], list[Neighbor]] = {}
    for node in plan.nodes:
        for each in node.router.neighbors if node.router else ():
            ends.setdefault((node.name, each.node), []).append(each)
    longest = (
        min(here.hold, there.hold) + ((there.restart_time or 0) if here.restart_time is not None else 0)
        for (node, far), neighbors in ends.items()
        for here in neighbors
        for there in ends.get((far, node), ())
    )
    return max(_USUAL_SECONDS[plan.timers], max(longest, default=0) + _LATE_SECONDS)
