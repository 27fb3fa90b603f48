"""Plan: the network compiled - every node, cable, address and file, before anything runs. Same topology, same plan, same bytes."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TypeVar

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet, ShownMed
from lab.model.dx import DxGateway, SharedRisk, Vif


class Timers(Enum):
    """The two legitimate timer profiles of the customer's side; AWS's side never changes.

    `default` is what AWS and a bare customer router do (VPN BGP 10/30); `tuned` is the best a customer may configure (hold 3 s).
    """

    DEFAULT = "default"
    TUNED = "tuned"


class Ipsec(Enum):
    """Where ESP is done: in charon (libipsec, every kernel) or in the kernel (XFRM interfaces)."""

    USERSPACE = "userspace"
    KERNEL = "kernel"


class Circuits(Enum):
    """How the virtual interfaces of a Direct Connect connection are kept apart: by VLAN tags, or on kernels without 802.1Q by cables."""

    TAGS = "802.1Q tags"
    CABLES = "a cable each"


class Role(Enum):
    """What a node is in the picture of the network, from the user's left to AWS's right."""

    HOST = "host"
    CORE = "core router"
    EDGE = "edge router"
    CUSTOMER_GATEWAY = "customer gateway"
    INTERNET = "internet"
    CARRIER = "carrier's circuit"
    VPN_ENDPOINT = "VPN tunnel endpoint"
    DX_DEVICE = "Direct Connect device"
    GATEWAY = "virtual private gateway"
    TRANSIT_GATEWAY = "transit gateway"
    VPC_HOST = "VPC host"


GATEWAY_ROLES = frozenset({Role.GATEWAY, Role.TRANSIT_GATEWAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An 802.1Q VLAN of another interface of the node."""

    parent: str
    vlan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One end of a cable inside a node, or a VLAN of one (`tag`); a port of a bridge and what carries VLANs have no address."""

    name: str
    address: IPv4Interface | None
    mac: str
    tag: Tag | None = None

    @property
    def ip(self) -> IPv4Address:
        """Its address without the length. ValueError for a port of a bridge."""
        if self.address is None:
            raise ValueError(f"{self.name} has no address: it is a port of a bridge, or carries VLANs")
        return self.address.ip

    @property
    def host_network(self) -> IPv4Network:
        """The /32 of its address."""
        return IPv4Network(self.ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A bridge inside a node: what comes in at one of its ports goes out at the others, unseen by any router."""

    name: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A static route of a node's kernel, put there by the lab (BGP brings all others): via a router, out of an interface, or to nowhere.

    `metric` is what BGP counts as the distance to a next hop below the prefix.
    """

    prefix: IPv4Network
    via: IPv4Address | None = None
    interface: str | None = None
    metric: int = 0

    def __str__(self) -> str:
        way = f"via {self.via}" if self.via else f"out of {self.interface}" if self.interface else "to nowhere"
        return f"{self.prefix} {way}{f' metric {self.metric}' if self.metric else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file below /lab in a node: its path relative to that, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One container. `daemons` in start order, as `node-start` knows them: zebra, bfdd, bgpd, charon:TUNNEL.

    `place` is the data centre, availability zone, location, Region or provider the node stands in.
    """

    name: str
    role: Role
    place: str
    interfaces: tuple[Interface, ...]
    bridges: tuple[Bridge, ...] = ()
    routes: tuple[Route, ...] = ()
    daemons: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a cable ends: a node and its interface."""

    node: str
    interface: str

    def __str__(self) -> str:
        return f"{self.node}:{self.interface}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cable between two interfaces, MTU 1500 as every WAN link here."""

    name: str
    a: Endpoint
    b: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelEnd:
    """One side of an IPsec tunnel: node, tunnel device, address on the internet, address inside the tunnel.

    `routes` are the prefixes it sends into the tunnel while that is up, in a static VPN; `metric` says which tunnel it likes better.
    """

    node: str
    device: str
    outside: IPv4Address
    inside: IPv4Interface
    routes: tuple[IPv4Network, ...] = ()
    metric: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """One tunnel of a VPN connection: one IKE SA, one child SA, one BGP session unless static. The customer's side initiates.

    `mtu` is the length of the longest IP packet that fits, in octets. `shown` is the MED AWS shows on it, None where it is static.
    """

    name: str
    connection: str
    customer: TunnelEnd
    aws: TunnelEnd
    mtu: int
    shown: ShownMed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowEnd:
    """A host that sends and receives probes: its node and interface, address, and the layer-2 header of its first hop."""

    node: str
    interface: str
    address: IPv4Address
    mac: str
    gateway_mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Traffic that is probed both ways: forward is source to target."""

    name: str
    source: FlowEnd
    target: FlowEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A name a fault or an expectation can speak of, and what it stands for: `what` is the field's word for it.

    A fault that breaks links takes `links`, one that breaks nodes `nodes`, one that breaks tunnels `tunnels`, and so on; empty means it
    cannot. `sessions` are as AWS's side sees them; `outlets` are where the customer announces, `announcements` its longer prefixes;
    `static_routes` (node, route) lead AWS to the customer; `legs` carry associations of Direct Connect gateways. A path goes `via` a
    target when it passes one of `waypoints` (node names).
    """

    name: str
    what: str
    links: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()
    sessions: tuple[BgpSession, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    static_routes: tuple[tuple[str, Route], ...] = ()
    legs: tuple[AssociationLeg, ...] = ()
    waypoints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole lab on paper. `name` is the topology's and the lab's."""

    name: str
    summary: str
    timers: Timers
    ipsec: Ipsec
    circuits: Circuits
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    tunnels: tuple[Tunnel, ...]
    sessions: tuple[BgpSession, ...]
    flows: tuple[Flow, ...]
    targets: tuple[Target, ...]
    dx_gateways: tuple[DxGateway, ...] = ()
    vifs: tuple[Vif, ...] = ()
    risks: tuple[SharedRisk, ...] = ()

    def node(self, name: str) -> Node:
        """The node of that name; KeyError if the plan has none."""
        return _named(self.nodes, name)

    def link(self, name: str) -> Link:
        """The link of that name; KeyError if the plan has none."""
        return _named(self.links, name)

    def tunnel(self, name: str) -> Tunnel:
        """The tunnel of that name; KeyError if the plan has none."""
        return _named(self.tunnels, name)

    def target(self, name: str) -> Target:
        """The target of that name; KeyError if the plan has none."""
        return _named(self.targets, name)


_Named = TypeVar("_Named", Node, Link, Tunnel, Target)


def _named(items: tuple[_Named, ...], name: str) -> _Named:
    """The first item of that name; KeyError if there is none."""
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
