"""A private-IP VPN: its packets go over a circuit, its routes rank between Direct Connect and other VPNs, and it fails with the circuit."""

from dataclasses import replace

import pytest

from lab.compiler import compile_topology
from lab.compiler.cabling import CIRCUITS, TRANSIT_GATEWAY_BLOCKS
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from lab.model.underlay import underlay
from lab.predict import Predictor
from tests.networks import HYBRID_TGW, vpn

NAMES = ("vpn7-1", "vpn7-2")


@pytest.fixture(scope="module", params=Circuits)
def plan(request: pytest.FixtureRequest) -> Plan:
    private = replace(vpn("vpn7", "dc1-r1", "tgw"), over="vif1", provider="carrier-a")
    topology = replace(HYBRID_TGW, vpn_connections=(*HYBRID_TGW.vpn_connections, private))
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=request.param)


def test_the_tunnels_packets_pass_the_circuit_and_awss_device(plan: Plan) -> None:
    for name in NAMES:
        tunnel = plan.tunnel(name)
        assert underlay(plan, tunnel) == ("dc1-r1", "dx1", "loc-a-1", name)
        assert tunnel.customer.outside in CIRCUITS
        assert tunnel.aws.outside in TRANSIT_GATEWAY_BLOCKS
        assert tunnel.customer.behind_nat is None


def test_each_end_has_a_route_to_the_other_over_the_circuit(plan: Plan) -> None:
    (aws,) = plan.target("vif1").sessions
    for name in NAMES:
        tunnel = plan.tunnel(name)
        there = {route.prefix.network_address: route.via for route in plan.node("dc1-r1").routes}
        back = {route.prefix.network_address: route.via for route in plan.node(name).routes}
        device = {each.ip for each in plan.node(aws.node).interfaces if each.address}
        assert there[tunnel.aws.outside] in device
        assert back[tunnel.customer.outside] in device


def test_only_private_vpns_come_in_by_the_map_that_ranks_them_above_other_vpns(plan: Plan) -> None:
    router = plan.node("tgw").router
    assert router is not None
    maps = {neighbor.node: neighbor.map_in for neighbor in router.neighbors}
    assert {maps[name] for name in NAMES} == {"FROM-PRIVATE-VPN"}
    assert maps["vpn1-1"] == "FROM-VPN"


@pytest.mark.parametrize("failed", ["dx1", "loc-a-1", "carrier-a"])
def test_the_tunnels_fail_with_what_is_under_them(plan: Plan, failed: str) -> None:
    predictor = Predictor(plan)
    component = next(each for each in predictor.components if each.name == failed)
    broken = {hop.tunnel for hop in predictor.damage((component,)).broken if hop.tunnel}
    assert broken == set(NAMES)
