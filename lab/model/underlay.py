"""Underlay: the way of a tunnel's ESP packets through the internet. Probes are not seen there: inside ESP they are no clear text."""

from ipaddress import IPv4Address

from lab.model.plan import Plan, Tunnel


def underlay(plan: Plan, tunnel: Tunnel) -> tuple[str, ...]:
    """The nodes that a tunnel's ESP passes, from the customer gateway to AWS's endpoint; back it goes the same way.

    A provider stands between the two, or a provider and the internet behind it.
    """
    near = _far_end(plan, tunnel.customer.node, tunnel.customer.outside)
    far = _far_end(plan, tunnel.aws.node, tunnel.aws.outside)
    return (tunnel.customer.node, *dict.fromkeys((near, far)), tunnel.aws.node)


def _far_end(plan: Plan, name: str, address: IPv4Address) -> str:
    """The node at the other end of the cable that an address of a node is on."""
    here = {interface.name for interface in plan.node(name).interfaces if interface.address and interface.ip == address}
    ends = [(link.a, link.b) for link in plan.links] + [(link.b, link.a) for link in plan.links]
    return next(there.node for end, there in ends if end.node == name and end.interface in here)
