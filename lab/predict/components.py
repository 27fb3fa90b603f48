"""Find the components of a plan: everything that can fail as a whole, and how it fails."""

from lab.model.lag import MEMBER
from lab.model.plan import Plan, Role, Target
from lab.model.prediction import Component

_BY_LINKS = frozenset({"interconnect", "transit gateway peering", "Direct Connect connection", "carrier", "shared risk", "link", MEMBER})
"""The kinds of components whose links lose their carrier when they fail. In the other kinds, the nodes die."""


def components(plan: Plan) -> tuple[Component, ...]:
    """Every link, node and tunnel, and every group of links and nodes that has a name, in the order of the plan.

    Hosts are not included: if a flow's host fails, the flow has no traffic that could be lost. Nor is the router of a VPC, which no
    machine of AWS's is.
    """
    hosts = {node.name for node in plan.nodes if node.role in {Role.HOST, Role.VPC_HOST, Role.VPC_ROUTER}}
    ends = {link.name: {link.a.node, link.b.node} for link in plan.links}
    of_hosts = hosts | {name for name, nodes in ends.items() if nodes & hosts}
    named = [_component(target) for target in plan.targets if target.name not in of_hosts]
    tunnels = [Component(name=f"tunnel {each.name}", what="VPN tunnel", fault="tunnel-down", tunnels=(each.name,)) for each in plan.tunnels]
    return (*(each for each in named if each), *tunnels)


def _component(target: Target) -> Component | None:
    if target.what in _BY_LINKS:
        return Component(name=target.name, what=target.what, fault="link-down", links=target.links)
    if target.nodes:
        return Component(name=target.name, what=target.what, fault="node-kill", nodes=target.nodes)
    if target.tunnels:
        return Component(name=target.name, what=target.what, fault="tunnel-down", tunnels=target.tunnels)
    return None
