"""The capabilities of a lab, as narrow Protocols. A fault or a probe asks only for what it needs, and a fake can provide it."""

import socket
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from ipaddress import IPv4Address
from typing import Protocol

from lab.model.bgp import BgpSession
from lab.model.change import RouterChange
from lab.model.evidence import TimelineEvent
from lab.model.impairment import Impairment
from lab.model.plan import Endpoint, Plan, Route
from lab.model.status import Comparison, Difference, SessionStatus, TunnelStatus


class Planned(Protocol):
    """A thing that was deployed from a plan."""

    @property
    def plan(self) -> Plan:
        """The plan it was deployed from."""
        ...


class LinkControl(Planned, Protocol):
    """Cables, through netlink."""

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        """Set one end of a cable down, so that both ends lose carrier. Or restore it as planned: up, with its static routes."""
        ...


class LossControl(Planned, Protocol):
    """Silent loss, through netlink. Carriers stay up."""

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
    """Impaired cables, through netlink. Carriers stay up."""

    def require_possible(self, impairment: Impairment) -> None:
        """HostError with the reason and the way out if this kernel lacks the impairment. Changes nothing."""
        ...

    def impair(self, end: Endpoint, impairment: Impairment) -> None:
        """Drop some packets that arrive at one end of a cable, or delay those that leave it."""
        ...

    def clear(self, end: Endpoint, impairment: Impairment) -> None:
        """Undo `impair`. Safe to repeat."""
        ...


class PowerControl(Planned, Protocol):
    """A node's power switch."""

    def shut_off(self, node: str) -> None:
        """Every cable loses carrier, then every daemon of the plan dies. NodeError if a daemon is already dead."""
        ...

    def boot(self, node: str) -> None:
        """Undo `shut_off`: cables, addresses, routes and every daemon as planned, tunnels initiated. Safe to repeat."""
        ...


class ProcessControl(Planned, Protocol):
    """Processes of a node."""

    def require_alive(self, node: str) -> None:
        """NodeError if all processes of a node are frozen. Undoing a second fault would also undo the first."""
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
        """Kill one daemon (SIGKILL). Nothing restarts it."""
        ...

    def start_daemon(self, node: str, daemon: str) -> None:
        """Start a dead daemon, as at boot. Safe if it runs. NodeError if it does not start."""
        ...


class TunnelControl(Planned, Protocol):
    """IKE SAs, through strongSwan."""

    def terminate_tunnel(self, tunnel: str) -> None:
        """Delete the tunnel's IKE SA at both ends at once."""
        ...

    def initiate_tunnel(self, tunnel: str) -> None:
        """Have the customer's side bring the tunnel up if it is down."""
        ...

    def delete_ike_sa(self, tunnel: str) -> None:
        """Have AWS's side delete the tunnel's IKE SA. It tells the customer's side, which may start a new one."""
        ...

    def give_wrong_key(self, tunnel: str) -> None:
        """Give AWS's side another pre-shared key. Present SAs stay."""
        ...

    def begin_without_pfs(self, tunnel: str) -> None:
        """Have the customer's side restart the tunnel without PFS for ESP, and with lifetimes of seconds."""
        ...

    def load_planned(self, tunnel: str) -> None:
        """Undo `give_wrong_key` and `begin_without_pfs`. Safe to repeat. A tunnel that is down stays down."""
        ...


class RouterControl(Planned, Protocol):
    """Changes of routers by hand, beyond their plan."""

    def change_router(self, change: RouterChange) -> None:
        """Give a router configuration beyond its plan."""
        ...

    def restore_router(self, change: RouterChange) -> None:
        """Undo `change_router`. Safe to repeat."""
        ...

    def clear_session(self, session: BgpSession) -> None:
        """Restart a BGP session at its speaker. A session closed for too many prefixes comes back."""
        ...

    def wait_until_avoided(self, node: str, next_hop: IPv4Address, seconds: float) -> bool:
        """Wait this many seconds until no BGP route in a node's kernel leads to that next hop. Return whether that came true."""
        ...

    def add_route(self, node: str, route: Route) -> None:
        """Add a static route beyond the plan to a node's kernel."""
        ...

    def remove_route(self, node: str, route: Route) -> None:
        """Undo `add_route`. Safe to repeat."""
        ...


class Sockets(Planned, Protocol):
    """Sockets in a node's namespace."""

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        """A socket in the node's namespace, used from the host. NodeError if the node is gone."""
        ...

    def interface_names(self, node: str) -> dict[int, str]:
        """The node's present interface names by kernel index."""
        ...


class Watchable(Planned, Protocol):
    """A lab that reports changes in its kernels and daemons."""

    def watch(self, sink: Callable[[TimelineEvent], None]) -> AbstractContextManager[None]:
        """While the context lasts, tell the sink every change of a link, route, BGP session, BFD peer or tunnel, from another thread.

        Instants are wall-clock seconds. MeasurementError at the end if the listener has ended by itself.
        """
        ...


class StateView(Planned, Protocol):
    """The state of a lab."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        """The state of every planned BGP session."""
        ...

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        """The state of every planned tunnel."""
        ...

    def remember(self) -> None:
        """Keep the present configuration of each router as its planned one, unless one was kept since its start."""
        ...

    def remember_routes(self) -> None:
        """Keep the present routes as those of the healthy lab, unless some were kept since its deployment."""
        ...

    def compare(self) -> Comparison:
        """Compare the whole lab with its plan, and its routes with those of the healthy lab. Tells what was compared and what differs
        now."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """Every difference from the plan that a fault or a person has made. () means that no fault is in force."""
        ...

    def differences_at(self, nodes: Collection[str]) -> tuple[Difference, ...]:
        """The differences of some nodes and of the tunnels that end there. Quick enough to call while probes run."""
        ...

    def heal(self) -> tuple[Difference, ...]:
        """Repair what differs. Return what was repaired."""
        ...


class Breakable(LinkControl, LossControl, ImpairmentControl, ProcessControl, PowerControl, TunnelControl, RouterControl, Protocol):
    """Everything a fault may need."""


class LabUnderTest(Breakable, Sockets, Watchable, StateView, Protocol):
    """Everything a check needs."""
