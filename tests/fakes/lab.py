"""FakeLab: a lab in memory with every capability. It knows what was broken, and derives the state that a real lab would show."""

import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from ipaddress import IPv4Address

from lab.errors import NodeError
from lab.model.bgp import BgpSession
from lab.model.change import RouterChange, SessionShut
from lab.model.evidence import Source, TimelineEvent
from lab.model.impairment import Impairment
from lab.model.plan import Endpoint, Node, Plan, Route
from lab.model.script import Script, ScriptEnd
from lab.model.status import Comparison, Difference, SessionStatus, TunnelStatus
from tests.fakes.cables import FakeCables
from tests.fakes.comparison import compared, tunnel_differences
from tests.fakes.impairments import FakeImpairments
from tests.fakes.monitors import FakeMonitors
from tests.fakes.obedience import Obedience, Refusal
from tests.fakes.processes import FakeProcesses
from tests.fakes.routing import Told, status
from tests.fakes.sockets import a_socket, interface_names


class FakeLab:
    """A lab in memory, healthy at first.

    `refusal` makes one call raise NodeError. `calls` lists the calls that change the lab. `now` gives the time of events.
    """

    def __init__(self, plan: Plan, refusal: Refusal | None = None) -> None:
        self.plan = plan
        self.now = time.time
        self._obeyed = Obedience(refusal)
        self.calls = self._obeyed.calls
        self.impairments = FakeImpairments(plan)
        self._cables = FakeCables(plan)
        self._processes = FakeProcesses()
        self.scripts = self._processes.scripts
        self._told = Told(plan)
        self._monitors = FakeMonitors()

    # LinkControl

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        self._node(end.node)
        with self._obeyed("set_link"):
            (self._cables.down.discard if up else self._cables.down.add)(end)
            for each in self._cables.ends(end):
                self._notice(each.node, "link", f"{each.interface} {'up' if up else 'down'}", None if up else str(each))

    # LossControl

    def drop_arrivals(self, end: Endpoint) -> None:
        with self._obeyed("drop_arrivals"):
            self.impairments.drops[self._node(end.node).name].add(f"silent-{end.interface}")
            if any(f"interface {end.interface}\n" in file.text for file in self._node(end.node).files if file.path == "frr/bfdd.conf"):
                (far,) = (each.node for each in self._cables.ends(end) if each != end)
                self._notice(end.node, "bfd", f"peer {far} down: detection time expired")

    def accept_arrivals(self, end: Endpoint) -> None:
        with self._obeyed("accept_arrivals"):
            self.impairments.drops[self._node(end.node).name].discard(f"silent-{end.interface}")

    def isolate(self, node: str) -> None:
        with self._obeyed("isolate"):
            self.impairments.drops[self._node(node).name].add("dead")

    def reunite(self, node: str) -> None:
        with self._obeyed("reunite"):
            self.impairments.drops[self._node(node).name].discard("dead")

    # ImpairmentControl

    def require_possible(self, impairment: Impairment) -> None:
        self.impairments.require(impairment)

    def impair(self, end: Endpoint, impairment: Impairment) -> None:
        self._node(end.node)
        with self._obeyed("impair"):
            self.impairments.put(end, impairment)

    def clear(self, end: Endpoint, impairment: Impairment) -> None:
        self._node(end.node)
        with self._obeyed("clear"):
            self.impairments.take(end, impairment)

    # PowerControl

    def shut_off(self, node: str) -> None:
        with self._obeyed("shut_off"):
            daemons = [self._running(node, daemon) for daemon in self._node(node).daemons]
            self._cables.take_down(self._node(node))
            for daemon in daemons:
                self._die(*daemon)

    def boot(self, node: str) -> None:
        with self._obeyed("boot"):
            self._cables.bring_up(self._node(node))
            for daemon in self._node(node).daemons:
                self._come_up(node, daemon)

    # ProcessControl

    def require_alive(self, node: str) -> None:
        self._processes.require_alive(self._node(node).name)

    def pause(self, node: str) -> None:
        with self._obeyed("pause"):
            self._processes.paused.add(self._node(node).name)

    def resume(self, node: str) -> None:
        with self._obeyed("resume"):
            self._processes.paused.discard(self._node(node).name)

    def stop_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("stop_daemon"):
            self._processes.frozen.add(self._running(node, daemon))

    def continue_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("continue_daemon"):
            self._processes.frozen.discard((self._node(node).name, daemon))

    def kill_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("kill_daemon"):
            self._die(*self._running(node, daemon))

    def start_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("start_daemon"):
            self._come_up(self._node(node).name, daemon)

    # TunnelControl

    def terminate_tunnel(self, tunnel: str) -> None:
        with self._obeyed("terminate_tunnel"):
            self._told.tunnels_down.add(self.plan.tunnel(tunnel).name)
            for each in (self.plan.tunnel(tunnel).customer, self.plan.tunnel(tunnel).aws):
                self._notice(each.node, "ike", f"{tunnel}: IKE SA deleted", tunnel)

    def initiate_tunnel(self, tunnel: str) -> None:
        with self._obeyed("initiate_tunnel"):
            self._told.tunnels_down.discard(self.plan.tunnel(tunnel).name)

    def delete_ike_sa(self, tunnel: str) -> None:
        with self._obeyed("delete_ike_sa"):
            self._told.tunnels_down.add(self.plan.tunnel(tunnel).name)
            self._notice(self.plan.tunnel(tunnel).aws.node, "ike", f"{tunnel}: IKE SA deleted", tunnel)

    def give_wrong_key(self, tunnel: str) -> None:
        with self._obeyed("give_wrong_key"):
            self._told.give_wrong_key(tunnel)

    def begin_without_pfs(self, tunnel: str) -> None:
        with self._obeyed("begin_without_pfs"):
            self._told.begin_without_pfs(tunnel)

    def load_planned(self, tunnel: str) -> None:
        with self._obeyed("load_planned"):
            self._told.load_planned(tunnel)

    # RouterControl

    def change_router(self, change: RouterChange) -> None:
        with self._obeyed("change_router"):
            self._node(change.node)
            self._told.change(change)
            if isinstance(change, SessionShut):
                far = change.session.neighbor_node
                self._notice(change.node, "bgp", f"neighbor {far} down: Admin. shutdown")
                self._notice(far, "bgp", f"neighbor {change.node} down: received Cease/Administrative Shutdown")

    def restore_router(self, change: RouterChange) -> None:
        with self._obeyed("restore_router"):
            self._told.changes.discard(change)

    def clear_session(self, session: BgpSession) -> None:
        with self._obeyed("clear_session"):
            self._node(session.node)
            self._told.clear(session)

    def ask_for_bfd(self, session: BgpSession) -> None:
        """Nothing: sessions are never stuck here."""

    def wait_until_avoided(self, node: str, next_hop: IPv4Address, seconds: float) -> bool:
        return self._node(node).name == node

    def add_route(self, node: str, route: Route) -> None:
        with self._obeyed("add_route"):
            self._told.routes.add((self._node(node).name, route))

    def remove_route(self, node: str, route: Route) -> None:
        with self._obeyed("remove_route"):
            self._told.routes.discard((node, route))

    # ScriptControl

    def run_script(self, node: str, script: Script) -> Callable[[], ScriptEnd | None]:
        with self._obeyed("run_script"):
            return self.scripts.start(self._node(node).name, script)

    def end_scripts(self, node: str) -> None:
        self.scripts.end(node)

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        self._node(node)
        return a_socket(family, kind, protocol)

    def interface_names(self, node: str) -> dict[int, str]:
        return interface_names(self._node(node))

    # Watchable

    def watch(self, sink: Callable[[TimelineEvent], None]) -> AbstractContextManager[None]:
        return self._monitors.watch(sink)

    # StateView
    def bgp_states(self) -> tuple[SessionStatus, ...]:
        return tuple(status(each, self._session_state(each)) for each in self.plan.sessions)

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        return tuple(self.tunnel_state(tunnel.name) for tunnel in self.plan.tunnels)

    def tunnel_state(self, tunnel: str) -> TunnelStatus:
        planned = self.plan.tunnel(tunnel)
        if all(self._processes.answers(end.node, f"charon:{tunnel}") for end in (planned.customer, planned.aws)):
            return self._told.tunnel_status(planned)
        return TunnelStatus(tunnel=tunnel, ike="charon does not answer", child=None)

    def differences(self) -> tuple[Difference, ...]:
        return self.differences_at([node.name for node in self.plan.nodes])

    def differences_at(self, nodes: Collection[str]) -> tuple[Difference, ...]:
        own = tuple(difference for node in self.plan.nodes if node.name in nodes for difference in self._differences_of(node))
        tunnels = (each for each in self.plan.tunnels if {each.customer.node, each.aws.node} & set(nodes))
        return *own, *tunnel_differences([self.tunnel_state(each.name) for each in tunnels if not self._processes.hangs(each)])

    def compare(self) -> Comparison:
        return compared(self.plan, self.differences(), self.bgp_states())

    def heal(self) -> tuple[Difference, ...]:
        found = self.differences()
        for forget in (self._cables.clear, self._processes.clear, self.impairments.clear, self._told.forget):
            forget()
        return found

    @property
    def whole(self) -> bool:
        """Whether nothing is broken. The same as `differences` being empty, but faster."""
        return self._told.nothing and not any((self._cables, self._processes, self.impairments))

    def _die(self, node: str, daemon: str) -> None:
        self._processes.die(node, daemon)
        self._told.daemon_dies(daemon)

    def _come_up(self, node: str, daemon: str) -> None:
        if (node, daemon) in self._processes.dead:
            self._told.daemon_starts(daemon)
        self._processes.dead.discard((node, daemon))

    def _node(self, name: str) -> Node:
        try:
            return self.plan.node(name)
        except KeyError:
            raise NodeError(f"{name} does not run") from None

    def _running(self, node: str, daemon: str) -> tuple[str, str]:
        return self._processes.running(self._node(node), daemon)

    def _notice(self, node: str, source: Source, what: str, lost: str | None = None) -> None:
        self._monitors.notice(TimelineEvent(at=self.now(), node=node, source=source, what=what, lost=lost))

    def remember(self) -> None:
        """Do nothing: a fake lab has no configuration to remember."""

    remember_routes = remember

    def _differences_of(self, node: Node) -> Iterator[Difference]:
        yield from self._told.differences(node)
        yield from self.impairments.differences_of(node.name)
        yield from self._cables.differences_of(node)
        yield from self._processes.differences_of(node)

    def _session_state(self, session: BgpSession) -> str:
        if not self._processes.answers(session.node, "bgpd"):
            return "bgpd does not answer"
        if closed := self._told.session_state(session):
            return closed
        met = self._processes.answers(session.neighbor_node, "bgpd") and self._carried(session.node, session.neighbor_node)
        return "Established" if met else "Active"

    def _carried(self, a: str, b: str) -> bool:
        """Whether a tunnel or a cable between two nodes carries packets."""
        if self.impairments.cut_off(a, b):
            return False
        for tunnel in self.plan.tunnels:
            if {tunnel.customer.node, tunnel.aws.node} == {a, b}:
                return self.tunnel_state(tunnel.name).child == "INSTALLED"
        return any(not self.impairments.silent(ends) for ends in self._cables.whole_between(a, b))
