"""What an account has of Site-to-Site VPN, VPC and Transit Gateway (the EC2 API)."""

from dataclasses import dataclass
from ipaddress import IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """One tunnel of a VPN connection. `inside_cidr`: its /30, None if the files do not say it or if it is IPv6.

    `options`: the tunnel options that differ from AWS's defaults, each as AWS writes it: `StartupAction start`. Never the key. Where AWS
    allows several values, it is the one that the lab takes. `several`: these options, with all allowed values: `IkeVersions ikev1, ikev2`.
    """

    inside_cidr: IPv4Network | None = None
    options: tuple[str, ...] = ()
    several: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection:
    """A Site-to-Site VPN connection.

    - `gateway`: a virtual private gateway or a transit gateway. "" if it ends elsewhere, for instance on Cloud WAN.
    - `is_static`: it has static routing, without BGP. `static_routes`: the routes of the connection itself (virtual private gateways
      have them; for a transit gateway, see `TransitRoute`).
    - `unusual`: what makes it another kind of VPN, in AWS's words: `acceleration`, `private IP`, `IPv6 inside`, …
    """

    id: str
    name: str
    region: str
    customer_gateway: str
    gateway: str
    is_static: bool
    static_routes: tuple[IPv4Network, ...] = ()
    tunnels: tuple[Tunnel, ...] = ()
    unusual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerGateway:
    """A customer gateway. `device`: equal for two customer gateways with the same outside address, so probably one router.

    It is a digest, because outside addresses do not come in. "" if there is no address (certificates).
    `has_certificate`: its tunnels have certificates in place of pre-shared keys.
    """

    id: str
    name: str
    region: str
    asn: int
    device: str = ""
    has_certificate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualPrivateGateway:
    """A virtual private gateway, and the ids of the VPCs attached to it (AWS allows one)."""

    id: str
    name: str
    region: str
    asn: int
    vpcs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGateway:
    """A transit gateway. `vpn_ecmp`: its option VpnEcmpSupport."""

    id: str
    name: str
    region: str
    asn: int
    vpn_ecmp: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment of a transit gateway.

    `kind`: AWS's ResourceType, such as `vpc`, `vpn`, `direct-connect-gateway`, `peering`, `connect`. `resource`: the id of the attached
    thing. `route_table`: the table that routes what comes in by it, "" if none is associated. The two ends of a peering have one id.
    """

    id: str
    region: str
    transit_gateway: str
    kind: str
    resource: str
    route_table: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRoute:
    """A static route in a route table of a transit gateway. `resource`: the id of the VPN, VPC, … that it leads to. "" is a blackhole.

    `id`: the table and the prefix. `table`: "" if the file does not say it.
    """

    id: str
    table: str
    prefix: IPv4Network
    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Propagation:
    """An attachment that propagates its routes into a route table of a transit gateway. `id`: the table and the attachment."""

    id: str
    table: str
    attachment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route of a VPC. `target`: the id of a gateway. `is_propagated`: it was learned from a virtual private gateway."""

    prefix: IPv4Network
    target: str
    is_propagated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable:
    """A route table of a VPC: its routes to gateways, and the virtual private gateways that may propagate routes into it."""

    id: str
    region: str
    vpc: str
    routes: tuple[Route, ...] = ()
    propagating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A VPC. `cidrs`: its IPv4 CIDRs, the primary one first. `has_ipv6`: it has IPv6, too."""

    id: str
    name: str
    region: str
    cidrs: tuple[IPv4Network, ...]
    has_ipv6: bool = False
