"""Find links and tunnels whose MTU is too small for the probes."""

from collections.abc import Iterator, Sequence

from lab.analysis.trust import named
from lab.model.check import SHORTEST_PROBE, Check
from lab.model.event import FlowRecorded, TooLong
from lab.model.plan import Plan


def misfits(check: Check, plan: Plan, flows: Sequence[FlowRecorded]) -> tuple[str, ...]:
    """One sentence for each router that dropped probes because they were too long. It names the flows, the tunnel and the MTU.

    The routers themselves reported these drops (ICMP).
    """
    told = dict.fromkeys(each for flow in flows for each in flow.too_long)
    return tuple(_sentence(check, plan, flows, each) for each in told)


def _sentence(check: Check, plan: Plan, flows: Sequence[FlowRecorded], told: TooLong) -> str:
    lost = ", ".join(named(flow.flow, flow.direction) for flow in flows if told in flow.too_long)
    tunnels = " or ".join(_tunnels(plan, told))
    where = f"tunnel {tunnels} at {told.node}" if tunnels else f"the next link at {told.node}"
    return f"{lost}: {check.probe_size or SHORTEST_PROBE} octets do not fit {where} (MTU {told.mtu})"


def _tunnels(plan: Plan, told: TooLong) -> Iterator[str]:
    """The names of the tunnels that end on the router which said that a packet is too long, and that have the MTU it named."""
    for tunnel in plan.tunnels:
        if told.node in (tunnel.customer.node, tunnel.aws.node) and tunnel.mtu == told.mtu:
            yield tunnel.name
