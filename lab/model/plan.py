"""Plan: the compiled network with every node, cable, address and file. Same topology, same plan, same bytes."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TypeVar

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet, ShownMed
from lab.model.dx import DxGateway, SharedRisk, Vif
from lab.model.router import BgpRouter


class Timers(Enum):
    """The two timer profiles of the customer's side. AWS's side never changes.

    `default`: the defaults of AWS and of a customer's router (VPN BGP 10/30). `tuned`: the best that a customer may configure (hold 3 s).
    """

    DEFAULT = "default"
    TUNED = "tuned"


class Ipsec(Enum):
    """Where ESP is done: in charon (libipsec, every kernel) or in the kernel (XFRM interfaces)."""

    USERSPACE = "userspace"
    KERNEL = "kernel"


class Circuits(Enum):
    """How the virtual interfaces of a Direct Connect connection are separated: by VLAN tags, or by cables if the kernel lacks 802.1Q."""

    TAGS = "802.1Q tags"
    CABLES = "a cable each"


class Role(Enum):
    """The role of a node, in the order of pictures: from the user on the left to AWS on the right."""

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
    """One end of a cable inside a node, or a VLAN on it (`tag`). A port of a bridge and an interface that carries VLANs have no address."""

    name: str
    address: IPv4Interface | None
    mac: str
    tag: Tag | None = None

    @property
    def ip(self) -> IPv4Address:
        """Its address without the prefix length. Raises ValueError if it has none."""
        if self.address is None:
            raise ValueError(f"{self.name} has no address: it is a port of a bridge, or carries VLANs")
        return self.address.ip

    @property
    def host_network(self) -> IPv4Network:
        """The /32 of its address."""
        return IPv4Network(self.ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A bridge inside a node: it forwards from one port to the others. Routers do not see it."""

    name: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A static route that the lab puts into a node's kernel (BGP brings all others): via a router, out of an interface, or to nowhere.

    `metric` is the IGP distance that BGP uses for next hops in the prefix.
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
    """A file in a node: its path relative to /lab, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One container. `daemons` are in start order, named as in `node-start`: zebra, bfdd, bgpd, charon:TUNNEL.

    `router` is its BGP, which `files` spell for FRR. None for a node without BGP.

    `place` is the data centre, availability zone, location, Region or provider of the node.
    """

    name: str
    role: Role
    place: str
    interfaces: tuple[Interface, ...]
    bridges: tuple[Bridge, ...] = ()
    routes: tuple[Route, ...] = ()
    daemons: tuple[str, ...] = ()
    router: BgpRouter | None = None
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
    """A cable between two interfaces. Its MTU is 1500."""

    name: str
    a: Endpoint
    b: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelEnd:
    """One side of an IPsec tunnel: node, tunnel device, address on the internet, address inside the tunnel.

    In a static VPN, `routes` are the prefixes that it sends into the tunnel while it is up. Of two tunnels it prefers the lower `metric`.
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

    `mtu` is the longest IP packet that fits, in octets. `shown` is the MED that AWS sends on it, None if it is static.
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
    """Traffic that is probed in both directions. Forward is from source to target."""

    name: str
    source: FlowEnd
    target: FlowEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A name that faults and expectations may use, and what it means. `what` is the field's word for it.

    A fault that breaks links breaks `links`, one that breaks nodes breaks `nodes`, and so on. If that is empty, the fault cannot break it.

    - `sessions`: as AWS's side sees them.
    - `outlets`: where the customer announces. `announcements`: its longer prefixes there.
    - `static_routes`: (node, route) from AWS to the customer.
    - `legs`: associations of Direct Connect gateways.
    - `waypoints`: node names. A path goes `via` the target if it passes one of them.
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
    """The plan of a whole lab. `name` is the name of the topology and of the lab."""

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
        """The node of that name. Raises KeyError."""
        return _named(self.nodes, name)

    def link(self, name: str) -> Link:
        """The link of that name. Raises KeyError."""
        return _named(self.links, name)

    def tunnel(self, name: str) -> Tunnel:
        """The tunnel of that name. Raises KeyError."""
        return _named(self.tunnels, name)

    def target(self, name: str) -> Target:
        """The target of that name. Raises KeyError."""
        return _named(self.targets, name)


_Named = TypeVar("_Named", Node, Link, Tunnel, Target)


def _named(items: tuple[_Named, ...], name: str) -> _Named:
    """The first item of that name. Raises KeyError."""
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
