"""Lay out the sites: data centres and VPCs, each with one host, and the links between them."""

from ipaddress import IPv4Interface

from lab.compiler.blueprint import Blueprint, Place
from lab.compiler.cabling import INSIDE
from lab.model.hosts import SITE_RESERVED, VPC_RESERVED, host_address, host_subnet
from lab.model.interconnect import Interconnect
from lab.model.ip import AddressWithLength, Prefix
from lab.model.plan import Role
from lab.model.topology import GatewayKind, Vpc


def lay_data_centers(blueprint: Blueprint) -> None:
    """Add a host, a core router, the edges and the NAT boxes of every data centre, and the interconnects between the cores."""
    gateways = {vpn.customer_gateway for vpn in blueprint.topology.vpn_connections}
    for site in blueprint.topology.data_centers:
        host, core = f"{site.name}-host", f"{site.name}-core"
        blueprint.places[host] = Place(role=Role.HOST, where=site.name)
        blueprint.places[core] = Place(role=Role.CORE, where=site.name)
        addresses = _host_subnet(site.prefixes[0], reserved=SITE_RESERVED)
        blueprint.hosts[site.name] = blueprint.cabling.connect_with(host, core, addresses=addresses)
        for edge in site.edges:
            blueprint.places[edge] = Place(role=Role.CUSTOMER_GATEWAY if edge in gateways else Role.EDGE, where=site.name)
            blueprint.core_edge[edge] = blueprint.cabling.connect(core, edge, pool=INSIDE)
        for nat in site.nat:
            blueprint.places[nat.name] = Place(role=Role.NAT, where=site.name)
            for edge in nat.behind:
                blueprint.to_nat[edge] = blueprint.cabling.connect(edge, nat.name, pool=INSIDE)
    for interconnect in blueprint.topology.interconnects:
        if interconnect.is_wan:
            _lay_wan(blueprint, interconnect)
            continue
        one, other = interconnect.between
        pair = blueprint.cabling.connect(f"{one}-core", f"{other}-core", pool=INSIDE, name=interconnect.name)
        blueprint.interconnects |= {(interconnect.name, one): pair.a, (interconnect.name, other): pair.b}


def _lay_wan(blueprint: Blueprint, wan: Interconnect) -> None:
    """Add a provider's WAN: a bridge that no router sees. The core routers of its sites have addresses in one subnet."""
    blueprint.places[wan.name] = Place(role=Role.WAN, where=wan.name)
    ports = []
    for site, address in zip(wan.between, blueprint.cabling.wan_addresses(), strict=False):
        pair = blueprint.cabling.connect_with(f"{site}-core", wan.name, addresses=(address, None))
        blueprint.interconnects[wan.name, site] = pair.a
        ports.append(pair.b)
    blueprint.bridged[wan.name] = [(ports[0], port) for port in ports[1:]]


def lay_regions(blueprint: Blueprint) -> None:
    """Add the gateways, and a host in every VPC that has a gateway."""
    vpcs = {vpc.name: vpc for vpc in blueprint.topology.vpcs}
    for gateway in blueprint.topology.gateways:
        role = Role.GATEWAY if gateway.kind is GatewayKind.VGW else Role.TRANSIT_GATEWAY
        blueprint.places[gateway.name] = Place(role=role, where=gateway.region)
        for name in gateway.vpcs:
            router = f"{name}-router" if blueprint.has_router(vpcs[name]) else gateway.name
            if name not in blueprint.hosts:
                _lay_vpc(blueprint, vpcs[name], router)
            if router != gateway.name:
                blueprint.vpc_links[name, gateway.name] = blueprint.cabling.connect(router, gateway.name, pool=INSIDE)


def _lay_vpc(blueprint: Blueprint, vpc: Vpc, router: str) -> None:
    """Add the host of a VPC. `router`: the node before it, which is the gateway or the VPC's own router."""
    host = f"{vpc.name}-host"
    blueprint.places[host] = Place(role=Role.VPC_HOST, where=vpc.name)
    blueprint.places.setdefault(router, Place(role=Role.VPC_ROUTER, where=vpc.name))
    addresses = _host_subnet(vpc.cidr, reserved=VPC_RESERVED)
    blueprint.hosts[vpc.name] = blueprint.cabling.connect_with(host, router, addresses=addresses)


def lay_peerings(blueprint: Blueprint) -> None:
    """Add a cable between the two gateways of each peering: AWS's path between their Regions."""
    for peering in blueprint.topology.peerings:
        one, other = peering.between
        blueprint.peerings[peering.name] = blueprint.cabling.connect(one, other, pool=INSIDE, name=peering.name)


def _host_subnet(prefix: Prefix, *, reserved: int) -> tuple[AddressWithLength, AddressWithLength]:
    """The addresses of host and router. The router has .1."""
    subnet = host_subnet(prefix)
    return IPv4Interface((host_address(prefix, reserved=reserved), subnet.prefixlen)), IPv4Interface((subnet[1], subnet.prefixlen))
