"""Several route tables of a transit gateway, as a network in which each table is a transit gateway of its own.

Why: a container's kernel has one route table here, because it has no VRF. So each table needs a node of its own.

Law: a network without several tables stays the same object.
"""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

from lab.model.route_tables import VpcRoute
from lab.model.topology import Gateway, Topology, Vpc, VpnConnection

_EVERYTHING = ip_network("0.0.0.0/0")


def by_tables(topology: Topology) -> Topology:
    """The topology with one transit gateway for each table. VPCs and VPN connections are at the table that routes their packets."""
    if not any(gateway.tables for gateway in topology.gateways):
        return topology
    homes = {(gateway.name, name): node for gateway in topology.gateways for name, node in _homes(gateway)}
    of_vpcs = {name: node for gateway in topology.gateways for name, node in _homes(gateway) if name in gateway.vpcs}
    return replace(
        topology,
        gateways=tuple(each for gateway in topology.gateways for each in _split(gateway)),
        vpcs=tuple(_sending(vpc, of_vpcs.get(vpc.name)) for vpc in topology.vpcs),
        vpn_connections=tuple(replace(vpn, gateway=homes.get((vpn.gateway, vpn.name), vpn.gateway)) for vpn in topology.vpn_connections),
    )


def table_node(gateway: str, table: str) -> str:
    """The name of the node of one of several tables."""
    return f"{gateway}-{table}"


def learned_vpcs(gateway: Gateway) -> tuple[str, ...]:
    """The attached VPCs whose CIDRs are in the table of a gateway, after `by_tables`. Without several tables: all."""
    return tuple(name for name in gateway.vpcs if all(name in table.propagations for table in gateway.tables))


def learns(gateway: Gateway, vpn: VpnConnection) -> bool:
    """Whether the table of a gateway learns the routes of a VPN connection of the gateway, after `by_tables`."""
    return all(vpn.name in table.propagations for table in gateway.tables)


def _homes(gateway: Gateway) -> Iterator[tuple[str, str]]:
    """Each attachment, with the node of the table that routes its packets."""
    return ((name, table_node(gateway.name, table.name)) for table in gateway.tables for name in table.associations)


def _split(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway of each table. It has the VPCs that are associated with it, that it learns, or to which its static routes lead."""
    if not gateway.tables:
        yield gateway
    for table in gateway.tables:
        used = {*table.associations, *table.propagations, *(route.attachment for route in table.static_routes)}
        yield replace(
            gateway,
            name=table_node(gateway.name, table.name),
            vpcs=tuple(name for name in gateway.vpcs if name in used),
            static_routes=table.static_routes,
            tables=(table,),
        )


def _sending(vpc: Vpc, node: str | None) -> Vpc:
    """The VPC that sends everything to the table with which it is associated."""
    return replace(vpc, static_routes=(VpcRoute(prefix=_EVERYTHING, gateway=node),)) if node else vpc
