"""Plan: the network compiled - every node, cable, address and file, before anything runs. Same topology, same plan, same bytes."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TypeVar


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


class Role(Enum):
    """What a node is in the picture of the network, from the user's left to AWS's right."""

    HOST = "host"
    CORE = "core router"
    CUSTOMER_GATEWAY = "customer gateway"
    INTERNET = "internet"
    VPN_ENDPOINT = "VPN tunnel endpoint"
    GATEWAY = "virtual private gateway"
    VPC_HOST = "VPC host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One end of a cable inside a node."""

    name: str
    address: IPv4Interface
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A static route of a node's kernel, put there by the lab (BGP brings all others)."""

    prefix: IPv4Network
    via: IPv4Address


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file below /lab in a node: its path relative to that, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One container. `daemons` in start order, as `node-start` knows them: zebra, bfdd, bgpd, charon:TUNNEL.

    `place` is the data centre, availability zone, Region or provider the node stands in.
    """

    name: str
    role: Role
    place: str
    interfaces: tuple[Interface, ...]
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
    """One side of an IPsec tunnel: node, tunnel device, address on the internet, address inside the tunnel."""

    node: str
    device: str
    outside: IPv4Address
    inside: IPv4Interface


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """One tunnel of a VPN connection: one IKE SA, one child SA, one BGP session. The customer's side initiates."""

    name: str
    connection: str
    customer: TunnelEnd
    aws: TunnelEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSession:
    """A BGP session that must be Established, as one of its two speakers sees it."""

    node: str
    neighbor: IPv4Address
    neighbor_node: str


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

    A fault that breaks links takes `links`, one that breaks nodes `nodes`, one that breaks tunnels `tunnels`; empty means it cannot.
    A path goes `via` a target when it passes one of `waypoints` (node names).
    """

    name: str
    what: str
    links: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()
    waypoints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole lab on paper. `name` is the topology's and the lab's."""

    name: str
    summary: str
    timers: Timers
    ipsec: Ipsec
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    tunnels: tuple[Tunnel, ...]
    sessions: tuple[BgpSession, ...]
    flows: tuple[Flow, ...]
    targets: tuple[Target, ...]

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
