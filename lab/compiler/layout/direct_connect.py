"""Direct Connect: circuits through a carrier to AWS's devices, and what those devices are joined to.

A connection is a node of its own: the carrier's equipment, a bridge no router sees. So a circuit can die silently, lose its light at one
end only, or go down with its carrier. A virtual interface has a cable of its own through it.
A device is one node for each gateway its virtual interfaces lead to: it has one table of routes, and AWS keeps gateways apart.
"""

from itertools import combinations

from lab.compiler.blueprint import Blueprint, Place, VifSite
from lab.compiler.cabling import CIRCUITS, INSIDE
from lab.model.plan import Role
from lab.model.topology import Connection, VirtualInterface


def lay_circuits(blueprint: Blueprint) -> None:
    """Every connection that has a virtual interface, the devices they end on, and the cables from those into AWS."""
    connections = {connection.name: connection for connection in blueprint.topology.connections}
    for vif in blueprint.topology.virtual_interfaces:
        _lay_vif(blueprint, vif, connections[vif.connection])
    for site in blueprint.vifs:
        for gateway in blueprint.gateways_behind(site.vif.gateway):
            ends = (site.device, gateway.name)
            if ends not in blueprint.device_core:
                blueprint.device_core[ends] = blueprint.cabling.connect(*ends, pool=INSIDE)
    for ends in _meeting_by_sitelink(blueprint):
        blueprint.sitelinks[ends] = blueprint.cabling.connect(*ends, pool=INSIDE)


def _lay_vif(blueprint: Blueprint, vif: VirtualInterface, connection: Connection) -> None:
    device = _device(blueprint, connection, vif.gateway)
    blueprint.places.setdefault(connection.name, Place(role=Role.CARRIER, where=connection.provider))
    blueprint.places.setdefault(device, Place(role=Role.DX_DEVICE, where=connection.location))
    ports = blueprint.bridged.setdefault(connection.name, [])
    addresses = blueprint.cabling.next_addresses(CIRCUITS)
    further = f"-{vif.name}" if ports else ""
    near = blueprint.cabling.connect_with(
        connection.edge, connection.name, addresses=(addresses[0], None), name=f"{connection.edge}--{connection.name}{further}"
    )
    far = blueprint.cabling.connect_with(
        connection.name, device, addresses=(None, addresses[1]), name=f"{connection.name}--{device}{further}"
    )
    ports.append((near.b, far.a))
    dx_gateway = blueprint.dx_gateway(vif.gateway)
    asn = dx_gateway.asn if dx_gateway else blueprint.gateway(vif.gateway).asn
    blueprint.vifs.append(VifSite(vif=vif, connection=connection, device=device, customer=near.a, aws=far.b, amazon_asn=asn))


def _device(blueprint: Blueprint, connection: Connection, gateway: str) -> str:
    """`location-device`, with the gateway's name behind where the device serves more than one."""
    there = {
        each.name for each in blueprint.topology.connections if (each.location, each.device) == (connection.location, connection.device)
    }
    gateways = {vif.gateway for vif in blueprint.topology.virtual_interfaces if vif.connection in there}
    return f"{connection.location}-{connection.device}{f'-{gateway}' if len(gateways) > 1 else ''}"


def _meeting_by_sitelink(blueprint: Blueprint) -> list[tuple[str, str]]:
    """Pairs of devices on which one Direct Connect gateway has virtual interfaces with SiteLink: a full mesh (AT26)."""
    by_gateway: dict[str, dict[str, None]] = {}
    for site in blueprint.vifs:
        if site.vif.sitelink:
            by_gateway.setdefault(site.vif.gateway, {})[site.device] = None
    return [pair for devices in by_gateway.values() for pair in combinations(devices, 2)]
