"""Blueprint: the nodes, cables, tunnels and circuits of a network, before routers are configured. `layout` fills it."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network

from lab.compiler.cabling import (
    AWS_OUTSIDE,
    CUSTOMER_OUTSIDE,
    MANY_AWS_OUTSIDE,
    MANY_CUSTOMERS_OUTSIDE,
    Cabling,
    Pair,
)
from lab.model.plan import Circuits, Interface, Role, Tunnel
from lab.model.topology import Connection, DirectConnectGateway, Gateway, Topology, VirtualInterface, VpnConnection

INTERNET = "internet"
"""The name of the node between all providers and AWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The role of a node, and where it is: a data centre, availability zone, location, Region or provider."""

    role: Role
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSite:
    """A tunnel and the two cables of its AWS endpoint: `outside` from the internet, `core` to the gateway."""

    tunnel: Tunnel
    vpn: VpnConnection
    outside: Pair
    core: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class VifSite:
    """A virtual interface: its two ends, the AWS device at its end, and the ASN that AWS shows the customer."""

    vif: VirtualInterface
    connection: Connection
    device: str
    customer: Interface
    aws: Interface
    amazon_asn: int


@dataclass(slots=True, kw_only=True)
class Blueprint:
    """The network so far. A cable is a `Pair`: its end `a` is at the node that is named first.

    - `hosts`: by site; host and router
    - `core_edge`: by edge; core and edge
    - `interconnects`: by name; core and core
    - `uplinks`: by edge and provider; edge and provider
    - `backbone`: by provider; provider and internet
    - `device_core`: by device and gateway
    - `sitelinks`: by two devices
    - `trunks`: by connection, if VLANs share its cables; the interface of each end, by its node
    - `bridged`: by node; pairs of ports that the node joins by a bridge
    """

    topology: Topology
    circuits: Circuits
    cabling: Cabling = field(default_factory=Cabling)
    places: dict[str, Place] = field(default_factory=dict)
    hosts: dict[str, Pair] = field(default_factory=dict)
    core_edge: dict[str, Pair] = field(default_factory=dict)
    interconnects: dict[str, Pair] = field(default_factory=dict)
    uplinks: dict[tuple[str, str], Pair] = field(default_factory=dict)
    backbone: dict[str, Pair] = field(default_factory=dict)
    tunnels: list[TunnelSite] = field(default_factory=list)
    vifs: list[VifSite] = field(default_factory=list)
    trunks: dict[str, dict[str, Interface]] = field(default_factory=dict)
    bridged: dict[str, list[tuple[Interface, Interface]]] = field(default_factory=dict)
    device_core: dict[tuple[str, str], Pair] = field(default_factory=dict)
    sitelinks: dict[tuple[str, str], Pair] = field(default_factory=dict)

    @property
    def customers_outside(self) -> IPv4Network:
        """The addresses of customer gateways on the internet."""
        return MANY_CUSTOMERS_OUTSIDE if self._has_many_tunnels else CUSTOMER_OUTSIDE

    @property
    def aws_outside(self) -> IPv4Network:
        """The addresses of AWS's VPN endpoints on the internet."""
        return MANY_AWS_OUTSIDE if self._has_many_tunnels else AWS_OUTSIDE

    @property
    def _has_many_tunnels(self) -> bool:
        return sum(len(vpn.inside_cidrs) for vpn in self.topology.vpn_connections) * 2 > AWS_OUTSIDE.num_addresses

    def router_id(self, node: str) -> IPv4Address:
        """The router ID of a node. IDs rise in the order of the file.

        BGP prefers the lowest, so the first tunnel of the first connection wins.
        """
        return IPv4Address("10.255.0.1") + list(self.places).index(node)

    def tunnels_of(self, node: str) -> list[TunnelSite]:
        """The tunnels that end on a node, on either side, in the order of their tunnel devices."""
        return [site for site in self.tunnels if node in {site.tunnel.customer.node, site.tunnel.aws.node}]

    def gateway(self, name: str) -> Gateway:
        """The virtual private or transit gateway of that name."""
        return next(gateway for gateway in self.topology.gateways if gateway.name == name)

    def dx_gateway(self, name: str) -> DirectConnectGateway | None:
        """The Direct Connect gateway with that name. None if something else has the name."""
        return next((gateway for gateway in self.topology.direct_connect_gateways if gateway.name == name), None)

    def gateways_behind(self, name: str) -> tuple[Gateway, ...]:
        """The gateways behind `name`: the associations of a Direct Connect gateway, or the gateway `name` itself."""
        dx_gateway = self.dx_gateway(name)
        names = [association.gateway for association in dx_gateway.associations] if dx_gateway else [name]
        return tuple(self.gateway(each) for each in names)
