"""A VPC with a route table of its own: its router learns from its virtual private gateway, and has static routes."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.model.plan import Plan, Role, Route
from lab.model.prediction import FlowPrediction
from lab.predict import Predictor
from tests.networks import TGW, TWO_GATEWAYS, VPN_TGW, planned
from tests.unit.compiler.reading import bgpd_lines, route_map

TEN = IPv4Network("10.0.0.0/8")
VPC, VPN = VPN_TGW.vpcs[0], VPN_TGW.vpn_connections[0]
UNPROPAGATED = replace(TWO_GATEWAYS, vpcs=(replace(TWO_GATEWAYS.vpcs[0], propagation=False), *TWO_GATEWAYS.vpcs[1:]))


def _back(plan: Plan, *failed: str) -> FlowPrediction:
    predictor = Predictor(plan)
    components = tuple(each for each in predictor.components if each.name in failed)
    site = next(center.name for center in VPN_TGW.data_centers if VPN.customer_gateway in center.edges)
    flow = next(each.name for each in VPN_TGW.flows if {each.source, each.target} == {site, VPC.name})
    return next(each for each in predictor.of(components).flows if each.flow == flow and each.direction == "reverse")


def test_the_router_stands_between_the_host_and_both_gateways() -> None:
    plan = planned(TWO_GATEWAYS)
    router = plan.node(f"{VPC.name}-router")
    assert router.role is Role.VPC_ROUTER
    links = {(link.a.node, link.b.node) for link in plan.links if router.name in {link.a.node, link.b.node}}
    assert links == {(f"{VPC.name}-host", router.name), (router.name, TGW.name), (router.name, "old")}
    via = next(each.ip for each in plan.node(TGW.name).interfaces if each.name == plan.link(f"{router.name}--{TGW.name}").b.interface)
    assert router.routes == (Route(prefix=VPC.cidr), Route(prefix=TEN, via=via), Route(prefix=TEN, metric=1))


def test_only_the_virtual_private_gateway_propagates_and_the_own_cidr_is_not_taken() -> None:
    router = planned(TWO_GATEWAYS).node(f"{VPC.name}-router")
    assert router.router is not None
    assert [neighbor.node for neighbor in router.router.neighbors] == ["old"]
    assert route_map(router, "FROM-GATEWAY") == {"deny 10": ["match ip address prefix-list LOCAL"], "permit 20": []}
    assert f"ip prefix-list LOCAL seq 5 permit {VPC.cidr} le 32" in bgpd_lines(router)


def test_without_propagation_the_router_has_no_bgp() -> None:
    router = planned(UNPROPAGATED).node(f"{VPC.name}-router")
    assert router.router is None
    assert router.daemons == ()


def test_the_longer_propagated_prefix_wins_and_the_static_route_takes_over() -> None:
    plan = planned(TWO_GATEWAYS)
    assert all("old" in path for path in _back(plan).paths)
    assert all(TGW.name in path for path in _back(plan, "before").paths)
    assert _back(plan, "before").reachable
    assert all(TGW.name in path for path in _back(planned(UNPROPAGATED)).paths)


def test_the_router_of_a_vpc_is_no_component() -> None:
    assert f"{VPC.name}-router" not in {each.name for each in Predictor(planned(TWO_GATEWAYS)).components}
