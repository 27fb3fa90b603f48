"""A sketch is small, and every name in it exists in it."""

import json
from dataclasses import asdict

import pytest

from lab.model.sketch import sketch_of
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_whatever_a_sketch_joins_is_in_it(topology: str) -> None:
    sketch = sketch_of(shipped_plan(topology))
    nodes = {node.name for node in sketch.nodes}
    ends = {end for link in sketch.links for end in (link.a, link.b)} | {end for flow in sketch.flows for end in (flow.source, flow.target)}
    assert ends | {end for tunnel in sketch.tunnels for end in (tunnel.customer, tunnel.aws, tunnel.outward)} <= nodes
    assert {node for vif in sketch.vifs for node in (vif.circuit, vif.device)} <= nodes
    assert {gateway for each in sketch.dx_gateways for gateway in each.associations} <= nodes
    assert {vif.gateway for vif in sketch.vifs} <= nodes | {each.name for each in sketch.dx_gateways}
    assert {circuit for risk in sketch.risks for circuit in risk.circuits} <= nodes


def test_a_sketch_tells_what_a_plan_tells_of_direct_connect() -> None:
    sketch = sketch_of(shipped_plan("maximum-resiliency"))
    assert [(each.name, each.asn, each.associations) for each in sketch.dx_gateways] == [("dxgw", 64513, ("vgw",))]
    ends = [(vif.name, vif.vlan, vif.circuit, vif.device, vif.gateway) for vif in sketch.vifs]
    assert ends[0] == ("vif1", 101, "dx1", "loc-a-1", "dxgw")
    assert len(ends) == 4
    assert {risk.name: risk.circuits for risk in sketch.risks} == {"dc1-duct": ("dx1", "dx2"), "dc2-duct": ("dx3", "dx4")}


def test_a_tunnel_leaves_by_the_provider_on_whose_cable_its_outside_address_is() -> None:
    sketch = sketch_of(shipped_plan("active-active-vpn"))
    ways = {tunnel.customer: tunnel.outward for tunnel in sketch.tunnels}
    assert ways == {"dc1-gw1": "isp-a", "dc1-gw2": "isp-a", "dc2-gw1": "isp-b", "dc2-gw2": "isp-b"}


@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_a_sketch_takes_a_fraction_of_what_its_plan_would(topology: str) -> None:
    plan = shipped_plan(topology)
    assert len(json.dumps(asdict(sketch_of(plan)), default=str)) * 3 < len(repr(plan))
