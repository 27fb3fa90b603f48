"""Topology: what a network means, in AWS's and the data centre's words. Nothing that can be derived."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Network


class GatewayKind(Enum):
    """What ends a connection on AWS's side; the kinds the compiler can build."""

    VGW = "vgw"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenter:
    """A site of the customer: a host and a core router come by themselves, `edges` face the providers."""

    name: str
    asn: int
    prefixes: tuple[IPv4Network, ...]
    edges: tuple[str, ...]


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
    """A virtual private gateway: its visible ASN and the VPCs attached to it."""

    name: str
    kind: GatewayKind
    region: str
    asn: int
    vpcs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection:
    """A Site-to-Site VPN connection: two tunnels from one customer gateway to endpoints in two availability zones.

    `inside_cidrs` are the tunnels' /30s from 169.254.0.0/16 (V26 1.2); AWS takes the first usable address, the customer the second.
    """

    name: str
    customer_gateway: str
    gateway: str
    provider: str
    inside_cidrs: tuple[IPv4Network, IPv4Network]


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
