"""Find all differences between a lab and its plan, and repair them: faults of `lab-break`, and what a killed command left behind."""

from collections.abc import Collection, Container, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from lab.errors import NodeError
from lab.model.plan import Node, Route
from lab.model.status import Difference, TunnelStatus
from lab.program import COMMAND
from lab.runtime import processes
from lab.runtime.capabilities import ProcessControl, ScriptControl, StateView, TunnelControl
from lab.runtime.netns import NodeView

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.runtime.netns.network import NodeNetwork

_CONTAINER = "container "
_SHUT_OUT = "PfxCt"
"""FRR's word for a session that a neighbor closed because of too many prefixes. It stays closed until it is cleared."""


class Repairable(ProcessControl, ScriptControl, TunnelControl, StateView, Protocol):
    """The methods of a lab that repair needs."""

    def container_states(self) -> dict[str, str]:
        """Docker's state of each node's container."""
        ...

    def view(self, node: str) -> NodeView:
        """The present network of a node, for reading."""
        ...

    def network(self, node: str) -> "NodeNetwork":
        """The network of a node, for changing it."""
        ...

    def tunnel_state(self, tunnel: str) -> TunnelStatus:
        """The state of a tunnel. If its two ends have different states: the worse one."""
        ...

    def is_reconfigured(self, node: str) -> bool:
        """Whether a router has another configuration than at its start. False if the router does not answer."""
        ...

    def is_tunnel_reconfigured(self, node: str, tunnel: str) -> bool:
        """Whether the charon of a tunnel has another key or connection than planned. False if charon does not answer."""
        ...

    def pid(self, node: str) -> int:
        """The process id, on the host, of a node's first process."""
        ...


def find_differences(lab: Repairable) -> tuple[Difference, ...]:
    """All differences from the plan, also those that faults make.

    They may be in containers, drops, queues, links, routes, daemons, configurations and tunnels.
    """
    found = differences_at(lab, [node.name for node in lab.plan.nodes])
    some_are_mute = any(difference.found == "frozen" or difference.found.startswith(_CONTAINER) for difference in found)
    return found if some_are_mute else (*found, *_shut_out(lab))


def differences_at(lab: Repairable, nodes: Collection[str]) -> tuple[Difference, ...]:
    """The differences of these nodes and of the tunnels that end there. Fast enough to call while probes run."""
    states = lab.container_states()
    tunnels = [tunnel for tunnel in lab.plan.tunnels if {tunnel.customer.node, tunnel.aws.node} & set(nodes)]
    asked = {*nodes, *(end.node for tunnel in tunnels for end in (tunnel.customer, tunnel.aws))}
    alive = processes.processes_of({name: lab.pid(name) for name in asked if states.get(name) in {"running", "paused"}})
    found: list[Difference] = []
    for node in (each for each in lab.plan.nodes if each.name in nodes):
        state = states.get(node.name, "missing")
        if node.name in alive:
            if state == "paused":
                found.append(Difference(place=node.name, found="frozen", planned="running"))
            found += _network_differences(lab, node)
            found += _script_differences(node, alive[node.name].scripts.values())
            broken = tuple(_daemon_differences(lab, node, alive[node.name].daemons))
            found += broken
            if state == "running":  # a frozen daemon does not answer
                found += _told_differences(lab, node, {each.place for each in broken})
        else:
            found.append(Difference(place=node.name, found=f"{_CONTAINER}{state}", planned="running"))
    for tunnel in tunnels:
        ends = (tunnel.customer.node, tunnel.aws.node)
        charons = {node: alive[node].daemons.get(f"charon:{tunnel.name}") if node in alive else None for node in ends}
        if not any(states.get(node) != "running" or (pid and processes.is_stopped(pid)) for node, pid in charons.items()):
            found += _tunnel_differences(lab.tunnel_state(tunnel.name))
    return tuple(found)


def heal(lab: Repairable) -> tuple[Difference, ...]:
    """Repair all differences, and return them.

    If a node or daemon was frozen, look again afterwards, because that can hide other differences.
    """
    found = find_differences(lab)
    put_right(lab, found)
    if any(difference.found == "frozen" for difference in found):
        more = tuple(each for each in find_differences(lab) if not each.learned or each.place.endswith(":bgpd"))
        put_right(lab, more)
        found += more
    return found


def put_right(lab: Repairable, differences: tuple[Difference, ...]) -> None:
    """Repair the differences. Raises NodeError if a container is gone: then only a new deployment helps."""
    gone = [difference.place for difference in differences if difference.found.startswith(_CONTAINER)]
    if gone:
        raise NodeError(f"lab-heal cannot make containers again, and these are gone: {', '.join(gone)} ({COMMAND} lab-down, then lab-up)")
    places = {difference.place.partition(":")[0] for difference in differences}
    different = [node for node in lab.plan.nodes if node.name in places]
    for node in different:
        _put_node_right(lab, node)
    # last, when nothing is frozen any more, because both ends of a tunnel are repaired together
    for node in different:
        for daemon in node.daemons:
            lab.start_daemon(node.name, daemon)
    for tunnel in lab.plan.tunnels:
        lab.load_planned(tunnel.name)
        lab.initiate_tunnel(tunnel.name)


def _put_node_right(lab: Repairable, node: Node) -> None:
    """Repair a node, but start no daemon.

    A bgpd with another configuration or a closed session is killed, so that it is started again later.
    """
    lab.resume(node.name)
    lab.end_scripts(node.name)
    network, view = lab.network(node.name), lab.view(node.name)
    for drop in view.drop_names():
        network.drops.remove(drop)
    for interface, _ in view.queues():
        network.clear_queue(interface)
    network.remove_routes(_routes_beyond_plan(lab, node))
    network.configure(node)
    for daemon in node.daemons:
        lab.continue_daemon(node.name, daemon)
    shut_out = any(state.node == node.name and _SHUT_OUT in state.state for state in lab.bgp_states())
    if shut_out or lab.is_reconfigured(node.name):
        lab.kill_daemon(node.name, "bgpd")


def _routes_beyond_plan(lab: Repairable, node: Node) -> tuple[Route, ...]:
    """The static routes of a node that are not in the plan. Routes of tunnels of a static VPN are left out, because they come and go."""
    ends = [end for tunnel in lab.plan.tunnels for end in (tunnel.customer, tunnel.aws) if end.node == node.name]
    of_tunnels = {Route(prefix=prefix, interface=end.device, metric=end.metric) for end in ends for prefix in end.routes}
    return tuple(sorted(lab.view(node.name).static_routes() - set(node.routes) - of_tunnels, key=str))


def _tunnel_differences(state: TunnelStatus) -> Iterator[Difference]:
    if not state.up:
        found = f"IKE {state.ike or 'none'}, child {state.child or 'none'}"
        yield Difference(place=state.tunnel, found=found, planned="ESTABLISHED, INSTALLED", learned=True)


def _shut_out(lab: Repairable) -> Iterator[Difference]:
    """A difference for each session that a neighbor has closed, and that must be cleared by hand."""
    for session in lab.bgp_states():
        if _SHUT_OUT in session.state:
            found = f"{session.state} to {session.neighbor_node}"
            yield Difference(place=f"{session.node}:bgpd", found=found, planned="Established", learned=True)


def _network_differences(lab: Repairable, node: Node) -> Iterator[Difference]:
    view = lab.view(node.name)
    for drop in view.drop_names():
        kind, _, arrives_at = drop.partition("-")
        place = f"{node.name}:{arrives_at}" if arrives_at else node.name
        yield Difference(place=place, found=f"drops packets ({kind})", planned="forwards")
    for slow, kind in view.queues():
        yield Difference(place=f"{node.name}:{slow}", found=f"holds packets up ({kind})", planned="sends at once")
    down = view.links_down()
    for interface in node.interfaces:
        if interface.name in down:
            yield Difference(place=f"{node.name}:{interface.name}", found="down", planned="up")
    for bridge in node.bridges:
        if bridge.name in down:
            yield Difference(place=f"{node.name}:{bridge.name}", found="down", planned="up")
    missing = {(interface.name, str(each)) for interface in node.interfaces for each in interface.addresses} - view.addresses()
    for name, address in sorted(missing):
        yield Difference(place=f"{node.name}:{name}", found="no address", planned=address)
    planned, present = set(node.routes), view.static_routes()
    for route in sorted(planned - present, key=str):
        yield Difference(place=node.name, found=f"no route {route.prefix}", planned=str(route))
    for route in _routes_beyond_plan(lab, node):
        yield Difference(place=node.name, found=f"route {route}", planned="none")


def _script_differences(node: Node, scripts: Collection[str]) -> Iterator[Difference]:
    for name in sorted(set(scripts)):
        yield Difference(place=node.name, found=f"runs the script {name}", planned="no script")


def _daemon_differences(lab: Repairable, node: Node, pids: Mapping[str, int]) -> Iterator[Difference]:
    for daemon in node.daemons:
        pid = pids.get(daemon)
        if pid is None:
            yield Difference(place=f"{node.name}:{daemon}", found="dead", planned="running")
        elif processes.is_stopped(pid):
            yield Difference(place=f"{node.name}:{daemon}", found="frozen", planned="running")


def _told_differences(lab: Repairable, node: Node, silent: Container[str]) -> Iterator[Difference]:
    """A difference for each daemon that has another configuration than planned.

    Daemons in `silent` are left out, because they cannot answer.
    """
    for daemon in node.daemons:
        place, (program, _, tunnel) = f"{node.name}:{daemon}", daemon.partition(":")
        if place in silent:
            continue
        if (program == "bgpd" and lab.is_reconfigured(node.name)) or (tunnel and lab.is_tunnel_reconfigured(node.name, tunnel)):
            yield Difference(place=place, found="reconfigured", planned="as it started")
