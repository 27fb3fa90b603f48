"""Blueprint: the nodes, cables, tunnels and circuits of a network, before routers are configured. `layout` fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Address

from lab.compiler.cabling import (
    AWS_OUTSIDE,
    CUSTOMER_OUTSIDE,
    MANY_AWS_OUTSIDE,
    MANY_CUSTOMERS_OUTSIDE,
    Cabling,
    Pair,
)
from lab.model.ip import Address, Prefix
from lab.model.lag import Bundle
from lab.model.plan import Circuits, Interface, Role
from lab.model.told import Line, Told, told
from lab.model.topology import (
    DEFAULT_ROUTE,
    Connection,
    DataCenter,
    DirectConnectGateway,
    Gateway,
    Topology,
    VirtualInterface,
    Vpc,
    VpnConnection,
)
from lab.model.tunnel import Tunnel

INTERNET = "internet"
"""The name of the node between all providers and AWS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The role of a node, and where it is: a data centre, availability zone, location, Region or provider."""

    role: Role
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSite:
    """A tunnel and the two cables of its AWS endpoint: `outside` from the internet or a Direct Connect device, `core` to the gateway.

    `number`: its place among all tunnels, from 1 up. `never_up`: the customer has a wrong key for it.
    `tables`: further route tables of the transit gateway that learn its routes, each with the endpoint's cable to it.
    """

    number: int
    tunnel: Tunnel
    vpn: VpnConnection
    outside: Pair
    core: Pair
    never_up: bool = False
    tables: tuple[tuple[str, Pair], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VifSite:
    """A virtual interface: its two ends, the AWS device at its end, and the ASN that AWS shows the customer."""

    vif: VirtualInterface
    connection: Connection
    device: str
    customer: Interface
    aws: Interface
    amazon_asn: int


@dataclass(kw_only=True)
class Blueprint:
    """The nodes and cables of a network so far. A cable is a `Pair`: its end `a` is at the node that is named first in this list.

    Law: what is kept (`cached_property`) depends only on the topology, or is asked for only when `layout` has placed every node and cable.

    - `hosts`: by site; host and router
    - `core_edge`: by edge; core and edge
    - `interconnects`: by name and site; the interface of the site's core
    - `to_nat`: by edge; edge and the NAT box that it is behind
    - `uplinks`: by edge and provider; edge and provider. For edges behind a NAT box: by NAT box and provider
    - `backbone`: by provider; provider and internet
    - `vpc_links`: by VPC and gateway; the VPC's router and the gateway. Only for a VPC with a router.
    - `peerings`: by name; transit gateway and transit gateway
    - `device_core`: by device and gateway
    - `sitelinks`: by two devices
    - `trunks`: by connection, if VLANs share its cables; the interface of each end, by its node
    - `bridged`: by node; pairs of ports that the node joins by a bridge
    - `bundles`: the LAGs, one for each side of the carrier
    """

    topology: Topology
    circuits: Circuits
    cabling: Cabling = field(default_factory=Cabling)
    places: dict[str, Place] = field(default_factory=dict)
    hosts: dict[str, Pair] = field(default_factory=dict)
    core_edge: dict[str, Pair] = field(default_factory=dict)
    interconnects: dict[tuple[str, str], Interface] = field(default_factory=dict)
    to_nat: dict[str, Pair] = field(default_factory=dict)
    uplinks: dict[tuple[str, str], Pair] = field(default_factory=dict)
    backbone: dict[str, Pair] = field(default_factory=dict)
    vpc_links: dict[tuple[str, str], Pair] = field(default_factory=dict)
    peerings: dict[str, Pair] = field(default_factory=dict)
    tunnels: list[TunnelSite] = field(default_factory=list)
    vifs: list[VifSite] = field(default_factory=list)
    trunks: dict[str, dict[str, Interface]] = field(default_factory=dict)
    bridged: dict[str, list[tuple[Interface, Interface]]] = field(default_factory=dict)
    device_core: dict[tuple[str, str], Pair] = field(default_factory=dict)
    sitelinks: dict[tuple[str, str], Pair] = field(default_factory=dict)
    bundles: list[Bundle] = field(default_factory=list)
    _tunnels_of: dict[str, list[TunnelSite]] = field(default_factory=dict)

    @property
    def customers_outside(self) -> Prefix:
        """The addresses of customer gateways on the internet."""
        return MANY_CUSTOMERS_OUTSIDE if self._has_many_tunnels else CUSTOMER_OUTSIDE

    @property
    def aws_outside(self) -> Prefix:
        """The addresses of AWS's VPN endpoints on the internet."""
        return MANY_AWS_OUTSIDE if self._has_many_tunnels else AWS_OUTSIDE

    @cached_property
    def _has_many_tunnels(self) -> bool:
        return sum(len(vpn.inside_cidrs) for vpn in self.topology.vpn_connections) * 2 > AWS_OUTSIDE.num_addresses

    def router_id(self, node: str) -> Address:
        """The router ID of a node. IDs rise in the order of the file.

        BGP prefers the lowest, so the first tunnel of the first connection wins.
        """
        return IPv4Address("10.255.0.1") + self._numbers[node]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {name: number for number, name in enumerate(self.places)}

    @cached_property
    def standing_at(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes at each place, in the order of the file."""
        found: dict[str, list[str]] = {}
        for name, place in self.places.items():
            found.setdefault(place.where, []).append(name)
        return {where: tuple(names) for where, names in found.items()}

    def add_tunnel(self, site: TunnelSite) -> None:
        """Add a tunnel. It gets the next tunnel device of its two nodes."""
        self.tunnels.append(site)
        for node in (site.tunnel.customer.node, site.tunnel.aws.node):
            self._tunnels_of.setdefault(node, []).append(site)

    def tunnels_of(self, node: str) -> Sequence[TunnelSite]:
        """The tunnels that end on a node, on either side, in the order of their tunnel devices."""
        return self._tunnels_of.get(node, ())

    @cached_property
    def centers(self) -> Mapping[str, DataCenter]:
        """The data centre of each name."""
        return {center.name: center for center in self.topology.data_centers}

    def center_of(self, edge: str) -> DataCenter:
        """The data centre of an edge."""
        return self._centers[edge]

    def asn_of(self, edge: str) -> int:
        """The ASN of an edge."""
        return self.center_of(edge).asn_of(edge)

    @cached_property
    def _centers(self) -> Mapping[str, DataCenter]:
        return {edge: center for center in self.topology.data_centers for edge in center.edges}

    def in_front(self, edge: str) -> str:
        """The node whose address AWS sees: the NAT box that an edge is behind, or the edge itself."""
        return self._in_front.get(edge, edge)

    def bearer(self, vpn: VpnConnection) -> "VifSite | None":
        """The virtual interface that carries the tunnels of a private-IP VPN. None for a VPN over the internet."""
        return next((site for site in self.vifs if site.vif.name == vpn.over), None)

    @cached_property
    def _in_front(self) -> Mapping[str, str]:
        return {edge: nat.name for center in self.topology.data_centers for nat in center.nat for edge in nat.behind}

    def joined(self, site: DataCenter) -> tuple[DataCenter, ...]:
        """The data centres that an interconnect joins with this one."""
        return self._joined.get(site.name, ())

    @cached_property
    def _joined(self) -> Mapping[str, tuple[DataCenter, ...]]:
        found: dict[str, dict[str, None]] = {}
        for one, other in (pair for each in self.topology.interconnects for pair in each.pairs):
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
        return {name: tuple(self.centers[other] for other in others) for name, others in found.items()}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All virtual interfaces and VPN connections, in the order of the file."""
        return (*self.topology.virtual_interfaces, *self.topology.vpn_connections)

    def told(self, site: DataCenter, line: Line) -> Told:
        """What a site announces to AWS on a virtual interface or VPN connection."""
        return told(site, line, self.joined(site))

    def originated(self, site: DataCenter) -> tuple[Prefix, ...]:
        """Everything that a site's routers originate in BGP."""
        given = (DEFAULT_ROUTE,) if self.gives_default(site) else ()
        return tuple(dict.fromkeys((*site.prefixes, *self.beyond_own(site), *given)))

    def gives_default(self, site: DataCenter) -> bool:
        """Whether another site has its default route from this one."""
        return any(other.default_route_from == site.name for other in self.topology.data_centers)

    def beyond_own(self, site: DataCenter) -> tuple[Prefix, ...]:
        """What a site announces to AWS in its own name, besides its own prefixes: a default route, summaries, longer prefixes."""
        return tuple(self._beyond_own.get(site.name, ()))

    @cached_property
    def has_default_route(self) -> bool:
        """Whether a site announces a default route to AWS or gives one to another site, or a static VPN has one."""
        if any(site.default_route_from for site in self.topology.data_centers):
            return True
        lists = [site.announce for site in self.topology.data_centers]
        lists += [vif.customer.announce for vif in self.topology.virtual_interfaces]
        lists += [(*vpn.customer.announce, *vpn.static_routes) for vpn in self.topology.vpn_connections]
        lists += [tuple(route.prefix for route in gateway.static_routes) for gateway in self.topology.gateways]
        lists += [tuple(route.prefix for route in vpc.static_routes) for vpc in self.topology.vpcs]
        return any(prefix.prefixlen == 0 for each in lists for prefix in each)

    @cached_property
    def _beyond_own(self) -> Mapping[str, dict[Prefix, None]]:
        lines: list[tuple[str, Line]] = [(each.connection.edge, each.vif) for each in self.vifs]
        lines += [(vpn.customer_gateway, vpn) for vpn in self.topology.vpn_connections if not vpn.static_routes]
        found: dict[str, dict[Prefix, None]] = {}
        for edge, line in lines:
            site = self.center_of(edge)
            if site.announce or line.customer.announce:
                own = self.told(site, line).own
                found.setdefault(site.name, {}).update(dict.fromkeys(each for each in own if each not in site.prefixes))
        return found

    @cached_property
    def customer_prefixes(self) -> tuple[Prefix, ...]:
        """The prefixes of all data centres, each once."""
        return tuple(dict.fromkeys(prefix for center in self.topology.data_centers for prefix in center.prefixes))

    def vpc(self, name: str) -> Vpc:
        """The VPC of that name."""
        return next(vpc for vpc in self.topology.vpcs if vpc.name == name)

    def has_router(self, vpc: Vpc) -> bool:
        """Whether the VPC has a route table of its own, so a router: it has static routes, no propagation, or several gateways."""
        gateways = [gateway for gateway in self.topology.gateways if vpc.name in gateway.vpcs]
        return bool(gateways) and (bool(vpc.static_routes) or not vpc.propagation or len(gateways) > 1)

    def toward_vpc(self, vpc: str, gateway: str) -> Address:
        """The address of the next node from a gateway to a VPC: the VPC's router, or else its host."""
        pair = self.vpc_links.get((vpc, gateway)) or self.hosts[vpc]
        return pair.a.ip

    def gateway(self, name: str) -> Gateway:
        """The virtual private or transit gateway of that name."""
        return self._gateways[name]

    @cached_property
    def _gateways(self) -> Mapping[str, Gateway]:
        return {gateway.name: gateway for gateway in self.topology.gateways}

    def dx_gateway(self, name: str) -> DirectConnectGateway | None:
        """The Direct Connect gateway with that name. None if something else has the name."""
        return next((gateway for gateway in self.topology.direct_connect_gateways if gateway.name == name), None)

    def gateways_behind(self, name: str) -> tuple[Gateway, ...]:
        """The gateways behind `name`: the associations of a Direct Connect gateway, or the gateway `name` itself."""
        dx_gateway = self.dx_gateway(name)
        names = [association.gateway for association in dx_gateway.associations] if dx_gateway else [name]
        return tuple(self.gateway(each) for each in names)
