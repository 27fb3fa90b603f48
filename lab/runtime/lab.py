"""A running lab, as one object with all capabilities. It stores nothing itself: the state is in the containers and in the lab's folder."""

import signal
import socket
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from lab.errors import NodeError
from lab.model.bgp import BgpSession
from lab.model.change import RouterChange
from lab.model.evidence import TimelineEvent
from lab.model.impairment import Impairment
from lab.model.ip import Address
from lab.model.plan import Endpoint, Plan, Route
from lab.model.script import Script, ScriptEnd
from lab.model.status import Comparison, Difference, RouteStatus, SessionStatus, TunnelStatus
from lab.program import COMMAND
from lab.runtime import daemons, processes
from lab.runtime.comparison import compare, route_line
from lab.runtime.docker.containers import Container, Containers, LabTag
from lab.runtime.frr import routers, vty
from lab.runtime.home import Home
from lab.runtime.host.kernel import feature_for
from lab.runtime.ipsec import ike, tunnels
from lab.runtime.lags import cables_of, follow, set_cable
from lab.runtime.looking import routes
from lab.runtime.netns import NodeNetworks, NodeView, socket_in
from lab.runtime.readiness import comes_true
from lab.runtime.repair import differences_at, find_differences, heal

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.runtime.netns.network import NodeNetwork

_SILENT = "silent-"
_DEAD = "dead"


class RunningLab:
    """The capabilities of a deployed plan (see lab.runtime.capabilities). `close` closes the object's sockets. The lab keeps running."""

    def __init__(self, plan: Plan, containers: Containers, nodes: dict[str, Container]) -> None:
        self.plan = plan
        self._containers = containers
        self._nodes = nodes
        self._home = Home(plan.lab)
        self._networks = NodeNetworks(self.pid)

    def close(self) -> None:
        """Close the sockets in the nodes."""
        self._networks.close()

    def pid(self, node: str) -> int:
        """The process id, on the host, of a node's first process. Raises NodeError if the node does not run."""
        if not (container := self._nodes.get(node)) or not container.pid:
            raise NodeError(f"{node} does not run (deploy the lab again: {COMMAND} lab-down, then lab-up)")
        return container.pid

    @property
    def tag(self) -> LabTag:
        """The tag of this lab, from its containers' labels."""
        return next(iter(self._nodes.values())).tag

    def attach(self, node: str, command: list[str]) -> int:
        """Run a command in a node with our terminal or streams. Return its exit code."""
        return self._containers.attach(self._container(node), command)

    def view(self, node: str) -> NodeView:
        """A read-only view of a node's network."""
        return self._networks.view(node)

    def network(self, node: str) -> "NodeNetwork":
        """A node's network, with functions that change it."""
        return self._networks.network(node)

    def answers(self, node: str, daemon: str) -> bool:
        """Whether a daemon answers on its control socket."""
        pid, (program, _, tunnel) = self.pid(node), daemon.partition(":")
        return ike.is_loaded(pid, tunnel) if program == "charon" else vty.control_socket(pid, daemon).exists()

    # LinkControl

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        set_cable(self, end, up=up)

    # LossControl

    def drop_arrivals(self, end: Endpoint) -> None:
        self.network(end.node).drops.add(_SILENT + end.interface, (end.interface,), mute=False)

    def accept_arrivals(self, end: Endpoint) -> None:
        self.network(end.node).drops.remove(_SILENT + end.interface)

    def isolate(self, node: str) -> None:
        self.network(node).drops.add(_DEAD, tuple(each.name for each in self.plan.node(node).interfaces), mute=True)

    def reunite(self, node: str) -> None:
        self.network(node).drops.remove(_DEAD)

    # ImpairmentControl

    def require_possible(self, impairment: Impairment) -> None:
        from lab.runtime.netns.trial import require_feature  # noqa: PLC0415 - see above

        require_feature(feature_for(impairment))

    def impair(self, end: Endpoint, impairment: Impairment) -> None:
        self.network(end.node).impair(end.interface, impairment)

    def clear(self, end: Endpoint, impairment: Impairment) -> None:
        self.network(end.node).clear(end.interface, impairment)

    # PowerControl

    def shut_off(self, node: str) -> None:
        pids = [self._running(node, daemon) for daemon in self.plan.node(node).daemons]
        self.network(node).take_down(self.plan.node(node))
        for pid in pids:
            processes.kill_process(pid)

    def boot(self, node: str) -> None:
        self.network(node).configure(self.plan.node(node))
        follow(self, cables_of(self.plan, node))
        for daemon in self.plan.node(node).daemons:
            self.start_daemon(node, daemon)

    # ProcessControl

    def require_alive(self, node: str) -> None:
        if self._containers.is_paused(self._container(node)):
            raise NodeError(f"a fault has already frozen or killed {node} ({COMMAND} lab-heal undoes the fault)")

    def pause(self, node: str) -> None:
        self._containers.pause(self._container(node))

    def resume(self, node: str) -> None:
        self._containers.unpause(self._container(node))

    def stop_daemon(self, node: str, daemon: str) -> None:
        processes.signal_process(self._running(node, daemon), signal.SIGSTOP)

    def continue_daemon(self, node: str, daemon: str) -> None:
        if pid := processes.daemon_pid(self.pid(node), daemon):
            processes.signal_process(pid, signal.SIGCONT)

    def kill_daemon(self, node: str, daemon: str) -> None:
        processes.kill_process(self._running(node, daemon))

    def start_daemon(self, node: str, daemon: str) -> None:
        tunnel = daemon.partition(":")[2]
        is_new = daemons.start(self.plan.node(node), daemon, self.pid(node), partial(self._containers.run, self._container(node)))
        end = self.plan.tunnel(tunnel).restarter(node) if is_new and tunnel else None
        if end and end is self.plan.tunnel(tunnel).aws:
            ike.initiate(self.pid(node), tunnel)  # the customer replaces its old SA by the new one (RFC 7296, 2.4)
        elif end:
            self.initiate_tunnel(tunnel)

    # TunnelControl

    def terminate_tunnel(self, tunnel: str) -> None:
        planned = self.plan.tunnel(tunnel)
        tunnels.terminate(self.pid(planned.customer.node), self.pid(planned.aws.node), tunnel)

    def initiate_tunnel(self, tunnel: str) -> None:
        if not self.tunnel_state(tunnel).up:
            self.terminate_tunnel(tunnel)  # one end may still have an SA that the other one has lost
            ike.initiate(self.pid(self.plan.tunnel(tunnel).starter.node), tunnel)

    def delete_ike_sa(self, tunnel: str) -> None:
        ike.terminate(self.pid(self.plan.tunnel(tunnel).aws.node), tunnel)

    def give_wrong_key(self, tunnel: str) -> None:
        tunnels.give_wrong_key(self.pid(self.plan.tunnel(tunnel).aws.node), tunnel)

    def begin_without_pfs(self, tunnel: str) -> None:
        node = self.plan.node(self.plan.tunnel(tunnel).customer.node)
        tunnels.begin_without_pfs(self.pid(node.name), tunnel, node)

    def load_planned(self, tunnel: str) -> None:
        for end in (self.plan.tunnel(tunnel).aws, self.plan.tunnel(tunnel).customer):
            tunnels.load_planned(self.pid(end.node), tunnel, self.plan.node(end.node))

    # RouterControl

    def change_router(self, change: RouterChange) -> None:
        routers.change(self.pid(change.node), change)

    def restore_router(self, change: RouterChange) -> None:
        routers.restore(self.pid(change.node), change)

    def clear_session(self, session: BgpSession) -> None:
        routers.clear(self.pid(session.node), session)

    def ask_for_bfd(self, session: BgpSession) -> None:
        routers.ask_for_bfd(self.pid(session.node), session)

    def wait_until_avoided(self, node: str, next_hop: Address, seconds: float) -> bool:
        return comes_true(lambda: not any(next_hop in hops for _, hops in self.view(node).bgp_routes()), seconds)

    def add_route(self, node: str, route: Route) -> None:
        self.network(node).add_routes((route,))

    def remove_route(self, node: str, route: Route) -> None:
        self.network(node).remove_routes((route,))

    # ScriptControl

    def run_script(self, node: str, script: Script) -> Callable[[], ScriptEnd | None]:
        return self._containers.run_script(self._container(node), script)

    def end_scripts(self, node: str) -> None:
        processes.kill_scripts(self.pid(node))

    # Sockets

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        return socket_in(self.pid(node), family, kind, protocol)

    def interface_names(self, node: str) -> dict[int, str]:
        return self.view(node).interface_names()

    # Watchable

    def watch(self, sink: Callable[[TimelineEvent], None]) -> AbstractContextManager[None]:
        from lab.runtime.watch import watching  # noqa: PLC0415 - see above

        return watching(self.plan, {node.name: self.pid(node.name) for node in self.plan.nodes}, sink)

    # StateView

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        return routers.states(self.plan.sessions, self.pid)

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        return tuple(self.tunnel_state(tunnel.name) for tunnel in self.plan.tunnels)

    def routes(self) -> tuple[RouteStatus, ...]:
        """Each router's BGP routes to the hosts' networks, from its kernel. Next hops are node names."""
        return routes(self.plan, self.view)

    def remember(self) -> None:
        for node in self.plan.nodes:
            if "bgpd" in node.daemons and self._home.kept_configuration(node.name) is None:
                self._home.keep_configuration(node.name, routers.configuration(self.pid(node.name)))

    def remember_routes(self) -> None:
        if self._home.kept_routes() is None:
            self._home.keep_routes(map(route_line, self.routes()))

    def kept_routes(self) -> frozenset[str] | None:
        """The remembered routes of the healthy lab."""
        return self._home.kept_routes()

    def is_reconfigured(self, node: str) -> bool:
        """Whether a router has another configuration than at its start. False if the router does not answer."""
        kept = self._home.kept_configuration(node)
        try:
            return kept is not None and routers.configuration(self.pid(node)) != kept
        except NodeError:
            return False

    def is_tunnel_reconfigured(self, node: str, tunnel: str) -> bool:
        """Whether the charon of a tunnel has another key or connection than planned. False if charon does not answer."""
        return tunnels.is_reconfigured(self.pid(node), tunnel, self.plan.node(node))

    def differences(self) -> tuple[Difference, ...]:
        return find_differences(self)

    def differences_at(self, nodes: Collection[str]) -> tuple[Difference, ...]:
        return differences_at(self, nodes)

    def compare(self) -> Comparison:
        return compare(self)

    def heal(self) -> tuple[Difference, ...]:
        found = heal(self)
        for node in self.plan.nodes:  # every check begins here, so that a fault need not open the sockets that it uses
            self.network(node.name).forget_flows(node)
        self._home.keep_faults(())
        return found

    def tunnel_state(self, tunnel: str) -> TunnelStatus:
        """The state of a tunnel. If its two ends have different states: the worse one."""
        return min((tunnels.status(self.pid(end.node), tunnel) for end in self.plan.tunnel(tunnel).ends), key=lambda each: each.up)

    def container_states(self) -> dict[str, str]:
        """Docker's state of each node's container."""
        return self._containers.states(self.plan.lab)

    def _container(self, node: str) -> Container:
        if node not in self._nodes:
            raise NodeError(f"{node} has no container (deploy the lab again: {COMMAND} lab-down, then lab-up)")
        return self._nodes[node]

    def _running(self, node: str, daemon: str) -> int:
        if not (pid := processes.daemon_pid(self.pid(node), daemon)):
            raise NodeError(f"{daemon} of {node} does not run, so no fault can break it ({COMMAND} lab-heal starts {daemon})")
        return pid
