"""Underlay: the path of a tunnel's ESP packets through the internet. Nodes on this path cannot see the probes inside the ESP packets."""

from lab.model.ip import Address
from lab.model.plan import Plan
from lab.model.tunnel import Tunnel


def underlay(plan: Plan, tunnel: Tunnel) -> tuple[str, ...]:
    """The nodes that a tunnel's ESP packets pass, from the customer gateway to AWS's endpoint. The path back is the same.

    Between the two is a provider, or a provider and the internet. Before them may be a NAT box. The tunnels of a private-IP VPN pass a
    circuit and AWS's Direct Connect device.
    """
    near = _far_end(plan, tunnel.customer.node, tunnel.customer.own)
    provider = _far_end(plan, near, tunnel.customer.outside) if tunnel.customer.behind_nat else near
    far = _far_end(plan, tunnel.aws.node, tunnel.aws.outside)
    return (tunnel.customer.node, *dict.fromkeys((near, provider, far)), tunnel.aws.node)


def _far_end(plan: Plan, name: str, address: Address) -> str:
    """The node at the other end of the cable at which node `name` has this address."""
    bearers = (each for each in plan.node(name).interfaces if each.address and each.ip == address)
    here = {each.tag.parent if each.tag else each.name for each in bearers}
    ends = [(link.a, link.b) for link in plan.links] + [(link.b, link.a) for link in plan.links]
    return next(there.node for end, there in ends if end.node == name and end.interface in here)
