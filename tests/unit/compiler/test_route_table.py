"""The static routes of a transit gateway: in its kernel, in BGP, and at VPN endpoints."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.model.plan import Node, Plan, Route
from lab.model.route_tables import BLACKHOLE, Peering, TransitRoute
from lab.model.topology import FlowIntent, GatewayKind, Topology, Vpc
from lab.predict import Predictor
from tests.networks import TGW, VPN_TGW, planned
from tests.unit.compiler.reading import bgpd_lines, route_map

OTHER = replace(TGW, name="far", asn=64600, region="eu-west-1", vpcs=("mail",), kind=GatewayKind.TGW)
MAIL = IPv4Network("172.21.0.0/16")


def _routed(**routes: str) -> Topology:
    """The network with these static routes (attachment: prefix) on its transit gateway, and a peered one that routes back."""
    static = tuple(TransitRoute(prefix=IPv4Network(prefix), attachment=name) for name, prefix in routes.items())
    back = (TransitRoute(prefix=VPN_TGW.vpcs[0].cidr, attachment="peer1"),)
    return replace(
        VPN_TGW,
        vpcs=(*VPN_TGW.vpcs, Vpc(name="mail", region="eu-west-1", cidr=MAIL)),
        gateways=(replace(TGW, static_routes=static), replace(OTHER, static_routes=back)),
        peerings=(Peering(name="peer1", between=(TGW.name, "far")),),
        flows=(*VPN_TGW.flows, FlowIntent(name="app-mail", source=VPN_TGW.vpcs[0].name, target="mail")),
    )


def _tgw(plan: Plan) -> Node:
    return plan.node(TGW.name)


def test_a_static_route_over_a_peering_stays_and_drops_packets_when_the_peering_is_cut() -> None:
    plan = planned(_routed(peer1=str(MAIL)))
    link = plan.link("peer1")
    assert (link.a.node, link.b.node) == (TGW.name, "far")
    far = next(each.ip for each in plan.node("far").interfaces if each.name == link.b.interface)
    assert _tgw(plan).routes[-2:] == (Route(prefix=MAIL, via=far), Route(prefix=MAIL, metric=1))
    assert f"network {MAIL} route-map STATIC" in bgpd_lines(_tgw(plan))
    assert not any(
        "far" in (session.node, session.neighbor_node) and TGW.name in (session.node, session.neighbor_node) for session in plan.sessions
    )


def test_a_blackhole_is_announced_to_nobody() -> None:
    node = _tgw(planned(_routed(blackhole="10.9.0.0/16")))
    assert Route(prefix=IPv4Network("10.9.0.0/16")) in node.routes
    assert "network 10.9.0.0/16 route-map BLACKHOLE" in bgpd_lines(node)
    assert route_map(node, BLACKHOLE.upper()) == {"permit 10": ["set weight 0", "set local-preference 600"]}


def test_a_static_route_to_a_vpn_is_at_its_endpoints_and_not_announced_back() -> None:
    vpn = VPN_TGW.vpn_connections[0].name
    plan = planned(_routed(**{vpn: "10.7.0.0/16"}))
    tunnel = next(each for each in plan.tunnels if each.connection == vpn)
    assert tunnel.aws.routes == (IPv4Network("10.7.0.0/16"),)
    lines = bgpd_lines(plan.node(tunnel.aws.node))
    assert "ip prefix-list ROUTED-HERE seq 5 permit 10.7.0.0/16" in lines
    assert "route-map CUSTOMER-OUT deny 5" in lines
    assert not any("10.7.0.0/16" in line for line in bgpd_lines(_tgw(plan)))


def test_a_blackhole_of_an_attached_vpc_cuts_it_off() -> None:
    topology = _routed(blackhole=str(VPN_TGW.vpcs[0].cidr))
    flows = Predictor(planned(topology)).of(()).flows
    assert {flow.reachable for flow in flows if flow.flow == "app-mail" and flow.direction == "reverse"} == {False}


def test_the_peering_is_used_and_is_the_only_way() -> None:
    predictor = Predictor(planned(_routed(peer1=str(MAIL))))
    peering = next(each for each in predictor.components if each.name == "peer1")
    assert peering.what == "transit gateway peering"
    assert [{flow.reachable for flow in predictor.of(failed).flows if flow.flow == "app-mail"} for failed in ((), (peering,))] == [
        {True},
        {False},
    ]


def test_what_a_static_route_drops_is_said_with_its_prefix() -> None:
    predictor = Predictor(planned(_routed(peer1=str(MAIL))))
    peering = next(each for each in predictor.components if each.name == "peer1")
    flow = next(each for each in predictor.of((peering,)).flows if each.flow == "app-mail" and each.direction == "forward")
    assert flow.because == f"{TGW.name} has a static route to {MAIL} that leads nowhere"
