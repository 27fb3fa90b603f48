"""The capabilities of a lab, as Protocols with few methods. A fault or a probe names only what it needs, so tests can use a fake."""

import socket
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Protocol

from lab.model.bgp import BgpSession
from lab.model.change import RouterChange
from lab.model.evidence import TimelineEvent
from lab.model.impairment import Impairment
from lab.model.ip import Address
from lab.model.plan import Endpoint, Plan, Route
from lab.model.script import Script, ScriptEnd
from lab.model.snapshot import InterfaceSeen, NeighborSeen, PeerSeen
from lab.model.status import Comparison, Difference, SessionStatus, TunnelStatus


class Planned(Protocol):
    """Something that was deployed from a plan."""

    @property
    def plan(self) -> Plan:
        """The plan of the lab."""
        ...


class LinkControl(Planned, Protocol):
    """Set cables down and up."""

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        """Set one end of a cable down, so that both ends lose their carrier.

        Or set it up, and add its static routes from the plan again. A LAG goes down and up with its members (`lab.runtime.lags`).
        """
        ...


class LossControl(Planned, Protocol):
    """Drop every packet, while carriers stay up."""

    def drop_arrivals(self, end: Endpoint) -> None:
        """Drop all packets that arrive at one end of a cable."""
        ...

    def accept_arrivals(self, end: Endpoint) -> None:
        """Undo `drop_arrivals`. Safe to repeat."""
        ...

    def isolate(self, node: str) -> None:
        """Drop all packets that arrive at a node or leave it."""
        ...

    def reunite(self, node: str) -> None:
        """Undo `isolate`. Safe to repeat."""
        ...


class ImpairmentControl(Planned, Protocol):
    """Lose some packets, or delay them, while carriers stay up."""

    def require_possible(self, impairment: Impairment) -> None:
        """Raise HostError if this kernel cannot do the impairment. Changes nothing."""
        ...

    def impair(self, end: Endpoint, impairment: Impairment) -> None:
        """Drop some packets that arrive at one end of a cable, or delay packets that leave it."""
        ...

    def clear(self, end: Endpoint, impairment: Impairment) -> None:
        """Undo `impair`. Safe to repeat."""
        ...


class PowerControl(Planned, Protocol):
    """Shut nodes down and boot them."""

    def shut_off(self, node: str) -> None:
        """Switch a node off: each of its cables loses the carrier, then each of its daemons dies.

        Raises NodeError if a daemon is already dead.
        """
        ...

    def boot(self, node: str) -> None:
        """Undo `shut_off`: make cables, addresses, routes and daemons as planned, and initiate the tunnels. Safe to repeat."""
        ...


class ProcessControl(Planned, Protocol):
    """Freeze, kill and start processes of a node."""

    def require_alive(self, node: str) -> None:
        """Raise NodeError if the node is frozen. If two faults froze the same node, undoing one would also undo the other."""
        ...

    def pause(self, node: str) -> None:
        """Freeze all processes of a node."""
        ...

    def resume(self, node: str) -> None:
        """Undo `pause`. Safe to repeat."""
        ...

    def stop_daemon(self, node: str, daemon: str) -> None:
        """Freeze one daemon (SIGSTOP)."""
        ...

    def continue_daemon(self, node: str, daemon: str) -> None:
        """Undo `stop_daemon`. Safe to repeat."""
        ...

    def kill_daemon(self, node: str, daemon: str) -> None:
        """Kill one daemon (SIGKILL). Nothing starts it again."""
        ...

    def start_daemon(self, node: str, daemon: str) -> None:
        """Start a dead daemon, as when the node starts. Do nothing if the daemon runs. Raises NodeError if it does not start."""
        ...


class TunnelControl(Planned, Protocol):
    """Change the IKE SAs of tunnels."""

    def terminate_tunnel(self, tunnel: str) -> None:
        """Delete the tunnel's IKE SA at both ends at once."""
        ...

    def initiate_tunnel(self, tunnel: str) -> None:
        """Let the customer's side start the tunnel if it is down."""
        ...

    def delete_ike_sa(self, tunnel: str) -> None:
        """Let AWS's side delete the tunnel's IKE SA. The customer's side is told, and may start a new one."""
        ...

    def give_wrong_key(self, tunnel: str) -> None:
        """Give AWS's side of a tunnel another pre-shared key. SAs that exist are not affected."""
        ...

    def begin_without_pfs(self, tunnel: str) -> None:
        """Let the customer's side start the tunnel again, without PFS for ESP, and with lifetimes of seconds."""
        ...

    def load_planned(self, tunnel: str) -> None:
        """Undo `give_wrong_key` and `begin_without_pfs`. Safe to repeat. A tunnel that is down is not started."""
        ...


class RouterControl(Planned, Protocol):
    """Change routers while they run."""

    def change_router(self, change: RouterChange) -> None:
        """Change the configuration of a running router."""
        ...

    def restore_router(self, change: RouterChange) -> None:
        """Undo `change_router`. Safe to repeat."""
        ...

    def clear_session(self, session: BgpSession) -> None:
        """Restart a BGP session at one of its routers. This also opens a session that was closed because of too many prefixes."""
        ...

    def ask_for_bfd(self, session: BgpSession) -> None:
        """Let the session's router ask bfdd for BFD again (see lab.runtime.stuck)."""
        ...

    def wait_until_avoided(self, node: str, next_hop: Address, seconds: float) -> bool:
        """Wait until no BGP route in the node's kernel leads to this next hop, at most `seconds`. Return whether that happened."""
        ...

    def add_route(self, node: str, route: Route) -> None:
        """Add a static route that is not in the plan to a node's kernel."""
        ...

    def remove_route(self, node: str, route: Route) -> None:
        """Undo `add_route`. Safe to repeat."""
        ...


class ScriptControl(Planned, Protocol):
    """Run scripts of the user in nodes."""

    def run_script(self, node: str, script: Script) -> Callable[[], ScriptEnd | None]:
        """Start a script in a node, with the rights of `lab-exec`. Return a function that says how it ended: None while it runs.

        Neither waits. Raises NodeError if the node is frozen.
        """
        ...

    def end_scripts(self, node: str) -> None:
        """Kill the scripts that run in a node, and all that they have started. Safe to repeat."""
        ...


class Sockets(Planned, Protocol):
    """Open sockets in the network namespace of a node."""

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        """A socket in the node's network namespace, for use from the host. Raises NodeError if the node is gone."""
        ...

    def interface_names(self, node: str) -> dict[int, str]:
        """The names of the node's interfaces, by the numbers that the kernel gives them."""
        ...


class Watchable(Planned, Protocol):
    """A lab that reports changes in its kernels and daemons."""

    def watch(self, sink: Callable[[TimelineEvent], None]) -> AbstractContextManager[None]:
        """While the block runs, give `sink` every change of a link, route, BGP session, BFD peer or tunnel. `sink` runs in another thread.

        Instants are wall-clock seconds. Raises MeasurementError at the end if the watching program ended by itself.
        """
        ...


class Metered(Planned, Protocol):
    """Read what nodes count and what routers report, without much load. Can be used from several threads."""

    def interfaces(self, node: str) -> tuple[InterfaceSeen, ...]:
        """The interfaces of a node but its loopback. () if the node is gone."""
        ...

    def drops(self, node: str) -> tuple[int, int] | None:
        """The packets that a node did not forward: without a route, and with expired TTL. None if the node is gone."""
        ...

    def neighbors(self, node: str) -> tuple[NeighborSeen, ...]:
        """The BGP sessions of a router. Raises NodeError if it does not answer within 2 s."""
        ...

    def peers(self, node: str) -> tuple[PeerSeen, ...]:
        """The BFD sessions of a router. Raises NodeError if it does not answer within 2 s."""
        ...

    def ipsec_up(self, tunnel: str) -> bool:
        """Whether AWS's end of a tunnel has an IKE SA and a child SA. Raises NodeError if charon does not answer."""
        ...


class StateView(Planned, Protocol):
    """Read the state of a lab, and repair it."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        """The state of every planned BGP session."""
        ...

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        """The state of every planned tunnel."""
        ...

    def remember(self) -> None:
        """Keep the present configuration of each router, for later comparison.

        Does nothing if there is already one since the router's start.
        """
        ...

    def remember_routes(self) -> None:
        """Keep the present routes of the healthy lab, for later comparison.

        Does nothing if there are already some since the lab's deployment.
        """
        ...

    def compare(self) -> Comparison:
        """Compare the lab with its plan, and its routes with those of the healthy lab."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """All differences from the plan. () means that no fault is in force."""
        ...

    def differences_at(self, nodes: Collection[str]) -> tuple[Difference, ...]:
        """The differences of these nodes and of the tunnels that end there. Fast enough to call while probes run."""
        ...

    def heal(self) -> tuple[Difference, ...]:
        """Repair all differences. Return what was repaired."""
        ...


class Breakable(LinkControl, LossControl, ImpairmentControl, ProcessControl, PowerControl, TunnelControl, RouterControl, Protocol):
    """All capabilities that a fault may need."""


class Actable(RouterControl, ScriptControl, Protocol):
    """All capabilities that an action of an automation may need."""


class LabUnderTest(Breakable, Actable, Sockets, Watchable, StateView, Protocol):
    """All capabilities that a check needs."""
