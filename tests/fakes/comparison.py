"""The comparison of a lab in memory with its plan."""

from collections.abc import Sequence

from lab.model.plan import Plan
from lab.model.status import Comparison, Difference, SessionStatus, TunnelStatus


def compared(plan: Plan, differences: Sequence[Difference], sessions: Sequence[SessionStatus]) -> Comparison:
    """A comparison with the differences and every session that is down. It counts nodes, sessions and tunnels only."""
    down = [each for each in sessions if each.state != "Established"]
    found = [Difference(place=each.node, found=each.state, planned="Established", learned=True) for each in down]
    return Comparison(
        nodes=len(plan.nodes),
        daemons=0,
        interfaces=0,
        addresses=0,
        static_routes=0,
        learned_routes=0,
        sessions=len(plan.sessions),
        tunnels=len(plan.tunnels),
        differences=(*differences, *found),
    )


def tunnel_differences(states: Sequence[TunnelStatus]) -> list[Difference]:
    """Every tunnel that is not up."""
    return [
        Difference(place=state.tunnel, found=f"IKE {state.ike or 'none'}, child {state.child or 'none'}", planned="ESTABLISHED, INSTALLED")
        for state in states
        if not state.up
    ]
