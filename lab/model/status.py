"""Status: the state of a running lab, of the labs on this host, and of the host."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lab.model.direction import Direction
from lab.model.ip import Address, AddressWithLength, Prefix

NO_LAB = "no lab can run"
"""The beginning of `Finding.consequence` if a host lacks something that every lab needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStatus:
    """A BGP session as `node` sees it. `state`: its state in RFC 4271, as FRR spells it. A session that works is Established."""

    node: str
    neighbor_node: str
    neighbor: Address
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelStatus:
    """The state of a tunnel's IKE SA and child SA, in strongSwan's words. In a tunnel that works they are ESTABLISHED and INSTALLED.

    None: there is no such SA.
    """

    tunnel: str
    ike: str | None
    child: str | None

    @property
    def up(self) -> bool:
        """Whether packets can pass the tunnel."""
        return (self.ike, self.child) == ("ESTABLISHED", "INSTALLED")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStatus:
    """A route in the kernel of a node. `via`: the names of its next hops. There are several if equal paths share traffic."""

    node: str
    prefix: Prefix
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStatus:
    """One direction of one flow now. `reachable` is None if it was not probed. `path`: names of nodes in order, () if no packet arrived.

    If no packet arrived: `lost_after` has the nodes that the last lost packet passed. `sent_to` has the next hops of the last of these
    nodes.
    """

    flow: str
    direction: Direction
    reachable: bool | None
    path: tuple[str, ...]
    lost_after: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAddress:
    """An address of a node, and its interface: a cable's end, or a tunnel device."""

    interface: str
    address: AddressWithLength


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStatus:
    """A node of the plan with its planned addresses. The address that is most useful for a ping is first.

    `trouble`: why the node does not answer: `frozen`, or Docker's state of its container. None for a running node.
    """

    node: str
    role: str
    trouble: str | None
    addresses: tuple[NodeAddress, ...]


Moving = Literal["session", "tunnel", "route", "flow", "fault"]
"""The kinds of things that can be converging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """Something that is still changing, or that is not yet as in the healthy lab.

    `name` is a session (NODE – NEIGHBOR), a tunnel, a node for its routes, a flow with its direction, or the place of a fault.

    `changed`: it changed while we looked. Otherwise it differs from the healthy lab, although no fault is in force.
    """

    what: Moving
    name: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference between the lab and its plan: where it is, what was found, and what is planned.

    `learned`: it is about a session, an SA or a BGP route. Routers and tunnels restore these themselves when nothing else differs.
    """

    place: str
    found: str
    planned: str
    learned: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.found}, planned: {self.planned}"

    @property
    def put_right(self) -> str:
        """The line that reports that this difference was repaired."""
        return f"{self.place}: {self.found}, now {self.planned}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The comparison of a lab with its plan, and with the routes of the healthy lab: how many things were compared, and what differs.

    `learned_routes` is None if the routes of the healthy lab are unknown.
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
    """The result of a repair: the differences before, and a comparison after it.

    `comparison` is None in a workshop: what a student configured is not in the plan.
    """

    found: tuple[Difference, ...]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandFault:
    """A fault injected by `lab-break`, with its parameters as typed.

    `since` and `until` are ISO 8601 in UTC. `until` is None while the fault is in force.
    """

    kind: str
    target: str
    parameters: tuple[str, ...]
    since: str
    until: str | None = None

    def __str__(self) -> str:
        return " ".join((self.kind, self.target, *self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The state of a lab at one moment, as its routers, tunnels and kernels answered."""

    sessions: tuple[SessionStatus, ...]
    tunnels: tuple[TunnelStatus, ...]
    routes: tuple[RouteStatus, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What an automation did in a lab that is kept up, and when (ISO 8601, UTC)."""

    at: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabStatus:
    """A running lab at one moment.

    - `nodes`: the number of nodes in the plan.
    - `unprobed`: why its flows were not probed. None if they were.
    - `faults`: the faults of `lab-break` that explain some of the `differences`.
    - `unsettled`: what is still converging, () if nothing is.
    - `other_routes`: how many routes differ from the healthy lab. None if its routes are unknown.
    - `is_monitored`: Prometheus and Alertmanager run beside it.
    - `actions`: what automations of `lab-up --act` did since the lab was deployed.
    - `never_up`: tunnels whose key is wrong, as the topology says. They are not among `tunnels`.
    - `is_concealed`: a student looks at a lab of a workshop. `differences` and `faults` are left out, because the student is to find them.
    - `flaws`: the mistakes that a workshop has put into the network, a sentence for each. () for a student.
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
    is_monitored: bool = False
    actions: tuple[Acted, ...] = ()
    never_up: tuple[str, ...] = ()
    is_concealed: bool = False
    flaws: tuple[str, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether a fault is in force."""
        return in_force(self.differences, self.faults)


def in_force(differences: Sequence[Difference], faults: Sequence[HandFault]) -> bool:
    """Whether a fault is in force: a known one, or a difference from the plan that routers and tunnels do not repair themselves."""
    return bool(faults) or any(not each.learned for each in differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabListing:
    """A lab on this host: its planned and its running nodes, and the command that uses it now (it holds the lab's lock), None if there is
    none.

    `partial`: the lab is being deployed or removed. If no command uses it, that command was killed.
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
    """Something that labs need of this host, and whether it is there.

    `consequence` and `way_out`: what it means if it is missing, and what to do.
    """

    name: str
    ok: bool
    found: str
    consequence: str
    way_out: str

    @property
    def is_essential(self) -> bool:
        """Whether no lab can run without it."""
        return self.consequence.startswith(NO_LAB)
