"""Which packets fit into which interface: jumbo frames on circuits, in sites and inside AWS, and never on the internet."""

from dataclasses import replace

import pytest

from lab.compiler import compile_topology
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from lab.model.topology import Topology
from tests.networks import HYBRID_TGW, NETWORKS, SHARED_DEVICE, planned


def _mtus(plan: Plan, a: str, b: str) -> set[int]:
    """The MTUs of both ends of the cables between two nodes."""
    ends = [end for link in plan.links if {link.a.node, link.b.node} == {a, b} for end in (link.a, link.b)]
    assert ends
    return {each.mtu for end in ends for each in plan.node(end.node).interfaces if each.name == end.interface}


def _jumbo(topology: Topology, *mtus: int) -> Topology:
    """The topology with these MTUs on its first virtual interfaces."""
    vifs = topology.virtual_interfaces
    changed = tuple(replace(vif, mtu=mtu) for vif, mtu in zip(vifs, mtus, strict=False))
    return replace(topology, virtual_interfaces=(*changed, *vifs[len(changed) :]))


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_without_jumbo_frames_every_interface_has_1500(topology: Topology) -> None:
    assert {each.mtu for node in planned(topology).nodes for each in node.interfaces} == {1500}


def test_jumbo_frames_pass_the_circuit_the_site_and_aws_but_neither_the_internet_nor_a_tunnel() -> None:
    topology = _jumbo(HYBRID_TGW, 8500)
    vif, circuit = topology.virtual_interfaces[0], topology.connections[0]
    plan = planned(topology)
    site = next(each for each in topology.data_centers if circuit.edge in each.edges)
    device = next(each.device for each in plan.vifs if each.name == vif.name)
    gateway = topology.gateways[0].name
    assert _mtus(plan, f"{site.name}-host", f"{site.name}-core") == {9001}
    assert _mtus(plan, f"{site.name}-core", circuit.edge) == {9001}
    assert _mtus(plan, circuit.edge, circuit.name) == _mtus(plan, circuit.name, device) == {8500}
    assert _mtus(plan, device, gateway) == _mtus(plan, gateway, f"{topology.vpcs[0].name}-host") == {8500}
    endpoint = plan.tunnels[0].aws.node
    assert _mtus(plan, endpoint, gateway) == _mtus(plan, endpoint, "internet") == {1500}
    assert {tunnel.mtu for tunnel in plan.tunnels} == {1438}


@pytest.mark.parametrize("circuits", Circuits)
def test_each_virtual_interface_of_a_connection_has_its_own_mtu(circuits: Circuits) -> None:
    plan = compile_topology(_jumbo(SHARED_DEVICE, 9001, 1500), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=circuits)
    mtus = {each.mtu for node in plan.nodes for each in node.interfaces if each.address and str(each.address).startswith("100.65.")}
    assert mtus == {9001, 1500}
    for node in plan.nodes:
        parents = {each.name: each.mtu for each in node.interfaces}
        assert all(each.mtu <= parents[each.tag.parent] for each in node.interfaces if each.tag)
