"""Lay out Direct Connect: the circuits, the AWS devices at their ends, and the cables of those devices.

A connection is a node: the carrier's equipment, which is a bridge that no router sees. So a circuit can lose packets silently, lose its
light at one end only, or fail with its carrier. Each virtual interface on it is a VLAN, or a cable of its own if the kernel has no VLANs.

The members of a LAG are further cables beside those that carry the packets. They carry only light.

AWS keeps gateways apart, but a node has only one routing table. So a device is one node for each gateway of its virtual interfaces.
"""

from itertools import combinations

from lab.compiler.blueprint import Blueprint, Place, VifSite
from lab.compiler.cabling import CIRCUITS, INSIDE
from lab.model.ip import AddressWithLength
from lab.model.lag import Bundle, Lag
from lab.model.plan import Circuits, Interface, Role
from lab.model.topology import Connection, VirtualInterface

_Through = tuple[str, str, str]
"""The three nodes of a circuit: the customer's edge, the carrier's equipment, the AWS device."""
_Addresses = tuple[AddressWithLength | None, AddressWithLength | None]
_Ends = tuple[Interface, Interface]


def lay_circuits(blueprint: Blueprint) -> None:
    """Add the nodes and cables of all circuits: carriers, AWS devices, and cables from the devices to gateways and to other devices."""
    connections = {connection.name: connection for connection in blueprint.topology.connections}
    for vif in blueprint.topology.virtual_interfaces:
        _lay_vif(blueprint, vif, connections[vif.connection])
    for connection in blueprint.topology.connections:
        if connection.lag and connection.name in blueprint.places:
            _lay_members(blueprint, connection, connection.lag)
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
    addresses = blueprint.cabling.next_addresses(CIRCUITS)
    if blueprint.circuits is Circuits.TAGS:
        ends = _tagged(blueprint, vif, (connection.edge, connection.name, device), addresses)
    else:
        further = f"-{vif.name}" if connection.name in blueprint.bridged else ""
        ends = _cabled(blueprint, (connection.edge, connection.name, device), addresses, further)
    dx_gateway = blueprint.dx_gateway(vif.gateway)
    asn = dx_gateway.asn if dx_gateway else blueprint.gateway(vif.gateway).asn
    blueprint.vifs.append(VifSite(vif=vif, connection=connection, device=device, customer=ends[0], aws=ends[1], amazon_asn=asn))


def _cabled(blueprint: Blueprint, nodes: _Through, addresses: _Addresses, further: str) -> _Ends:
    """Add the two cables of a virtual interface, joined in the carrier's node. Return the customer's interface and AWS's interface."""
    edge, carrier, device = nodes
    near = blueprint.cabling.connect_with(edge, carrier, addresses=(addresses[0], None), name=f"{edge}--{carrier}{further}")
    far = blueprint.cabling.connect_with(carrier, device, addresses=(None, addresses[1]), name=f"{carrier}--{device}{further}")
    blueprint.bridged.setdefault(carrier, []).append((near.b, far.a))
    return near.a, far.b


def _tagged(blueprint: Blueprint, vif: VirtualInterface, nodes: _Through, addresses: tuple[AddressWithLength, AddressWithLength]) -> _Ends:
    """Add a VLAN to the two cables of a connection. Return the customer's interface and AWS's interface.

    The first virtual interface of a connection adds the cables. Each further gateway adds a device node with its own cable to the carrier,
    which sends every VLAN to all of them.
    """
    edge, carrier, device = nodes
    trunk = blueprint.trunks.setdefault(carrier, {})
    if edge not in trunk:
        trunk[edge], trunk[device] = _cabled(blueprint, nodes, (None, None), "")
    elif device not in trunk:
        far = blueprint.cabling.connect_with(carrier, device, addresses=(None, None))
        blueprint.bridged[carrier].append((blueprint.bridged[carrier][0][0], far.a))
        trunk[device] = far.b
    return (
        blueprint.cabling.tag(edge, trunk[edge], vif.vlan, addresses[0]),
        blueprint.cabling.tag(device, trunk[device], vif.vlan, addresses[1]),
    )


def _lay_members(blueprint: Blueprint, connection: Connection, lag: Lag) -> None:
    """Add the cables of the members of a LAG, on both sides of the carrier."""
    ends = [(connection.edge, connection.name)]
    ends += [(connection.name, site.device) for site in blueprint.vifs if site.connection is connection]
    for near, far in dict.fromkeys(ends):
        links = tuple(link.name for link in blueprint.cabling.links if (link.a.node, link.b.node) == (near, far))
        names = [f"{member}--{far}" if near == connection.name else f"{near}--{member}" for member in lag.names(connection.name)]
        for name in names:
            blueprint.cabling.connect_with(near, far, addresses=(None, None), name=name)
        blueprint.bundles.append(Bundle(links=links, members=tuple(names), spare=lag.spare))


def _device(blueprint: Blueprint, connection: Connection, gateway: str) -> str:
    """The name of a device node: `LOCATION-DEVICE`, or `LOCATION-DEVICE-GATEWAY` if the device has several gateways."""
    there = {
        each.name for each in blueprint.topology.connections if (each.location, each.device) == (connection.location, connection.device)
    }
    gateways = {vif.gateway for vif in blueprint.topology.virtual_interfaces if vif.connection in there}
    return f"{connection.location}-{connection.device}{f'-{gateway}' if len(gateways) > 1 else ''}"


def _meeting_by_sitelink(blueprint: Blueprint) -> list[tuple[str, str]]:
    """The pairs of devices that SiteLink connects: all devices on which one Direct Connect gateway has virtual interfaces with SiteLink
    (AT26).
    """
    by_gateway: dict[str, dict[str, None]] = {}
    for site in blueprint.vifs:
        if site.vif.sitelink:
            by_gateway.setdefault(site.vif.gateway, {})[site.device] = None
    return [pair for devices in by_gateway.values() for pair in combinations(devices, 2)]
