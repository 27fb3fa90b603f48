"""Lay out the internet and VPN tunnels: providers, and endpoints in two availability zones. Tunnels of private-IP VPNs use circuits."""

from ipaddress import IPv4Interface

from lab.compiler.blueprint import INTERNET, Blueprint, Place, TunnelSite
from lab.compiler.cabling import BACKBONE, INSIDE, TRANSIT_GATEWAY_BLOCKS
from lab.model.bgp import ShownMed
from lab.model.by_tables import learns
from lab.model.plan import Role
from lab.model.topology import GatewayKind, VpnConnection
from lab.model.tunnel import Tunnel, TunnelEnd

FLOATING = 210 << 24
"""The metric of a static route that is used only without a BGP route. zebra reads its first octet (210) as administrative distance."""


MED_ACTIVE, MED_STANDBY = 100, 200
"""The MEDs that a virtual private gateway sends on the first and second tunnel of a connection (1.6).

A transit gateway sends 100 on both.
"""


def lay_internet(blueprint: Blueprint) -> None:
    """Connect every provider to its customers and to the node `internet`."""
    connections = [vpn for vpn in blueprint.topology.vpn_connections if vpn.over is None]
    for provider in dict.fromkeys([vpn.provider for vpn in connections] + [INTERNET] * bool(connections)):
        blueprint.places[provider] = Place(role=Role.INTERNET, where=provider)
        if provider != INTERNET:
            blueprint.backbone[provider] = blueprint.cabling.connect(provider, INTERNET, pool=BACKBONE)
    for front, provider in dict.fromkeys((blueprint.in_front(vpn.customer_gateway), vpn.provider) for vpn in connections):
        blueprint.uplinks[front, provider] = blueprint.cabling.connect(front, provider, pool=blueprint.customers_outside)


def lay_tunnels(blueprint: Blueprint) -> None:
    """Add the tunnels of every VPN connection, each with its own AWS endpoint. A tunnel that the customer does not use has none."""
    for vpn in blueprint.topology.vpn_connections:
        if vpn.over is None:
            _lay_connection(blueprint, vpn)


def lay_private_tunnels(blueprint: Blueprint) -> None:
    """Add the tunnels of private-IP VPNs, when the circuits are there. Their endpoints stand behind AWS's Direct Connect device."""
    for vpn in blueprint.topology.vpn_connections:
        if vpn.over is not None:
            _lay_connection(blueprint, vpn)


def _lay_connection(blueprint: Blueprint, vpn: VpnConnection) -> None:
    gateway, bearer = blueprint.gateway(vpn.gateway), blueprint.bearer(vpn)
    to_nat = None if bearer else blueprint.to_nat.get(vpn.customer_gateway)
    address = bearer.customer if bearer else blueprint.uplinks[blueprint.in_front(vpn.customer_gateway), vpn.provider].a
    before, pool = (bearer.device, TRANSIT_GATEWAY_BLOCKS) if bearer else (INTERNET, blueprint.aws_outside)
    cidrs = {vpc.name: vpc.cidr for vpc in blueprint.topology.vpcs}
    beyond = tuple(
        route.prefix for route in gateway.static_routes if route.attachment in {each.name for each in blueprint.topology.peerings}
    )
    toward_aws = (*(cidrs[name] for name in gateway.vpcs), *beyond) if vpn.static_routes else ()
    for number, inside in enumerate(vpn.inside_cidrs[: vpn.tunnels]):
        endpoint = f"{vpn.name}-{number + 1}"
        blueprint.places[endpoint] = Place(role=Role.VPN_ENDPOINT, where=f"{gateway.region}{'ab'[number]}")
        outside = blueprint.cabling.connect(before, endpoint, pool=pool)
        core = blueprint.cabling.connect(endpoint, gateway.name, pool=INSIDE)
        tables = tuple((name, blueprint.cabling.connect(endpoint, name, pool=INSIDE)) for name in _further_tables(blueprint, vpn))
        customer = TunnelEnd(
            node=vpn.customer_gateway,
            device=f"ipsec{len(blueprint.tunnels_of(vpn.customer_gateway))}",
            outside=address.ip,
            inside=IPv4Interface((inside[2], inside.prefixlen)),
            routes=toward_aws,
            metric=FLOATING + len(blueprint.tunnels_of(vpn.customer_gateway)) + 1,
            behind_nat=to_nat.a.ip if to_nat else None,
        )
        aws = TunnelEnd(
            node=endpoint,
            device="ipsec0",
            outside=outside.b.ip,
            inside=IPv4Interface((inside[1], inside.prefixlen)),
            routes=(*vpn.static_routes, *(route.prefix for route in gateway.static_routes if route.attachment == vpn.name)),
            metric=1,
        )
        shown = ShownMed(
            node=endpoint,
            route_map="CUSTOMER-OUT",
            entry=10,
            neighbor=customer.inside.ip,
            med=MED_STANDBY if number and gateway.kind is GatewayKind.VGW else MED_ACTIVE,
        )
        med = None if vpn.static_routes else shown
        tunnel = Tunnel(
            name=endpoint, connection=vpn.name, customer=customer, aws=aws, mtu=vpn.options.suite.mtu, options=vpn.options, shown=med
        )
        place, never_up = len(blueprint.tunnels) + 1, vpn.wrong_key == number + 1
        blueprint.add_tunnel(TunnelSite(number=place, tunnel=tunnel, vpn=vpn, outside=outside, core=core, never_up=never_up, tables=tables))


def _further_tables(blueprint: Blueprint, vpn: VpnConnection) -> tuple[str, ...]:
    """The nodes of the route tables that learn the routes of a VPN connection, besides the one that routes its packets."""
    gateways = (each for each in blueprint.topology.gateways if each.tables and each.name != vpn.gateway)
    return tuple(each.name for each in gateways if learns(each, vpn))
