"""Blueprint: the network laid out - nodes, cables, tunnels - before any router has its configuration; written once, read by all."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from lab.compiler.cabling import AWS_OUTSIDE, BACKBONE, CUSTOMER_OUTSIDE, INSIDE, Cabling, Pair
from lab.model.plan import Role, Tunnel, TunnelEnd
from lab.model.topology import Topology, VpnConnection

INTERNET = "internet"
"""The node between all providers and AWS."""

VPC_RESERVED = 4
"""AWS keeps the first four addresses of a subnet; the second of them is the VPC router."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a node is and where it stands."""

    role: Role
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSite:
    """A tunnel with the cables its endpoint hangs on: internet to endpoint, endpoint to gateway."""

    tunnel: Tunnel
    gateway: str
    provider: str
    outside: Pair
    core: Pair


@dataclass(slots=True, kw_only=True)
class Blueprint:
    """Every cable under what it joins; end `a` of a pair is the first one named.

    `hosts` by site (host, router), `core_edge` by edge (core, edge), `interconnects` by name (core, core), `uplinks` by edge and provider
    (edge, provider), `backbone` by provider (provider, internet).
    """

    topology: Topology
    cabling: Cabling = field(default_factory=Cabling)
    places: dict[str, Place] = field(default_factory=dict)
    hosts: dict[str, Pair] = field(default_factory=dict)
    core_edge: dict[str, Pair] = field(default_factory=dict)
    interconnects: dict[str, Pair] = field(default_factory=dict)
    uplinks: dict[tuple[str, str], Pair] = field(default_factory=dict)
    backbone: dict[str, Pair] = field(default_factory=dict)
    tunnels: list[TunnelSite] = field(default_factory=list)

    def router_id(self, node: str) -> IPv4Address:
        """Router ids break BGP ties, so their order is the file's: among equals the first connection's first tunnel wins."""
        return IPv4Address("10.255.0.1") + list(self.places).index(node)

    def tunnels_of(self, node: str) -> list[Tunnel]:
        """The tunnels that end on a node, on either side, in the order of their devices."""
        return [site.tunnel for site in self.tunnels if node in {site.tunnel.customer.node, site.tunnel.aws.node}]


def lay_out(topology: Topology) -> Blueprint:
    """Decide every node, cable and address of the topology. InputError when an address pool is used up."""
    blueprint = Blueprint(topology=topology)
    _lay_data_centers(blueprint)
    _lay_internet(blueprint)
    for connection in topology.vpn_connections:
        _lay_connection(blueprint, connection)
    _lay_vpcs(blueprint)
    return blueprint


def _lay_data_centers(blueprint: Blueprint) -> None:
    for site in blueprint.topology.data_centers:
        host, core = f"{site.name}-host", f"{site.name}-core"
        blueprint.places[host] = Place(role=Role.HOST, where=site.name)
        blueprint.places[core] = Place(role=Role.CORE, where=site.name)
        addresses = _host_subnet(site.prefixes[0], reserved=1)
        blueprint.hosts[site.name] = blueprint.cabling.connect_with(host, core, addresses=addresses)
        for edge in site.edges:
            blueprint.places[edge] = Place(role=Role.CUSTOMER_GATEWAY, where=site.name)
            blueprint.core_edge[edge] = blueprint.cabling.connect(core, edge, pool=INSIDE)
    for interconnect in blueprint.topology.interconnects:
        one, other = (f"{site}-core" for site in interconnect.between)
        blueprint.interconnects[interconnect.name] = blueprint.cabling.connect(one, other, pool=INSIDE, name=interconnect.name)


def _lay_internet(blueprint: Blueprint) -> None:
    connections = blueprint.topology.vpn_connections
    for provider in dict.fromkeys([vpn.provider for vpn in connections] + [INTERNET] * bool(connections)):
        blueprint.places[provider] = Place(role=Role.INTERNET, where=provider)
        if provider != INTERNET:
            blueprint.backbone[provider] = blueprint.cabling.connect(provider, INTERNET, pool=BACKBONE)
    for edge, provider in dict.fromkeys((vpn.customer_gateway, vpn.provider) for vpn in connections):
        blueprint.uplinks[edge, provider] = blueprint.cabling.connect(edge, provider, pool=CUSTOMER_OUTSIDE)


def _lay_connection(blueprint: Blueprint, vpn: VpnConnection) -> None:
    gateway = next(gateway for gateway in blueprint.topology.gateways if gateway.name == vpn.gateway)
    uplink = blueprint.uplinks[vpn.customer_gateway, vpn.provider]
    for number, inside in enumerate(vpn.inside_cidrs):
        endpoint = f"{vpn.name}-{number + 1}"
        blueprint.places[endpoint] = Place(role=Role.VPN_ENDPOINT, where=f"{gateway.region}{'ab'[number]}")
        outside = blueprint.cabling.connect(INTERNET, endpoint, pool=AWS_OUTSIDE)
        core = blueprint.cabling.connect(endpoint, gateway.name, pool=INSIDE)
        tunnel = Tunnel(
            name=endpoint,
            connection=vpn.name,
            customer=TunnelEnd(
                node=vpn.customer_gateway,
                device=f"ipsec{len(blueprint.tunnels_of(vpn.customer_gateway))}",
                outside=uplink.a.address.ip,
                inside=IPv4Interface((inside[2], inside.prefixlen)),
            ),
            aws=TunnelEnd(
                node=endpoint, device="ipsec0", outside=outside.b.address.ip, inside=IPv4Interface((inside[1], inside.prefixlen))
            ),
        )
        site = TunnelSite(tunnel=tunnel, gateway=gateway.name, provider=vpn.provider, outside=outside, core=core)
        blueprint.tunnels.append(site)


def _lay_vpcs(blueprint: Blueprint) -> None:
    vpcs = {vpc.name: vpc for vpc in blueprint.topology.vpcs}
    for gateway in blueprint.topology.gateways:
        blueprint.places[gateway.name] = Place(role=Role.GATEWAY, where=gateway.region)
        for name in gateway.vpcs:
            host = f"{name}-host"
            blueprint.places[host] = Place(role=Role.VPC_HOST, where=name)
            addresses = _host_subnet(vpcs[name].cidr, reserved=VPC_RESERVED)
            blueprint.hosts[name] = blueprint.cabling.connect_with(host, gateway.name, addresses=addresses)


def _host_subnet(prefix: IPv4Network, *, reserved: int) -> tuple[IPv4Interface, IPv4Interface]:
    """Host and router in the prefix's first /24 (or all of a smaller one): router .1, host .10 or the first address not reserved."""
    subnet = next(prefix.subnets(new_prefix=max(24, prefix.prefixlen)))
    host = subnet[10] if subnet.num_addresses > 16 else subnet[reserved + 1]
    return IPv4Interface((host, subnet.prefixlen)), IPv4Interface((subnet[1], subnet.prefixlen))
