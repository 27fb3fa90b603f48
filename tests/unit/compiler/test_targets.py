"""The parts of the network that each name of Direct Connect or VPN means: what a fault breaks, and which nodes a path must pass."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet
from lab.model.plan import Plan, Route, Target
from lab.model.topology import Topology
from tests.networks import HYBRID, HYBRID_TGW, NETWORKS, SHARED_DEVICE, STATIC_TGW, STRAIGHT, planned, vpn

DX1 = ("dc1-r1--dx1", "dx1--loc-a-1")
DX2 = ("dc2-r1--dx2", "dx2--loc-b-1")
DX3 = ("dc1-r1--dx3", "dx3--loc-a-2")


def _session(device: str, neighbor: str, edge: str) -> BgpSession:
    return BgpSession(node=device, asn=65551, neighbor=IPv4Address(neighbor), neighbor_node=edge)


def _outlet(session: BgpSession, aws: str, asn: int, vif: str) -> Outlet:
    return Outlet(
        node=session.neighbor_node,
        asn=asn,
        route_map=f"AWS-OUT-{vif}",
        neighbors=(IPv4Address(aws),),
        sessions=(session,),
        prefix_limit=100,
    )


VIF1 = _session("loc-a-1", "100.65.0.0", "dc1-r1")
VIF2 = _session("loc-b-1", "100.65.0.2", "dc2-r1")
VIF3 = _session("loc-a-2", "100.65.0.4", "dc1-r1")
OUT1 = _outlet(VIF1, "100.65.0.1", 65001, "vif1")
OUT2 = _outlet(VIF2, "100.65.0.3", 65002, "vif2")
OUT3 = _outlet(VIF3, "100.65.0.5", 65001, "vif3")
STANDS_FOR = [
    Target(name="dx1", what="Direct Connect connection", links=DX1, nodes=("dx1",), sessions=(VIF1,), outlets=(OUT1,), waypoints=("dx1",)),
    Target(name="vif1", what="virtual interface", sessions=(VIF1,), outlets=(OUT1,), waypoints=("dx1",)),
    Target(name="vif2", what="virtual interface", sessions=(VIF2,), outlets=(OUT2,), waypoints=("dx2",)),
    Target(name="loc-a", what="Direct Connect location", nodes=("loc-a-1", "loc-a-2"), waypoints=("loc-a-1", "loc-a-2")),
    Target(name="loc-a-1", what="Direct Connect device", nodes=("loc-a-1",), waypoints=("loc-a-1",)),
    Target(
        name="carrier-a",
        what="carrier",
        links=(*DX1, *DX3),
        nodes=("dx1", "dx3"),
        sessions=(VIF1, VIF3),
        outlets=(OUT1, OUT3),
        waypoints=("dx1", "dx3"),
    ),
    Target(
        name="conduit",
        what="shared risk",
        links=(*DX1, *DX2),
        nodes=("dx1", "dx2"),
        sessions=(VIF1, VIF2),
        outlets=(OUT1, OUT2),
        waypoints=("dx1", "dx2"),
    ),
    Target(name="building", what="shared risk", links=DX2, nodes=("dx2",), sessions=(VIF2,), outlets=(OUT2,), waypoints=("dx2",)),
    Target(
        name="dc1",
        what="data centre",
        nodes=("dc1-host", "dc1-core", "dc1-r1", "dc1-gw1"),
        waypoints=("dc1-host", "dc1-core", "dc1-r1", "dc1-gw1"),
    ),
]


@pytest.mark.parametrize("target", STANDS_FOR, ids=lambda target: target.name)
def test_a_name_stands_for_this(target: Target) -> None:
    assert planned(HYBRID).target(target.name) == target


def test_a_connection_stands_for_the_cables_and_sessions_of_all_its_virtual_interfaces() -> None:
    plan = planned(SHARED_DEVICE)
    assert len(plan.target("dx1").links) == 6
    assert plan.target("dx1").sessions == tuple(plan.target(name).sessions[0] for name in ("vif1", "vif2", "vif3"))


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_every_connection_virtual_interface_location_carrier_and_shared_risk_is_a_target(topology: Topology) -> None:
    names = {target.name for target in planned(topology).targets}
    for connection in topology.connections:
        assert {connection.name, connection.location, connection.provider, *connection.shared_risk} <= names
    assert {vif.name for vif in topology.virtual_interfaces} <= names


def test_a_company_that_is_provider_and_carrier_fails_with_its_circuits() -> None:
    """`isp-a` carries the VPNs of HYBRID, and here its circuit dx1 too."""
    circuits = tuple(replace(each, provider="isp-a") if each.name == "dx1" else each for each in HYBRID.connections)
    target = planned(replace(HYBRID, connections=circuits)).target("isp-a")
    assert target.what == "internet provider"
    assert target.nodes == ("isp-a", "dx1")
    assert target.links == ("isp-a--internet", *DX1)
    assert target.sessions == (VIF1,)


def test_a_shared_risk_breaks_the_internet_line_of_a_vpn_and_the_circuits() -> None:
    vpn1, *others = HYBRID.vpn_connections
    circuits = tuple(replace(each, shared_risk=("duct",)) if each.name == "dx1" else each for each in HYBRID.connections)
    topology = replace(HYBRID, connections=circuits, vpn_connections=(replace(vpn1, shared_risk=("duct",)), *others))
    target = planned(topology).target("duct")
    assert target.links == (*DX1, f"{vpn1.customer_gateway}--{vpn1.provider}")
    assert target.nodes == ("dx1",)
    assert target.waypoints == ("dx1", "vpn1-1", "vpn1-2")


def test_a_vpn_connection_can_announce_both_halves_of_its_sites_prefixes() -> None:
    plan = planned(HYBRID_TGW)
    assert plan.target("vpn2").announcements == (
        Announcement(
            outlet=Outlet(
                node="dc1-gw1",
                asn=65001,
                route_map="AWS-OUT-vpn2",
                neighbors=(IPv4Address("169.254.12.1"), IPv4Address("169.254.12.5")),
                sessions=(_session("vpn2-1", "169.254.12.2", "dc1-gw1"), _session("vpn2-2", "169.254.12.6", "dc1-gw1")),
                prefix_limit=1000,
            ),
            prefixes=(IPv4Network("10.1.0.0/17"), IPv4Network("10.1.128.0/17")),
        ),
    )


def test_a_single_address_has_no_halves() -> None:
    (site,) = STATIC_TGW.data_centers
    prefixes = (*site.prefixes, IPv4Network("10.8.0.1/32"))
    plan = planned(replace(STATIC_TGW, data_centers=(replace(site, prefixes=prefixes),), vpn_connections=(vpn("vpn1", "dc1-gw1", "tgw"),)))
    (announcement,) = plan.target("vpn1").announcements
    assert announcement.prefixes == (IPv4Network("10.1.0.0/17"), IPv4Network("10.1.128.0/17"))


def test_a_static_vpn_announces_nothing_and_has_no_session() -> None:
    target = planned(STATIC_TGW).target("vpn1")
    assert (target.announcements, target.outlets, target.sessions) == ((), (), ())
    assert [tunnel.shown for tunnel in planned(STATIC_TGW).tunnels] == [None, None]


def test_a_virtual_private_gateway_prefers_the_first_tunnel_and_a_transit_gateway_neither() -> None:
    shown = {plan.name: [each.shown.med for each in plan.tunnels if each.shown][:2] for plan in (planned(HYBRID), planned(HYBRID_TGW))}
    assert shown == {"hybrid": [100, 200], "hybrid-tgw": [100, 100]}


def test_a_tunnel_stands_for_the_session_in_it() -> None:
    plan = planned(HYBRID)
    assert plan.target("vpn1-2").sessions == (_session("vpn1-2", "169.254.11.6", "dc1-gw1"),)
    assert plan.target("vpn1").sessions == (*plan.target("vpn1-1").sessions, *plan.target("vpn1-2").sessions)


def test_an_association_is_carried_by_the_gateways_session_with_each_device() -> None:
    plan = planned(HYBRID)
    devices = ("loc-a-1", "loc-b-1", "loc-a-2")
    assert [(leg.session.node, leg.session.neighbor_node, leg.link) for leg in plan.target("dxgw").legs] == [
        ("vgw", device, f"{device}--vgw") for device in devices
    ]
    assert plan.target("vgw").legs == plan.target("dxgw").legs
    assert planned(STRAIGHT).target("vgw").legs == ()


def test_each_direct_connect_gateway_has_its_own_associations() -> None:
    plan = planned(SHARED_DEVICE)
    legs: dict[str, tuple[AssociationLeg, ...]] = {name: plan.target(name).legs for name in ("dxgw", "dxgw-db", "vgw", "vgw-db")}
    assert legs["dxgw"] == legs["vgw"] != legs["dxgw-db"] == legs["vgw-db"]


@pytest.mark.parametrize("topology", [HYBRID_TGW, STATIC_TGW], ids=lambda topology: topology.name)
def test_static_routes_to_the_site_can_be_put_on_both_endpoints_of_a_vpn_connection(topology: Topology) -> None:
    route = Route(prefix=IPv4Network("10.1.0.0/16"), interface="ipsec0")
    assert planned(topology).target("vpn1").static_routes == (("vpn1-1", route), ("vpn1-2", route))


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_every_announcement_uses_a_route_map_and_neighbors_that_the_node_has(topology: Topology) -> None:
    plan = planned(topology)
    for target in plan.targets:
        for each in (*target.outlets, *(announcement.outlet for announcement in target.announcements)):
            assert set(each.sessions) <= set(plan.sessions)
            assert {(each.node, each.asn, neighbor) for neighbor in each.neighbors} <= _sessions(plan)


def _sessions(plan: Plan) -> set[tuple[str, int, IPv4Address]]:
    return {(session.node, session.asn, session.neighbor) for session in plan.sessions}
