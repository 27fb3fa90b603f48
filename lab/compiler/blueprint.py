"""Blueprint: the network laid out - nodes, cables, tunnels, circuits - before any router has its configuration; written once."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address

from lab.compiler.cabling import Cabling, Pair
from lab.model.plan import Circuits, Interface, Role, Tunnel
from lab.model.topology import Connection, DirectConnectGateway, Gateway, Topology, VirtualInterface, VpnConnection

INTERNET = "internet"
"""The node between all providers and AWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a node is and where it stands."""

    role: Role
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSite:
    """A tunnel with the cables its endpoint hangs on: internet to endpoint, endpoint to gateway."""

    tunnel: Tunnel
    vpn: VpnConnection
    outside: Pair
    core: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class VifSite:
    """A virtual interface with its two ends, the device of AWS it ends on, and the ASN AWS shows there."""

    vif: VirtualInterface
    connection: Connection
    device: str
    customer: Interface
    aws: Interface
    amazon_asn: int


@dataclass(slots=True, kw_only=True)
class Blueprint:
    """Every cable under what it joins; end `a` of a pair is the first one named.

    `hosts` by site (host, router), `core_edge` by edge (core, edge), `interconnects` by name (core, core), `uplinks` by edge and provider
    (edge, provider), `backbone` by provider (provider, internet), `device_core` by device and gateway, `sitelinks` by two devices.
    `trunks` by connection (edge's and device's interface) where VLANs share its cables; `bridged` are pairs of ports that a node forwards
    between without routing.
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

    def router_id(self, node: str) -> IPv4Address:
        """Router ids break BGP ties, so their order is the file's: among equals the first connection's first tunnel wins."""
        return IPv4Address("10.255.0.1") + list(self.places).index(node)

    def tunnels_of(self, node: str) -> list[TunnelSite]:
        """The tunnels that end on a node, on either side, in the order of their devices."""
        return [site for site in self.tunnels if node in {site.tunnel.customer.node, site.tunnel.aws.node}]

    def gateway(self, name: str) -> Gateway:
        """The virtual private or transit gateway of that name."""
        return next(gateway for gateway in self.topology.gateways if gateway.name == name)

    def dx_gateway(self, name: str) -> DirectConnectGateway | None:
        """The Direct Connect gateway of that name, None where it is that of something else."""
        return next((gateway for gateway in self.topology.direct_connect_gateways if gateway.name == name), None)

    def gateways_behind(self, name: str) -> tuple[Gateway, ...]:
        """Where a virtual interface on this gateway leads: those associated with a Direct Connect gateway, or the gateway itself."""
        dx_gateway = self.dx_gateway(name)
        names = [association.gateway for association in dx_gateway.associations] if dx_gateway else [name]
        return tuple(self.gateway(each) for each in names)
