"""Advice: additions to a design, one at a time, and the outage that each would save. The design with the addition is predicted as usual.

An added connection has its own provider, and no duct in common with other connections. So the real saving may be smaller than predicted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv4Network
from itertools import combinations, count

from lab.model.advice import Addition, Advice
from lab.model.availability import FlowAvailability
from lab.model.interconnect import Interconnect
from lab.model.topology import Connection, DataCenter, Location, Topology, VirtualInterface, VpnConnection
from lab.model.where import Noun

_MOST_DEVICES = 9
_ANOTHER = "another"
"""The name of the other carrier, internet provider, location or router."""


def additions(topology: Topology, inside: tuple[IPv4Network, IPv4Network]) -> Iterator[Addition]:
    """Every possible addition to a topology, one at a time. `inside`: the inside CIDRs for a new VPN connection."""
    seen: set[str] = set()
    for each in (
        *_circuits(topology),
        *_vpns(topology, inside),
        *_appliances(topology, inside),
        *_bfd(topology),
        *_interconnects(topology),
    ):
        if each.change not in seen:
            seen.add(each.change)
            yield each


def advice(addition: Addition, before: Sequence[FlowAvailability], after: Sequence[FlowAvailability]) -> Advice:
    """The minutes of outage a year that an addition saves.

    `before`: the flows of the design without it. `after`: the flows of the design with it.
    """
    lost = {each.flow: each.minutes_a_year + each.failover_minutes[1] for each in after}
    flows = tuple((each.flow, each.minutes_a_year + each.failover_minutes[1] - lost[each.flow]) for each in before)
    return Advice(kind=addition.kind, change=addition.change, minutes_saved=sum(saved for _, saved in flows), flows=flows)


def are_comparable(before: Sequence[FlowAvailability], after: Sequence[FlowAvailability]) -> bool:
    """Whether states with the same number of failures were computed for each flow in both designs. If not, a difference is not a saving."""
    return {each.flow: each.most_failures for each in before} == {each.flow: each.most_failures for each in after}


def _circuits(topology: Topology) -> Iterator[Addition]:
    """For each circuit, a second one from the same router: to another device of a known location, or to a new location."""
    for model in topology.connections:
        for place, location, device in _places(topology, model):
            edited = _with_circuit(topology, model, model.edge, location, device)
            if edited:
                yield Addition(kind="circuit", change=f"a circuit from {model.edge} to {place}", topology=edited)


def _places(topology: Topology, model: Connection) -> Iterator[tuple[str, Location, int]]:
    """The places where a second circuit like `model` may end. Each has: the place in words, the location, and the number of the device."""
    for location in topology.locations:
        used = {each.device for each in topology.connections if each.location == location.name}
        free = next((device for device in range(1, _MOST_DEVICES + 1) if device not in used), None)
        if free:
            yield f"another device at {location.name}" if used else location.name, location, free
    region = next(each.region for each in topology.locations if each.name == model.location)
    yield "another location", Location(name=_free(topology, f"{_ANOTHER}-location"), region=region), 1


def _with_circuit(topology: Topology, model: Connection, edge: str, location: Location, device: int) -> Topology | None:
    """The design with one more circuit from an edge router. The new circuit has copies of the virtual interfaces of `model`.

    None if `model` has no virtual interface.
    """
    name = _free(topology, "new-circuit")
    vifs = [each for each in topology.virtual_interfaces if each.connection == model.name]
    if not vifs:
        return None
    circuit = Connection(
        name=name,
        edge=edge,
        location=location.name,
        device=device,
        provider=_free(topology, f"{_ANOTHER}-carrier"),
        shared_risk=(),
    )
    copies = tuple(replace(each, name=f"{name}-{number}", connection=name) for number, each in enumerate(vifs, start=1))
    known = {each.name for each in topology.locations}
    return replace(
        topology,
        connections=(*topology.connections, circuit),
        virtual_interfaces=(*topology.virtual_interfaces, *copies),
        locations=topology.locations if location.name in known else (*topology.locations, location),
    )


def _vpns(topology: Topology, inside: tuple[IPv4Network, IPv4Network]) -> Iterator[Addition]:
    """A new VPN connection between an edge router and a gateway with VPCs, for each such pair that has no VPN connection yet."""
    there = {(each.customer_gateway, each.gateway) for each in topology.vpn_connections}
    for center in topology.data_centers:
        for edge in center.edges:
            for gateway in topology.gateways:
                if gateway.vpcs and (edge, gateway.name) not in there:
                    change = f"a VPN from {edge} to {gateway.name}"
                    yield Addition(kind="VPN", change=change, topology=_with_vpn(topology, edge, gateway.name, inside))


def _with_vpn(topology: Topology, edge: str, gateway: str, inside: tuple[IPv4Network, IPv4Network]) -> Topology:
    vpn = VpnConnection(
        name=_free(topology, "new-vpn"),
        customer_gateway=edge,
        gateway=gateway,
        provider=_free(topology, f"{_ANOTHER}-isp"),
        inside_cidrs=inside,
    )
    return replace(topology, vpn_connections=(*topology.vpn_connections, vpn))


def _appliances(topology: Topology, inside: tuple[IPv4Network, IPv4Network]) -> Iterator[Addition]:
    """One more router at a site.

    Its connection to AWS is a new circuit, with the same virtual interfaces as a circuit of the site, or a new VPN.
    """
    for center in topology.data_centers:
        router, grown = _with_router(topology, center)
        for model in topology.connections:
            if model.edge in center.edges:
                *_, (place, location, device) = _places(topology, model)
                edited = _with_circuit(grown, model, router, location, device)
                if edited:
                    change = f"another router at {center.name} with a circuit to {place}"
                    yield Addition(kind="router", change=change, topology=edited)
        for gateway in topology.gateways:
            if gateway.vpcs:
                change = f"another router at {center.name} with a VPN to {gateway.name}"
                yield Addition(kind="router", change=change, topology=_with_vpn(grown, router, gateway.name, inside))


def _with_router(topology: Topology, center: DataCenter) -> tuple[str, Topology]:
    name = _free(topology, f"{center.name}-{_ANOTHER}")
    grown = replace(center, edges=(*center.edges, name))
    return name, replace(topology, data_centers=tuple(grown if each is center else each for each in topology.data_centers))


def _bfd(topology: Topology) -> Iterator[Addition]:
    """BFD on one virtual interface, for each virtual interface that has no BFD yet."""
    for vif in topology.virtual_interfaces:
        if not vif.bfd:
            changed: Iterable[VirtualInterface] = (replace(each, bfd=True) if each is vif else each for each in topology.virtual_interfaces)
            yield Addition(kind="BFD", change=f"BFD on {vif.name}", topology=replace(topology, virtual_interfaces=tuple(changed)))


def _interconnects(topology: Topology) -> Iterator[Addition]:
    """One more interconnect between two sites, for each pair of sites."""
    joined = {frozenset(pair) for each in topology.interconnects for pair in each.pairs}
    for one, other in combinations([each.name for each in topology.data_centers], 2):
        link = Interconnect(name=_free(topology, "new-interconnect"), between=(one, other))
        which = "a second interconnect" if {one, other} in joined else "an interconnect"
        yield Addition(
            kind="interconnect",
            change=f"{which} between {one} and {other}",
            topology=replace(topology, interconnects=(*topology.interconnects, link)),
        )


def _free(topology: Topology, name: str) -> str:
    """A name that nothing in the topology has: `name` itself, or `name` with a number."""
    taken = _names(topology)
    return next(each for number in count(1) if (each := name if number == 1 else f"{name}-{number}") not in taken)


def _names(topology: Topology) -> set[str]:
    nouns: tuple[Sequence[Noun], ...] = (
        topology.data_centers,
        topology.interconnects,
        topology.vpcs,
        topology.gateways,
        topology.vpn_connections,
        topology.locations,
        topology.direct_connect_gateways,
        topology.connections,
        topology.virtual_interfaces,
    )
    names = {noun.name for each in nouns for noun in each}
    names |= {edge for center in topology.data_centers for edge in center.edges}
    bought: tuple[Connection | VpnConnection, ...] = (*topology.connections, *topology.vpn_connections)
    return names | {each.provider for each in bought} | {risk for each in bought for risk in each.shared_risk}
