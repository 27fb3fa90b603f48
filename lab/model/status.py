"""Status: the state of a running lab, the labs on this host, and what this host offers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import Literal

from lab.model.direction import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStatus:
    """A BGP session as `node` sees it. `state` is FRR's word for the RFC 4271 state. It should be Established."""

    node: str
    neighbor_node: str
    neighbor: IPv4Address
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelStatus:
    """A tunnel's IKE SA and child SA in strongSwan's words (ESTABLISHED, INSTALLED). None if there is no such SA."""

    tunnel: str
    ike: str | None
    child: str | None

    @property
    def up(self) -> bool:
        """Whether packets can pass."""
        return (self.ike, self.child) == ("ESTABLISHED", "INSTALLED")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStatus:
    """A route in a node's kernel. `via` names the next hops: several with ECMP."""

    node: str
    prefix: IPv4Network
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStatus:
    """One direction of one flow now. `reachable` is None if it was not probed. `path` is node names in order, () if none got through.

    Where nothing gets through, `lost_after` are the nodes that the last lost packet passed, and `sent_to` is where the routes of the last
    one lead.
    """

    flow: str
    direction: Direction
    reachable: bool | None
    path: tuple[str, ...]
    lost_after: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAddress:
    """An address of a node: on a cable, or inside a tunnel, whose device the interface then is."""

    interface: str
    address: IPv4Interface


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStatus:
    """A node of the plan and its planned addresses, the most useful one for a ping first.

    `trouble` is None for a node that runs. Else it says why the node does not answer: `frozen`, or what Docker says of its container.
    """

    node: str
    role: str
    trouble: str | None
    addresses: tuple[NodeAddress, ...]


Moving = Literal["session", "tunnel", "route", "flow", "fault"]
"""What can be on its way from one state to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """Something that is not as it will be.

    `name` is a session (NODE – NEIGHBOR), a tunnel, a node for its routes, a flow and its direction, or a place for a fault.
    `changed`: seen to change while we looked. Otherwise it is not as when nothing was wrong, though no fault is in force.
    """

    what: Moving
    name: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference between the lab and its plan: where it is, what was found, what is planned.

    `learned`: sessions, SAs and BGP's routes. Routers and tunnels restore these by themselves when nothing else differs.
    """

    place: str
    found: str
    planned: str
    learned: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.found}, planned: {self.planned}"

    @property
    def put_right(self) -> str:
        """The message when the difference has been repaired."""
        return f"{self.place}: {self.found}, now {self.planned}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A lab compared with its plan, and with the routes it had when it was healthy: how many were compared, and what differs.

    `learned_routes` is None if the routes of the healthy lab were never seen.
    """

    nodes: int
    daemons: int
    interfaces: int
    addresses: int
    static_routes: int
    learned_routes: int | None
    sessions: int
    tunnels: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Healed:
    """A repaired lab: what differed before, and the proof that nothing differs now."""

    found: tuple[Difference, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class HandFault:
    """A fault put in by hand, as it was typed. `since` and `until` are ISO 8601, UTC. `until` is None while it is in force."""

    kind: str
    target: str
    parameters: tuple[str, ...]
    since: str
    until: str | None = None

    def __str__(self) -> str:
        return " ".join((self.kind, self.target, *self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What routers, tunnels and kernels said at one moment."""

    sessions: tuple[SessionStatus, ...]
    tunnels: tuple[TunnelStatus, ...]
    routes: tuple[RouteStatus, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabStatus:
    """A running lab at one moment. `nodes` is the number of nodes in the plan. `unprobed` is the reason if its flows were not probed.

    - `faults` are the faults put in by hand that explain some of its `differences`.
    - `unsettled` is what is converging, () in a lab at rest.
    - `other_routes` is the number of routes that are not as in the healthy lab. None if those were never seen.
    """

    lab: str
    topology: str
    timers: str
    ipsec: str
    nodes: int
    sessions: tuple[SessionStatus, ...]
    tunnels: tuple[TunnelStatus, ...]
    routes: tuple[RouteStatus, ...]
    flows: tuple[FlowStatus, ...]
    unprobed: str | None
    differences: tuple[Difference, ...]
    faults: tuple[HandFault, ...] = ()
    inventory: tuple[NodeStatus, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    other_routes: int | None = None

    @property
    def faulty(self) -> bool:
        """Whether a fault is in force: somebody has made the lab differ from its plan."""
        return in_force(self.differences, self.faults)


def in_force(differences: Sequence[Difference], faults: Sequence[HandFault]) -> bool:
    """Whether somebody has made the lab differ from its plan. What routers and tunnels learn by themselves is a fault's doing only while
    the fault is known to be in force."""
    return bool(faults) or any(not each.learned for each in differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabListing:
    """A lab on this host: its planned nodes, its running nodes, and the command that holds its lock, if any.

    `partial`: it is being deployed or removed. If no command holds it, that command was killed.
    """

    lab: str
    topology: str
    timers: str
    ipsec: str
    nodes: int
    running: int
    held_by: str | None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that this host offers or lacks. `consequence` and `way_out` are for a host that lacks it."""

    name: str
    ok: bool
    found: str
    consequence: str
    way_out: str
