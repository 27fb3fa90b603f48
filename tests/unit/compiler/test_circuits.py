"""The layout of Direct Connect: one bridge for each connection, one cable or VLAN for each virtual interface, and the devices."""

import re
from ipaddress import IPv4Network

import pytest

from lab.compiler import compile_topology
from lab.compiler.cabling import CIRCUITS
from lab.model.plan import Circuits, Interface, Ipsec, Link, Plan, Role, Timers
from lab.model.topology import Topology
from tests.networks import HYBRID, HYBRID_TGW, NETWORKS, SHARED_DEVICE, SITELINK, STATIC, STRAIGHT, planned

BY_CIRCUIT = {name: topology for name, topology in NETWORKS.items() if topology.connections}
each_by_circuit = pytest.mark.parametrize("topology", BY_CIRCUIT.values(), ids=BY_CIRCUIT)


def _names(plan: Plan, role: Role) -> list[str]:
    return [node.name for node in plan.nodes if node.role is role]


def _between(plan: Plan, a: str, b: str) -> list[Link]:
    return [link for link in plan.links if {link.a.node, link.b.node} == {a, b}]


def _joined(plan: Plan, a: Role, b: Role) -> set[tuple[str, str]]:
    """Cables from nodes of one role to nodes of another."""
    return {(link.a.node, link.b.node) for link in plan.links if (plan.node(link.a.node).role, plan.node(link.b.node).role) == (a, b)}


@each_by_circuit
def test_a_connection_is_a_node_of_its_carrier_that_routes_nothing(topology: Topology) -> None:
    plan = planned(topology)
    assert _names(plan, Role.CARRIER) == [connection.name for connection in topology.connections]
    for connection in topology.connections:
        node = plan.node(connection.name)
        assert node.place == connection.provider
        assert (node.routes, node.daemons, node.files) == ((), (), ())
        assert not any(interface.address for interface in node.interfaces)


@each_by_circuit
def test_every_virtual_interface_has_a_bridge_of_its_own_through_its_connection(topology: Topology) -> None:
    plan = planned(topology)
    for connection in topology.connections:
        vifs = [vif for vif in topology.virtual_interfaces if vif.connection == connection.name]
        node = plan.node(connection.name)
        assert [bridge.name for bridge in node.bridges] == [f"br{number}" for number in range(len(vifs))]
        assert [port for bridge in node.bridges for port in bridge.ports] == [interface.name for interface in node.interfaces]
        assert {len(bridge.ports) for bridge in node.bridges} == {2}


@each_by_circuit
def test_the_customer_has_the_lower_address_of_a_circuit_and_aws_the_upper(topology: Topology) -> None:
    plan = planned(topology)
    addresses = {interface.address for node in plan.nodes for interface in node.interfaces if interface.address}
    for vif in topology.virtual_interfaces:
        (session,) = plan.target(vif.name).sessions
        network = IPv4Network((session.neighbor, 31))
        assert network.subnet_of(CIRCUITS)
        assert {each.ip for each in addresses if each.network == network} == {network[0], network[1]}
        assert session.neighbor == network[0]


def test_the_cables_of_a_connection_are_named_after_it_and_after_each_further_virtual_interface() -> None:
    assert [link.name for link in planned(SHARED_DEVICE).links if "dx1" in {link.a.node, link.b.node}] == [
        "dc1-r1--dx1",
        "dx1--loc-a-1-dxgw",
        "dc1-r1--dx1-vif2",
        "dx1--loc-a-1-dxgw-db-vif2",
        "dc1-r1--dx1-vif3",
        "dx1--loc-a-1-dxgw-vif3",
    ]


@pytest.mark.parametrize(
    ("topology", "devices"),
    [
        (HYBRID, ["loc-a-1", "loc-b-1", "loc-a-2"]),
        (STRAIGHT, ["loc-a-1"]),
        (SHARED_DEVICE, ["loc-a-1-dxgw", "loc-a-1-dxgw-db"]),
        (SITELINK, ["loc-a-1", "loc-a-2", "loc-b-1", "loc-b-2"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_device_is_one_node_for_each_gateway_it_serves(topology: Topology, devices: list[str]) -> None:
    plan = planned(topology)
    assert _names(plan, Role.DX_DEVICE) == devices
    assert all(plan.node(device).place == re.match(r"loc-[ab]", device)[0] for device in devices)


@pytest.mark.parametrize(
    ("topology", "cables"),
    [
        (HYBRID, {("loc-a-1", "vgw"), ("loc-a-2", "vgw"), ("loc-b-1", "vgw")}),
        (STRAIGHT, {("loc-a-1", "vgw")}),
        (SHARED_DEVICE, {("loc-a-1-dxgw", "vgw"), ("loc-a-1-dxgw-db", "vgw-db")}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_device_has_one_cable_to_each_gateway_behind_its_own(topology: Topology, cables: set[tuple[str, str]]) -> None:
    plan = planned(topology)
    assert _joined(plan, Role.DX_DEVICE, Role.GATEWAY) == cables
    assert all(len(_between(plan, *ends)) == 1 for ends in cables)


def test_a_device_is_joined_to_a_transit_gateway() -> None:
    assert _joined(planned(HYBRID_TGW), Role.DX_DEVICE, Role.TRANSIT_GATEWAY) == {("loc-a-1", "tgw")}


def test_devices_with_sitelink_on_one_gateway_meet_in_a_full_mesh_and_no_others_do() -> None:
    mesh = {("loc-a-1", "loc-a-2"), ("loc-a-1", "loc-b-1"), ("loc-a-2", "loc-b-1")}
    for topology in BY_CIRCUIT.values():
        assert _joined(planned(topology), Role.DX_DEVICE, Role.DX_DEVICE) == (mesh if topology is SITELINK else set())


def test_an_edge_is_a_customer_gateway_only_where_a_vpn_ends() -> None:
    plan = planned(STATIC)
    assert _names(plan, Role.EDGE) == ["dc1-r1"]
    assert _names(plan, Role.CUSTOMER_GATEWAY) == ["dc1-gw1"]


def test_without_vpn_there_is_no_internet() -> None:
    plan = planned(SITELINK)
    assert {node.role for node in plan.nodes}.isdisjoint({Role.INTERNET, Role.VPN_ENDPOINT, Role.CUSTOMER_GATEWAY})
    assert plan.tunnels == ()


def _tagged(topology: Topology) -> Plan:
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=Circuits.TAGS)


@each_by_circuit
def test_with_tags_every_virtual_interface_is_a_vlan_on_its_connections_cables(topology: Topology) -> None:
    plan = _tagged(topology)
    for vif in topology.virtual_interfaces:
        (session,) = plan.target(vif.name).sessions
        network = IPv4Network((session.neighbor, 31))
        ends = [(node.name, each) for node in plan.nodes for each in node.interfaces if each.address and each.address.network == network]
        connection = next(each for each in topology.connections if each.name == vif.connection)
        assert [node for node, _ in ends] == [connection.edge, session.node]
        for node, interface in ends:
            assert interface.tag is not None
            assert interface.tag.vlan == vif.vlan
            assert interface.name == f"{interface.tag.parent}.{vif.vlan}"
            assert _cable_of(plan, node, interface.tag.parent)
            assert not _interface(plan, node, interface.tag.parent).address


def test_with_tags_a_connection_has_one_cable_to_the_customer_however_many_virtual_interfaces_it_has() -> None:
    plan = _tagged(SHARED_DEVICE)
    assert [link.name for link in plan.links if "dx1" in {link.a.node, link.b.node}] == [
        "dc1-r1--dx1",
        "dx1--loc-a-1-dxgw",
        "dx1--loc-a-1-dxgw-db",
    ]
    (bridge,) = plan.node("dx1").bridges
    assert bridge.ports == tuple(interface.name for interface in plan.node("dx1").interfaces)


def _interface(plan: Plan, node: str, name: str) -> Interface:
    return next(each for each in plan.node(node).interfaces if each.name == name)


def _cable_of(plan: Plan, node: str, interface: str) -> bool:
    return any((end.node, end.interface) == (node, interface) for link in plan.links for end in (link.a, link.b))
