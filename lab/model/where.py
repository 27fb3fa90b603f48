"""The place of each part of a topology in its YAML file."""

from typing import assert_never

from lab.model.interconnect import Interconnect
from lab.model.route_tables import Peering
from lab.model.topology import (
    Connection,
    DataCenter,
    DirectConnectGateway,
    FlowIntent,
    Gateway,
    Location,
    VirtualInterface,
    Vpc,
    VpnConnection,
)

Where = tuple[str | int, ...]
"""The keys and list indexes from the root of a document to a value."""

CircuitNoun = Location | DirectConnectGateway | Connection | VirtualInterface
Noun = DataCenter | Interconnect | Peering | Vpc | Gateway | VpnConnection | FlowIntent | CircuitNoun


def where(noun: Noun) -> Where:
    """The place of this part in the file of its topology."""
    match noun:
        case DataCenter():
            return ("data_centers", noun.name)
        case Interconnect() | Peering():
            return ("interconnects" if isinstance(noun, Interconnect) else "transit_gateway_peerings", noun.name)
        case Vpc() | Gateway():
            return ("regions", noun.region, "vpcs" if isinstance(noun, Vpc) else "gateways", noun.name)
        case VpnConnection():
            return ("vpn_connections", noun.name)
        case FlowIntent():
            return ("flows", noun.name)
        case Location() | DirectConnectGateway() | Connection() | VirtualInterface():
            return ("direct_connect", _section(noun), noun.name)
        case _:
            assert_never(noun)


def _section(noun: CircuitNoun) -> str:
    match noun:
        case Location():
            return "locations"
        case DirectConnectGateway():
            return "gateways"
        case Connection():
            return "connections"
        case VirtualInterface():
            return "virtual_interfaces"
        case _:
            assert_never(noun)
