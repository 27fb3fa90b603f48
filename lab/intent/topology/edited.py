"""Find the mistakes in a topology that is in no file: a design with an addition, which `audit --advise` tries."""

from collections.abc import Iterator

from lab.intent.rules import Draft, broken
from lab.intent.topology.known import Known, Named
from lab.model.topology import Connection, Topology, VpnConnection
from lab.model.where import Noun, where


def mistakes(topology: Topology) -> tuple[str, ...]:
    """One sentence for each mistake in a topology: what AWS, BGP or the lab refuses. () if there is no mistake."""
    draft = Draft(topology=topology, known=Known(named=tuple(_named(topology)), unsure=frozenset()), strays=())
    return tuple(finding.message for finding in broken(draft, shaped_well=True))


def _named(topology: Topology) -> Iterator[Named]:
    """Every name in the topology, as `known` collects the names of a file."""
    for what, noun in _nouns(topology):
        yield Named(name=noun.name, what=what, where=where(noun))
    for center in topology.data_centers:
        for number, edge in enumerate(center.edges):
            yield Named(name=edge, what="edge", where=(*where(center), "edges", number))
    for vpn in (each for each in topology.vpn_connections if each.over is None):
        yield Named(name=vpn.provider, what="provider", where=(*where(vpn), "provider"))
    for circuit in topology.connections:
        yield Named(name=circuit.provider, what="carrier", where=(*where(circuit), "provider"))
    bought: tuple[Connection | VpnConnection, ...] = (*topology.connections, *topology.vpn_connections)
    for each in bought:
        for number, risk in enumerate(each.shared_risk):
            yield Named(name=risk, what="shared risk", where=(*where(each), "shared_risk", number))


def _nouns(topology: Topology) -> Iterator[tuple[str, Noun]]:
    yield from (("data centre", each) for each in topology.data_centers)
    yield from (("interconnect", each) for each in topology.interconnects)
    yield from (("VPC", each) for each in topology.vpcs)
    yield from (("gateway", each) for each in topology.gateways)
    yield from (("peering", each) for each in topology.peerings)
    yield from (("VPN connection", each) for each in topology.vpn_connections)
    yield from (("DX location", each) for each in topology.locations)
    yield from (("DX gateway", each) for each in topology.direct_connect_gateways)
    yield from (("DX connection", each) for each in topology.connections)
    yield from (("virtual interface", each) for each in topology.virtual_interfaces)
