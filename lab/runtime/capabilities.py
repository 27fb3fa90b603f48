"""What a lab lets others do to it: narrow Protocols, so that a fault or a probe asks for no more than it needs, and a fake can give it."""

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
    """Something deployed from a plan."""

    @property
    def plan(self) -> Plan:
        """What it was deployed from."""
        ...


class LinkControl(Planned, Protocol):
    """Cables, through netlink."""

    def set_link(self, end: Endpoint, *, up: bool) -> None:
        """Take one end of a cable down (both ends lose carrier), or put it back as planned: up, with its static routes."""
        ...


class LossControl(Planned, Protocol):
    """Silent loss, through netlink: carriers stay as they are."""

    def drop_arrivals(self, end: Endpoint) -> None:
        """Lose everything that arrives at one end of a cable."""
        ...

    def accept_arrivals(self, end: Endpoint) -> None:
        """Undo `drop_arrivals`; safe twice."""
        ...

    def isolate(self, node: str) -> None:
        """Lose everything that arrives at a node or leaves it."""
        ...

    def reunite(self, node: str) -> None:
        """Undo `isolate`; safe twice."""
        ...


class ImpairmentControl(Planned, Protocol):
    """Imperfect cables, through netlink: carriers stay as they are."""

    def require_possible(self, impairment: Impairment) -> None:
        """HostError with the reason and the way out when this kernel cannot impair a cable so; nothing is touched."""
        ...

    def impair(self, end: Endpoint, impairment: Impairment) -> None:
        """Lose some of what arrives at one end of a cable, or hold up what leaves it."""
        ...

    def clear(self, end: Endpoint, impairment: Impairment) -> None:
        """Undo `impair`; safe twice."""
        ...


class PowerControl(Planned, Protocol):
    """A node as a box with a switch."""

    def shut_off(self, node: str) -> None:
        """Every cable loses carrier, then every daemon of the plan dies. NodeError when one of them is dead already."""
        ...

    def boot(self, node: str) -> None:
        """Undo `shut_off`: cables, addresses and routes as planned, every daemon in order, its tunnels initiated; safe twice."""
        ...


class ProcessControl(Planned, Protocol):
    """Processes of a node."""

    def require_alive(self, node: str) -> None:
        """NodeError when all of a node's processes are frozen: undoing a second fault would undo the first."""
        ...

    def pause(self, node: str) -> None:
        """Freeze all of a node's processes."""
        ...

    def resume(self, node: str) -> None:
        """Undo `pause`; safe twice."""
        ...

    def stop_daemon(self, node: str, daemon: str) -> None:
        """Freeze one daemon (SIGSTOP)."""
        ...

    def continue_daemon(self, node: str, daemon: str) -> None:
        """Undo `stop_daemon`; safe twice."""
        ...

    def kill_daemon(self, node: str, daemon: str) -> None:
        """Kill one daemon (SIGKILL); nobody restarts it."""
        ...

    def start_daemon(self, node: str, daemon: str) -> None:
        """Start a daemon that does not run, as at boot; safe twice. NodeError when it does not come up."""
        ...


class TunnelControl(Planned, Protocol):
    """IKE SAs, through strongSwan."""

    def terminate_tunnel(self, tunnel: str) -> None:
        """Delete the tunnel's IKE SA at both ends, at once."""
        ...

    def initiate_tunnel(self, tunnel: str) -> None:
        """Have the customer's side bring the tunnel up, unless it is up."""
        ...

    def delete_ike_sa(self, tunnel: str) -> None:
        """Have AWS's side delete the tunnel's IKE SA and tell the customer's, which may start anew."""
        ...

    def give_wrong_key(self, tunnel: str) -> None:
        """Give AWS's side another pre-shared key; what is up stays so."""
        ...

    def begin_without_pfs(self, tunnel: str) -> None:
        """Have the customer's side begin the tunnel anew without PFS for ESP, and with lifetimes of seconds."""
        ...

    def load_planned(self, tunnel: str) -> None:
        """Undo `give_wrong_key` and `begin_without_pfs`; safe twice. A tunnel that is down stays so."""
        ...


class RouterControl(Planned, Protocol):
    """What routers are told by hand, beside their plan."""

    def change_router(self, change: RouterChange) -> None:
        """Tell a router what its plan does not say."""
        ...

    def restore_router(self, change: RouterChange) -> None:
        """Undo `change_router`; safe twice."""
        ...

    def clear_session(self, session: BgpSession) -> None:
        """Begin a BGP session anew at the speaker it is seen from; one that was shut out for too many prefixes comes back."""
        ...

    def wait_until_avoided(self, node: str, next_hop: IPv4Address, seconds: float) -> bool:
        """Whether within so many seconds no route that BGP has put into a node's kernel leads to that next hop any more."""
        ...

    def add_route(self, node: str, route: Route) -> None:
        """Put a static route into a node's kernel that its plan does not have."""
        ...

    def remove_route(self, node: str, route: Route) -> None:
        """Undo `add_route`; safe twice."""
        ...


class Sockets(Planned, Protocol):
    """Sockets in a node's namespace."""

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        """A socket that lives in the node and is used from here. NodeError when the node is gone."""
        ...

    def interface_names(self, node: str) -> dict[int, str]:
        """The node's interfaces by kernel index, now."""
        ...


class Watchable(Planned, Protocol):
    """A lab whose kernels and daemons can be listened to."""

    def watch(self, sink: Callable[[TimelineEvent], None]) -> AbstractContextManager[None]:
        """Tell the sink, from another thread, while the context lasts, of every link, route, BGP session, BFD peer and tunnel that changes.

        Instants are wall-clock seconds. MeasurementError at the end when nobody listened any more.
        """
        ...


class StateView(Planned, Protocol):
    """What a lab says of itself."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        """Every planned BGP session."""
        ...

    def ike_states(self) -> tuple[TunnelStatus, ...]:
        """Every planned tunnel."""
        ...

    def remember(self) -> None:
        """Take the configuration of routers as it is for the planned one, where none was taken since they started."""
        ...

    def remember_routes(self) -> None:
        """Take the routes as they are for those of the whole lab, where none were taken since it was deployed."""
        ...

    def compare(self) -> Comparison:
        """All of the lab held against its plan, sessions and learned routes too: what was compared, and what differs just now."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """Every way in which somebody has made the lab differ from its plan; () is a lab without a fault in force."""
        ...

    def differences_at(self, nodes: Collection[str]) -> tuple[Difference, ...]:
        """The same of some nodes and the tunnels that end there: quick enough to be asked while probes run."""
        ...

    def heal(self) -> tuple[Difference, ...]:
        """Put right what differs; gives what was put right."""
        ...


class Breakable(LinkControl, LossControl, ImpairmentControl, ProcessControl, PowerControl, TunnelControl, RouterControl, Protocol):
    """Everything a fault may need."""


class LabUnderTest(Breakable, Sockets, Watchable, StateView, Protocol):
    """Everything a check needs."""
