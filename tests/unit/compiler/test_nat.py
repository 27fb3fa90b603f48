"""Customer gateways behind a NAT box, and tunnels that never come up."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from lab.compiler.cabling import INSIDE
from lab.model.plan import Plan, Role
from lab.model.topology import Topology
from tests.networks import BEHIND_NAT, STATIC, VPN_TGW, planned

BEHIND = ("dc1-gw1", "dc1-gw2")


def test_aws_sees_one_address_of_all_gateways_behind_a_box() -> None:
    plan = planned(BEHIND_NAT)
    box = {str(each.ip) for each in plan.node("nat1").interfaces}
    ends = [tunnel.customer for tunnel in plan.tunnels]
    (seen,) = {str(end.outside) for end in ends if end.node in BEHIND}
    assert seen in box
    assert all(end.own in INSIDE for end in ends if end.node in BEHIND)
    assert all(end.own == end.outside and end.outside not in INSIDE for end in ends if end.node not in BEHIND)


def test_a_box_leads_only_to_the_endpoints_of_the_gateways_behind_it() -> None:
    plan = planned(BEHIND_NAT)
    box = plan.node("nat1")
    endpoints = {IPv4Network(tunnel.aws.outside) for tunnel in plan.tunnels if tunnel.customer.node in BEHIND}
    assert {route.prefix for route in box.routes} == endpoints
    assert (box.role, box.place, box.daemons) == (Role.NAT, "dc1", ())
    internet = (node for node in plan.nodes if node.role is Role.INTERNET)
    assert not any(route.prefix.overlaps(INSIDE) and route.prefix.prefixlen for node in internet for route in node.routes)


def test_a_gateway_behind_a_box_sends_from_its_own_address_in_the_name_of_the_boxs() -> None:
    plan = planned(BEHIND_NAT)
    end = plan.tunnel("vpn1-1").customer
    text = next(file.text for file in plan.node("dc1-gw1").files if file.path == "ipsec/vpn1-1/swanctl.conf")
    assert f"local_addrs = {end.own}\n" in text
    assert f"id = {end.outside}\n" in text


def _with_wrong_key(topology: Topology) -> Plan:
    return planned(replace(topology, vpn_connections=tuple(replace(each, wrong_key=2) for each in topology.vpn_connections)))


@pytest.mark.parametrize("topology", [VPN_TGW, STATIC], ids=lambda each: each.name)
def test_a_tunnel_with_a_wrong_key_has_its_nodes_but_no_session_and_is_no_target(topology: Topology) -> None:
    whole, plan = planned(topology), _with_wrong_key(topology)
    gone = {tunnel.name for tunnel in whole.tunnels} - {tunnel.name for tunnel in plan.tunnels}
    assert gone == {tunnel.name for tunnel in plan.never_up} == {f"{vpn.name}-2" for vpn in topology.vpn_connections}
    assert [node.name for node in plan.nodes] == [node.name for node in whole.nodes]
    assert [node.daemons for node in plan.nodes] == [node.daemons for node in whole.nodes]
    customers = {tunnel.customer.node for tunnel in whole.tunnels}
    ends = [{each.node, each.neighbor_node} for each in plan.sessions]
    assert not any(each & customers and each & gone for each in ends)
    assert any(each & gone for each in ends), "its endpoint still has a session to the gateway"
    assert not any(gone & set(target.tunnels) for target in plan.targets)
    assert all(plan.tunnel(name).name == name for name in gone)
