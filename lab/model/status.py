"""Status: what a running lab looks like now, which labs there are, and what this host offers them."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from lab.model.check import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStatus:
    """A BGP session as `node` sees it; `state` is FRR's word for the RFC 4271 state, wanted is Established."""

    node: str
    neighbor_node: str
    neighbor: IPv4Address
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelStatus:
    """A tunnel's IKE SA and child SA in strongSwan's words (ESTABLISHED, INSTALLED); None where there is no such SA."""

    tunnel: str
    ike: str | None
    child: str | None

    @property
    def up(self) -> bool:
        """Whether packets can pass."""
        return (self.ike, self.child) == ("ESTABLISHED", "INSTALLED")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStatus:
    """A route in a node's kernel; `via` names the next hops, more than one where traffic is shared (ECMP)."""

    node: str
    prefix: IPv4Network
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStatus:
    """One direction of one flow now; `reachable` is None if nobody looked, `path` is node names in order, () if none got through."""

    flow: str
    direction: Direction
    reachable: bool | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A way in which the lab differs from its plan - a fault in force: where, what was found, what the plan says.

    `learned` is what routers and tunnels find by themselves once nothing else differs: sessions, SAs and BGP's routes.
    """

    place: str
    found: str
    planned: str
    learned: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.found}, planned: {self.planned}"

    @property
    def put_right(self) -> str:
        """What a person is told when it has been put right."""
        return f"{self.place}: {self.found}, now {self.planned}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A lab held against its plan, and against the routes it had when nothing was wrong: how many of each were compared, what differs.

    `learned_routes` is None where it was never seen which routes it learns.
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
    """A lab that was put right: what differed before, and the proof that nothing does any more."""

    found: tuple[Difference, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class HandFault:
    """A fault put in by hand, in the words it was typed in; since when, and till when (ISO 8601, UTC; None while it is in force)."""

    kind: str
    target: str
    parameters: tuple[str, ...]
    since: str
    until: str | None = None

    def __str__(self) -> str:
        return " ".join((self.kind, self.target, *self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class LabStatus:
    """A running lab at one moment; `nodes` counts the plan's nodes, `unprobed` says why nobody looked at its flows, if so.

    `faults` are those by hand that are behind some of its `differences`.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LabListing:
    """A lab found on this host: how many nodes it should have, how many of them run, and which command holds its lock, if any.

    `partial`: it is being made or removed or, if nobody holds it, the command that did so was killed.
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
    """One thing this host offers or lacks; `consequence` and `way_out` are for the one that lacks it."""

    name: str
    ok: bool
    found: str
    consequence: str
    way_out: str
