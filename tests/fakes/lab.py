"""FakeLab: every capability of a lab in memory. It knows what was broken, and derives from that what a real lab would say of itself."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import NodeError
from lab.model.evidence import TimelineEvent
from lab.model.plan import Announcement, BgpSession, Endpoint, Node, Plan, Route, Tunnel
from lab.model.status import Comparison, Difference, SessionStatus, TunnelStatus

_FIRST_INDEX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The call that is refused - calls that act are counted from 0 -, and whether it had done its work by then."""

    call: int
    done: bool = False


class FakeLab:
    """A lab that is whole in the beginning; `refusal` makes one call raise NodeError, `calls` lists those that act, `now` dates events."""

    def __init__(self, plan: Plan, refusal: Refusal | None = None) -> None:
        self.plan = plan
        self.calls: list[str] = []
        self.now = time.time
        self._refusal = refusal
        self._down: set[Endpoint] = set()
        self._drops: dict[str, set[str]] = {node.name: set() for node in plan.nodes}
        self._paused: set[str] = set()
        self._frozen: set[tuple[str, str]] = set()
        self._dead: set[tuple[str, str]] = set()
        self._terminated: set[str] = set()
        self._shut: set[BgpSession] = set()
        self._announced: set[Announcement] = set()
        self._routes: set[tuple[str, Route]] = set()
        self._sinks: list[Callable[[TimelineEvent], None]] = []

    # LinkControl

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        self._node(end.node)
        with self._obeyed("set_link"):
            (self._down.discard if up else self._down.add)(end)
            for each in self._ends_of_cable(end):
                self._notice(each.node, f"{each.interface} {'up' if up else 'down'}")

    # LossControl

    def drop_arrivals(self, end: Endpoint) -> None:
        with self._obeyed("drop_arrivals"):
            self._drops[self._node(end.node).name].add(f"silent-{end.interface}")

    def accept_arrivals(self, end: Endpoint) -> None:
        with self._obeyed("accept_arrivals"):
            self._drops[self._node(end.node).name].discard(f"silent-{end.interface}")

    def isolate(self, node: str) -> None:
        with self._obeyed("isolate"):
            self._drops[self._node(node).name].add("dead")

    def reunite(self, node: str) -> None:
        with self._obeyed("reunite"):
            self._drops[self._node(node).name].discard("dead")

    # ProcessControl

    def require_alive(self, node: str) -> None:
        if self._node(node).name in self._paused:
            raise NodeError(f"{node}: is frozen or dead by a fault already")

    def pause(self, node: str) -> None:
        with self._obeyed("pause"):
            self._paused.add(self._node(node).name)

    def resume(self, node: str) -> None:
        with self._obeyed("resume"):
            self._paused.discard(self._node(node).name)

    def stop_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("stop_daemon"):
            self._frozen.add(self._running(node, daemon))

    def continue_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("continue_daemon"):
            self._frozen.discard((self._node(node).name, daemon))

    def kill_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("kill_daemon"):
            killed = self._running(node, daemon)
            self._frozen.discard(killed)
            self._dead.add(killed)
            self._terminated.update(tunnel for tunnel in [_tunnel_of(daemon)] if tunnel)

    def start_daemon(self, node: str, daemon: str) -> None:
        with self._obeyed("start_daemon"):
            started = (self._node(node).name, daemon)
            tunnel = _tunnel_of(daemon)
            if started in self._dead and tunnel and self.plan.tunnel(tunnel).customer.node == node:
                self._terminated.discard(tunnel)
            self._dead.discard(started)

    # TunnelControl

    def terminate_tunnel(self, tunnel: str) -> None:
        with self._obeyed("terminate_tunnel"):
            self._terminated.add(self.plan.tunnel(tunnel).name)

    def initiate_tunnel(self, tunnel: str) -> None:
        with self._obeyed("initiate_tunnel"):
            self._terminated.discard(self.plan.tunnel(tunnel).name)

    # RouterControl

    def shut_session(self, session: BgpSession) -> None:
        with self._obeyed("shut_session"):
            self._node(session.node)
            self._shut.add(session)

    def open_session(self, session: BgpSession) -> None:
        with self._obeyed("open_session"):
            self._shut.discard(session)

    def announce(self, announcement: Announcement) -> None:
        with self._obeyed("announce"):
            self._node(announcement.node)
            self._announced.add(announcement)

    def withdraw(self, announcement: Announcement) -> None:
        with self._obeyed("withdraw"):
            self._announced.discard(announcement)

    def add_route(self, node: str, route: Route) -> None:
        with self._obeyed("add_route"):
            self._routes.add((self._node(node).name, route))

    def remove_route(self, node: str, route: Route) -> None:
        with self._obeyed("remove_route"):
            self._routes.discard((node, route))

    # Sockets

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        """A socket of this host; where that would need root, one end of a local pair that nobody writes to."""
        self._node(node)
        if family == socket.AF_INET:
            return socket.socket(family, kind, protocol)
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        there.close()
        return here

    def interface_names(self, node: str) -> dict[int, str]:
        names = ["lo", *(interface.name for interface in self._node(node).interfaces)]
        return dict(enumerate(names, start=_FIRST_INDEX))

    # Watchable

    @contextmanager
    def watch(self, sink: Callable[[TimelineEvent], None]) -> Iterator[None]:
        self._sinks.append(sink)
        try:
            yield
        finally:
            self._sinks.remove(sink)

    # StateView

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        return tuple(
            SessionStatus(node=each.node, neighbor=each.neighbor, neighbor_node=each.neighbor_node, state=self._session_state(each))
            for each in self.plan.sessions
        )

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        return tuple(self._tunnel_status(tunnel) for tunnel in self.plan.tunnels)

    def differences(self) -> tuple[Difference, ...]:
        found = [difference for node in self.plan.nodes for difference in self._differences_of(node)]
        if not any(difference.found == "frozen" for difference in found):
            found += [
                Difference(
                    place=state.tunnel, found=f"IKE {state.ike or 'none'}, child {state.child or 'none'}", planned="ESTABLISHED, INSTALLED"
                )
                for state in self.ike_states()
                if (state.ike, state.child) != ("ESTABLISHED", "INSTALLED")
            ]
        return tuple(found)

    def remember_routes(self) -> None:
        """It learns none."""

    def compare(self) -> Comparison:
        """Its differences, and every session that is not up; of the rest only how many nodes there are."""
        down = [each for each in self.bgp_states() if each.state != "Established"]
        found = [Difference(place=each.node, found=each.state, planned="Established", learned=True) for each in down]
        return Comparison(
            nodes=len(self.plan.nodes),
            daemons=0,
            interfaces=0,
            addresses=0,
            static_routes=0,
            learned_routes=0,
            sessions=len(self.plan.sessions),
            tunnels=len(self.plan.tunnels),
            differences=(*self.differences(), *found),
        )

    def heal(self) -> tuple[Difference, ...]:
        found = self.differences()
        self._down.clear()
        self._paused.clear()
        self._frozen.clear()
        self._dead.clear()
        self._terminated.clear()
        self._shut.clear()
        self._announced.clear()
        self._routes.clear()
        for drops in self._drops.values():
            drops.clear()
        return found

    # how it comes to say so

    @property
    def whole(self) -> bool:
        """Whether nothing is broken: as `differences`, but quick."""
        broken = (self._down, self._paused, self._frozen, self._dead, self._terminated, self._shut, self._announced, self._routes)
        return not any(broken) and not any(self._drops.values())

    @contextmanager
    def _obeyed(self, verb: str) -> Iterator[None]:
        """One call that acts, unless it is the one to be refused."""
        number = len(self.calls)
        self.calls.append(verb)
        refused = self._refusal is not None and self._refusal.call == number
        if refused and self._refusal and not self._refusal.done:
            raise NodeError(f"call {number} is refused")
        yield
        if refused:
            raise NodeError(f"call {number} is refused, though its work is done")

    def _node(self, name: str) -> Node:
        try:
            return self.plan.node(name)
        except KeyError:
            raise NodeError(f"{name}: does not run") from None

    def _running(self, node: str, daemon: str) -> tuple[str, str]:
        if daemon not in self._node(node).daemons or (node, daemon) in self._dead:
            raise NodeError(f"{node}: {daemon} does not run, so it cannot be broken")
        return node, daemon

    def _ends_of_cable(self, end: Endpoint) -> tuple[Endpoint, Endpoint]:
        return next((link.a, link.b) for link in self.plan.links if end in {link.a, link.b})

    def _notice(self, node: str, what: str) -> None:
        for sink in self._sinks:
            sink(TimelineEvent(at=self.now(), node=node, source="link", what=what))

    def remember(self) -> None:
        """There is nothing to: it is its plan."""

    def _differences_of(self, node: Node) -> Iterator[Difference]:
        yield from self._told_by_hand(node)
        if node.name in self._paused:
            yield Difference(place=node.name, found="frozen", planned="running")
        for drop in sorted(self._drops[node.name]):
            yield Difference(place=node.name, found=f"drops packets ({drop})", planned="forwards")
        for interface in node.interfaces:
            if Endpoint(node=node.name, interface=interface.name) in self._down:
                yield Difference(place=f"{node.name}:{interface.name}", found="down", planned="up")
        for daemon in node.daemons:
            if (node.name, daemon) in self._dead:
                yield Difference(place=f"{node.name}:{daemon}", found="dead", planned="running")
            elif (node.name, daemon) in self._frozen:
                yield Difference(place=f"{node.name}:{daemon}", found="frozen", planned="running")

    def _told_by_hand(self, node: Node) -> Iterator[Difference]:
        if any(session.node == node.name for session in self._shut) or any(each.node == node.name for each in self._announced):
            yield Difference(place=f"{node.name}:bgpd", found="reconfigured", planned="as it started")
        yield from (Difference(place=name, found=f"route {route}", planned="none") for name, route in self._routes if name == node.name)

    def _tunnel_status(self, tunnel: Tunnel) -> TunnelStatus:
        if (tunnel.customer.node, f"charon:{tunnel.name}") in self._dead | self._frozen or tunnel.customer.node in self._paused:
            return TunnelStatus(tunnel=tunnel.name, ike="charon does not answer", child=None)
        up = tunnel.name not in self._terminated
        return TunnelStatus(tunnel=tunnel.name, ike="ESTABLISHED" if up else None, child="INSTALLED" if up else None)

    def _session_state(self, session: BgpSession) -> str:
        if not self._speaks(session.node):
            return "bgpd does not answer"
        if any({session.node, session.neighbor_node} == {shut.node, shut.neighbor_node} for shut in self._shut):
            return "Idle (Admin)" if any(session.node == shut.node for shut in self._shut) else "Active"
        met = self._speaks(session.neighbor_node) and self._carried(session.node, session.neighbor_node)
        return "Established" if met else "Active"

    def _speaks(self, node: str) -> bool:
        return node not in self._paused and (node, "bgpd") not in self._dead | self._frozen

    def _carried(self, a: str, b: str) -> bool:
        """Whether a tunnel between two nodes is up, or a cable whole."""
        if "dead" in self._drops[a] | self._drops[b]:
            return False
        for tunnel in self.plan.tunnels:
            if {tunnel.customer.node, tunnel.aws.node} == {a, b}:
                return self._tunnel_status(tunnel).child == "INSTALLED"
        cables = [(link.a, link.b) for link in self.plan.links if {link.a.node, link.b.node} == {a, b}]
        return any(all(end not in self._down and f"silent-{end.interface}" not in self._drops[end.node] for end in ends) for ends in cables)


def _tunnel_of(daemon: str) -> str:
    """The tunnel whose charon a daemon is; "" for any other daemon."""
    program, _, tunnel = daemon.partition(":")
    return tunnel if program == "charon" else ""
