"""Read the state of a lab at one moment. Daemons that cannot answer are not asked, because waiting for each would take 2 s."""

from collections.abc import Callable, Collection
from typing import Protocol

from lab.model.plan import Node, Plan
from lab.model.status import Difference, Look, NodeAddress, NodeStatus, RouteStatus, TunnelStatus
from lab.model.tunnel import Tunnel
from lab.runtime.frr import routers
from lab.runtime.netns import NodeView
from lab.runtime.owners import address_owners

_CONTAINER = "container "
_MUTE = ("frozen", "dead")
_NO_ANSWER = "charon does not answer"


class Seen(Protocol):
    """The methods of a lab that reading its state needs."""

    @property
    def plan(self) -> Plan:
        """The plan of the lab."""
        ...

    def pid(self, node: str) -> int:
        """The process id, on the host, of a node's first process."""
        ...

    def view(self, node: str) -> NodeView:
        """The present network of a node, for reading."""
        ...

    def tunnel_state(self, tunnel: str) -> TunnelStatus:
        """The state of a tunnel. If its ends differ: that of the end in the worse state."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """All differences of the lab from its plan."""
        ...


def look(lab: Seen) -> Look:
    """The whole state of a lab, read once. A router, charon or node that is frozen, dead or gone is reported as not answering."""
    differences = lab.differences()
    mute = {each.place for each in differences if _is_trouble(each)}
    gone = {each.place for each in differences if each.found.startswith(_CONTAINER)}
    return Look(
        sessions=routers.states(lab.plan.sessions, lab.pid, {node.name for node in lab.plan.nodes if _is_mute(node.name, "bgpd", mute)}),
        tunnels=tuple(_tunnel(tunnel, lab.tunnel_state, mute) for tunnel in lab.plan.tunnels),
        routes=routes(lab.plan, lab.view, gone),
        differences=differences,
    )


def routes(plan: Plan, view: Callable[[str], NodeView], gone: Collection[str] = ()) -> tuple[RouteStatus, ...]:
    """Each router's BGP routes to the hosts' networks, from its kernel. Next hops are node names."""
    owners = address_owners(plan)
    return tuple(
        RouteStatus(node=node.name, prefix=prefix, via=tuple(owners.get(hop, str(hop)) for hop in hops))
        for node in plan.nodes
        if "bgpd" in node.daemons and node.name not in gone
        for prefix, hops in view(node.name).bgp_routes()
    )


def inventory(plan: Plan, differences: Collection[Difference]) -> tuple[NodeStatus, ...]:
    """Every node with its addresses. For a node that does not answer: also the reason."""
    places = {node.name for node in plan.nodes}
    trouble = {each.place: each.found for each in differences if each.place in places and _is_trouble(each)}
    hosts = [end.address for flow in plan.flows for end in (flow.source, flow.target)]
    return tuple(
        NodeStatus(
            node=node.name,
            role=node.role.value,
            trouble=trouble.get(node.name),
            addresses=tuple(sorted(_addresses(plan, node), key=lambda each: not any(host in each.address.network for host in hosts))),
        )
        for node in plan.nodes
    )


def _is_mute(node: str, daemon: str, mute: Collection[str]) -> bool:
    return node in mute or f"{node}:{daemon}" in mute


def _is_trouble(difference: Difference) -> bool:
    return difference.found in _MUTE or difference.found.startswith(_CONTAINER)


def _tunnel(tunnel: Tunnel, ask: Callable[[str], TunnelStatus], mute: Collection[str]) -> TunnelStatus:
    if any(_is_mute(end.node, f"charon:{tunnel.name}", mute) for end in (tunnel.customer, tunnel.aws)):
        return TunnelStatus(tunnel=tunnel.name, ike=_NO_ANSWER, child=None)
    return ask(tunnel.name)


def _addresses(plan: Plan, node: Node) -> list[NodeAddress]:
    """The addresses of a node: first those on cables, then those inside tunnels."""
    on_cables = [NodeAddress(interface=each.name, address=address) for each in node.interfaces for address in each.addresses]
    ends = [end for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws) if end.node == node.name]
    return [*on_cables, *(NodeAddress(interface=end.device, address=end.inside) for end in ends)]
