"""Topology: what a network means, in AWS's and the data centre's words. Nothing that can be derived."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Network


class GatewayKind(Enum):
    """What ends a connection on AWS's side: a virtual private gateway or a transit gateway."""

    VGW = "vgw"
    TGW = "tgw"


class VifKind(Enum):
    """What a virtual interface leads to: VPCs by virtual private gateways, or transit gateways (D23 3.1). Public ones are not emulated."""

    PRIVATE = "private"
    TRANSIT = "transit"


class LocalPreference(Enum):
    """The community a customer puts on what it announces over a virtual interface: how AWS should like that way back (D26 2.3)."""

    LOW = "7224:7100"
    MEDIUM = "7224:7200"
    HIGH = "7224:7300"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenter:
    """A site of the customer: a host and a core router come by themselves, `edges` face the providers.

    `allowas_in` is how often the site's own ASN may stand in a path its edges take from AWS; 0 is BGP's loop check as it is.
    """

    name: str
    asn: int
    prefixes: tuple[IPv4Network, ...]
    edges: tuple[str, ...]
    allowas_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interconnect:
    """A private high-bandwidth link between the core routers of two data centres."""

    name: str
    between: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A VPC with one host in it."""

    name: str
    region: str
    cidr: IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A virtual private or transit gateway: its visible ASN and the VPCs attached to it.

    `vpn_ecmp` is a transit gateway's VPN ECMP support, on by default (T26); a virtual private gateway never shares.
    """

    name: str
    kind: GatewayKind
    region: str
    asn: int
    vpcs: tuple[str, ...]
    vpn_ecmp: bool = True

    @property
    def shares_vpn(self) -> bool:
        """Whether flows are spread over equal VPN tunnels."""
        return self.kind is GatewayKind.TGW and self.vpn_ecmp


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A Direct Connect location and the Region it is associated with (`describe_locations`, which is not always the nearest)."""

    name: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A gateway associated with a Direct Connect gateway, and the prefixes that may be announced to the customer for it.

    For a virtual private gateway they filter its VPC's CIDR; () lets it pass. For a transit gateway they are announced as they are,
    whatever the state of the gateway behind (D23 allowed-to-prefixes).
    """

    gateway: str
    allowed_prefixes: tuple[IPv4Network, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectConnectGateway:
    """A Direct Connect gateway: a domain of policy, not a box. All its associations are with gateways of one kind (D23 3.4)."""

    name: str
    asn: int
    associations: tuple[Association, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A Direct Connect connection: a circuit of a provider from a router of the customer to one of AWS's devices at a location.

    `shared_risk` names what it shares with other circuits (a conduit, a building): one event takes all of them.
    """

    name: str
    edge: str
    location: str
    device: int
    provider: str
    shared_risk: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A VLAN of a connection with one BGP session, to a Direct Connect gateway or straight to a virtual private gateway of the Region.

    `bfd` says whether the customer's router has BFD (under the tuned timers). `local_preference` and `as_path_prepend` (how often the
    customer's own ASN is added) go with everything the customer announces on it.
    """

    name: str
    connection: str
    kind: VifKind
    gateway: str
    vlan: int
    bfd: bool
    sitelink: bool
    local_preference: LocalPreference | None
    as_path_prepend: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection:
    """A Site-to-Site VPN connection: two tunnels from one customer gateway to endpoints in two availability zones.

    `inside_cidrs` are the tunnels' /30s from 169.254.0.0/16 (V26 1.2); AWS takes the first usable address, the customer the second.
    With `static_routes` it is a static VPN: no BGP, AWS sends these prefixes to it and the customer its VPCs' CIDRs, tunnel by tunnel.
    """

    name: str
    customer_gateway: str
    gateway: str
    provider: str
    inside_cidrs: tuple[IPv4Network, IPv4Network]
    static_routes: tuple[IPv4Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowIntent:
    """Traffic that must survive, between two sites (data centres or VPCs), always looked at in both directions."""

    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A whole network as its owner means it; tuples keep the order of the file."""

    name: str
    summary: str
    data_centers: tuple[DataCenter, ...]
    interconnects: tuple[Interconnect, ...]
    vpcs: tuple[Vpc, ...]
    gateways: tuple[Gateway, ...]
    vpn_connections: tuple[VpnConnection, ...]
    flows: tuple[FlowIntent, ...]
    locations: tuple[Location, ...] = ()
    direct_connect_gateways: tuple[DirectConnectGateway, ...] = ()
    connections: tuple[Connection, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
