"""Plan: the compiled network with every node, cable, address and file. The same topology always gives the same bytes."""

from dataclasses import dataclass, field, replace
from enum import Enum
from ipaddress import IPv6Interface, ip_network
from typing import TypeVar

from lab.model.alarm import Alarm
from lab.model.automation import PlannedAutomation
from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet
from lab.model.dx import DxGateway, SharedRisk, Vif
from lab.model.flow import Flow
from lab.model.ip import Address, AddressWithLength, Prefix
from lab.model.lag import Bundle
from lab.model.monitoring import Monitoring
from lab.model.own_router import OwnConfiguration, Unforeseen
from lab.model.router import BgpRouter
from lab.model.topology import LINK_MTU
from lab.model.tunnel import Tunnel


class Timers(Enum):
    """The two timer profiles: how fast the customer's routers notice failures. AWS's timers never change.

    `default`: what AWS and a plain customer router use (VPN BGP 10/30 s). `tuned`: the best that a customer may configure (hold time 3 s).
    """

    DEFAULT = "default"
    TUNED = "tuned"


class Ipsec(Enum):
    """Where ESP packets are encrypted: in charon (libipsec, works on every kernel), or in the kernel (XFRM interfaces)."""

    USERSPACE = "userspace"
    KERNEL = "kernel"


class Circuits(Enum):
    """How the virtual interfaces of one Direct Connect connection are separated: by VLAN tags, or by cables if the kernel lacks 802.1Q."""

    TAGS = "802.1Q tags"
    CABLES = "a cable each"


class Role(Enum):
    """The role of a node. The roles are in the order in which pictures show them: users on the left, AWS on the right."""

    HOST = "host"
    CORE = "core router"
    EDGE = "edge router"
    CUSTOMER_GATEWAY = "customer gateway"
    NAT = "NAT box"
    INTERNET = "internet"
    CARRIER = "carrier's circuit"
    WAN = "provider's WAN"
    VPN_ENDPOINT = "VPN tunnel endpoint"
    DX_DEVICE = "Direct Connect device"
    GATEWAY = "virtual private gateway"
    TRANSIT_GATEWAY = "transit gateway"
    VPC_ROUTER = "VPC router"
    VPC_HOST = "VPC host"


GATEWAY_ROLES = frozenset({Role.GATEWAY, Role.TRANSIT_GATEWAY})
CUSTOMER_ROLES = frozenset({Role.CORE, Role.EDGE, Role.CUSTOMER_GATEWAY})
"""The routers of the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """The 802.1Q VLAN of an interface, and the interface that carries it."""

    parent: str
    vlan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One end of a cable in a node, or a VLAN on it (`tag`). Ports of bridges, and interfaces that carry VLANs, have no address.

    `mtu` is the longest IP packet that fits, in octets. `ipv6`: its IPv6 address beside the other one, if it has one.
    """

    name: str
    address: AddressWithLength | None
    mac: str
    tag: Tag | None = None
    mtu: int = LINK_MTU
    ipv6: IPv6Interface | None = None

    def with_mtu(self, mtu: int) -> "Interface":
        """The same interface with another MTU."""
        return replace(self, mtu=mtu)

    @property
    def ip(self) -> Address:
        """The address without prefix length. Raises ValueError if there is none."""
        if self.address is None:
            raise ValueError(f"{self.name} has no address: it is a port of a bridge, or carries VLANs")
        return self.address.ip

    @property
    def host_network(self) -> Prefix:
        """The address as a network with only this address."""
        return ip_network(self.ip)

    @property
    def addresses(self) -> tuple[AddressWithLength, ...]:
        """Its addresses of both families."""
        return tuple(each for each in (self.address, self.ipv6) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A bridge inside a node. It forwards packets between its ports. It is invisible to routers."""

    name: str
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A static route in a node's kernel: via a router, out of an interface, or to nowhere. All other routes come from BGP.

    `metric` is the IGP distance that BGP uses for next hops in the prefix.
    """

    prefix: Prefix
    via: Address | None = None
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
    """One node, which is one container.

    - `place`: its data centre, availability zone, location, Region or provider.
    - `daemons`: in the order in which they start: zebra, bfdd, bgpd, charon:TUNNEL.
    - `router`: its BGP as values. `files` has the same for FRR. None for a node without BGP.
    - `is_stateful`: it drops packets of flows whose start it has not seen, as a firewall does
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
    is_stateful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An end of a cable: a node and its interface."""

    node: str
    interface: str

    def __str__(self) -> str:
        return f"{self.node}:{self.interface}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cable between two interfaces. Both have the same MTU."""

    name: str
    a: Endpoint
    b: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A name that faults and expectations may use, and the parts of the network that it means. `what`: its kind, for messages.

    A fault of links breaks `links`, a fault of nodes breaks `nodes`, and so on. If that field is empty, the fault cannot break the target.

    - `sessions`: as AWS's routers see them.
    - `outlets`: where the customer announces prefixes. `announcements`: the halves of these prefixes, which a fault can announce there.
    - `static_routes`: pairs of a node and its route from AWS to the customer.
    - `legs`: associations of Direct Connect gateways.
    - `waypoints`: names of nodes. A path goes `via` the target if it passes one of them.
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
    """The plan of a whole lab. `name` is the name of its topology.

    `never_up` are tunnels with a key that is wrong at one end. They have nodes and daemons, but are not among `tunnels`, and their BGP
    sessions are not among `sessions`.

    Several labs of one topology can run side by side. `copy` tells them apart: it is empty for the first one.

    `is_editable`: a person may change the routers of the customer, and `write memory` keeps what was changed. `flaws`: the mistakes that a
    workshop has put into the network, a sentence for each.

    `alarms` are CloudWatch's, `monitoring` is Prometheus, `bundles` are rules for faults of LAGs. They and `automations` change nothing in
    a lab that is deployed, so the text of a plan, from which its fingerprint is made, lacks them.

    `own`: the configurations of the customer's that routers run. They are in these nodes' files, too. `unforeseen`: their lines that
    predictions do not understand. If there is one, the plan has no prediction.
    """

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
    never_up: tuple[Tunnel, ...] = ()
    copy: str = ""
    bundles: tuple[Bundle, ...] = field(default=(), repr=False)
    automations: tuple[PlannedAutomation, ...] = field(default=(), repr=False)
    alarms: tuple[Alarm, ...] = field(default=(), repr=False)
    monitoring: Monitoring | None = field(default=None, repr=False)
    unforeseen: tuple[Unforeseen, ...] = field(default=(), repr=False)
    own: tuple[OwnConfiguration, ...] = field(default=(), repr=False)
    is_editable: bool = field(default=False, repr=False)
    flaws: tuple[str, ...] = field(default=(), repr=False)

    @property
    def has_ipv6(self) -> bool:
        """Whether any interface has an IPv6 address."""
        return any(interface.ipv6 for node in self.nodes for interface in node.interfaces)

    @property
    def lab(self) -> str:
        """The name of the lab: hybrid-backup, or hybrid-backup@2 for a copy."""
        return f"{self.name}@{self.copy}" if self.copy else self.name

    def node(self, name: str) -> Node:
        """The node of that name. Raises KeyError."""
        return _named(self.nodes, name)

    def link(self, name: str) -> Link:
        """The link of that name. Raises KeyError."""
        return _named(self.links, name)

    def tunnel(self, name: str) -> Tunnel:
        """The tunnel of that name, also one that never comes up. Raises KeyError."""
        return _named((*self.tunnels, *self.never_up), name)

    def target(self, name: str) -> Target:
        """The target of that name. Raises KeyError."""
        return _named(self.targets, name)


_Named = TypeVar("_Named", Node, Link, Tunnel, Target)


def _named(items: tuple[_Named, ...], name: str) -> _Named:
    """The first item with that name. Raises KeyError."""
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
