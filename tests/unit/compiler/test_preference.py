"""AWS's order of preference at a gateway: classes, steps inside Direct Connect, and which equal paths share."""

from dataclasses import replace

import pytest

from lab.model.plan import GATEWAY_ROLES, Node, Plan, Role, Route
from lab.model.topology import GatewayKind, Topology
from tests.networks import HYBRID, HYBRID_TGW, NETWORKS, SITELINK, STATIC, STRAIGHT, TGW, VPN_TGW, planned
from tests.unit.compiler.reading import bgpd_lines, nodes_of, route_map, told_of

ONE = ["maximum-paths 1", "maximum-paths ibgp 1"]
MANY = ["maximum-paths 16", "maximum-paths ibgp 16"]
SIXTEEN = ["maximum-paths 16", "maximum-paths ibgp 16"]
VPN_VGW = replace(STRAIGHT, name="vpn-vgw", data_centers=STRAIGHT.data_centers[1:], connections=(), virtual_interfaces=())
VPN_VGW = replace(VPN_VGW, flows=(replace(VPN_VGW.flows[0], source="dc2"),))
WITHOUT_ECMP = replace(VPN_TGW, name="tgw without ECMP", gateways=(replace(TGW, vpn_ecmp=False),))
DX_WITHOUT_ECMP = replace(HYBRID_TGW, name="hybrid-tgw without ECMP", gateways=(replace(TGW, vpn_ecmp=False),))


def _gateway(topology: Topology) -> Node:
    (gateway,) = nodes_of(planned(topology), *GATEWAY_ROLES)
    return gateway


def _class(preference: int, *match: str) -> list[str]:
    return [*match, f"set local-preference {preference}"]


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_a_static_vpn_beats_direct_connect_on_a_transit_gateway_and_loses_to_it_on_a_virtual_private_one(topology: Topology) -> None:
    plan = planned(topology)
    for gateway in nodes_of(plan, *GATEWAY_ROLES):
        static = {Role.GATEWAY: 300, Role.TRANSIT_GATEWAY: 600}[gateway.role]
        assert route_map(gateway, "FROM-VPN") == {
            "permit 10": _class(static, "match large-community STATIC"),
            "permit 20": _class(200),
        }


@pytest.mark.parametrize(("name", "untagged"), [("FROM-DX-HOME", 420), ("FROM-DX-REMOTE", 410)])
def test_a_customers_community_decides_inside_direct_connect_and_never_below_a_vpn(name: str, untagged: int) -> None:
    for topology in (HYBRID, HYBRID_TGW):
        assert route_map(_gateway(topology), name) == {
            "permit 10": _class(430, "match community PREFERENCE-HIGH"),
            "permit 20": _class(420, "match community PREFERENCE-MEDIUM"),
            "permit 30": _class(405, "match community PREFERENCE-LOW"),
            "permit 40": _class(untagged),
        }


@pytest.mark.parametrize(
    ("topology", "maps"),
    [
        (HYBRID, {"loc-a-1": "FROM-DX-HOME", "loc-a-2": "FROM-DX-HOME", "loc-b-1": "FROM-DX-REMOTE"}),
        (SITELINK, dict.fromkeys(("loc-a-1", "loc-a-2", "loc-b-1", "loc-b-2"), "FROM-DX-HOME")),
        (STRAIGHT, {"loc-a-1": "FROM-DX-HOME"}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_location_in_the_gateways_region_is_preferred_unless_sitelink_is_used(topology: Topology, maps: dict[str, str]) -> None:
    plan = planned(topology)
    found = {
        session.neighbor_node: line.split()[1]
        for session in plan.sessions
        if session.node == "vgw" and plan.node(session.neighbor_node).role is Role.DX_DEVICE
        for line in told_of(plan.node("vgw"), session.neighbor)
        if line.startswith("route-map FROM") and line.endswith(" in")
    }
    assert found == maps


@pytest.mark.parametrize(
    ("topology", "paths", "relaxed"),
    [
        (VPN_VGW, ONE, False),
        (WITHOUT_ECMP, ONE, False),
        (VPN_TGW, SIXTEEN, False),
        (HYBRID, SIXTEEN, True),
        (HYBRID_TGW, SIXTEEN, True),
        (DX_WITHOUT_ECMP, SIXTEEN, True),
        (STRAIGHT, SIXTEEN, True),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_vpn_shares_only_on_a_transit_gateway_with_one_as_path_and_direct_connect_always(
    topology: Topology, paths: list[str], relaxed: bool
) -> None:
    lines = bgpd_lines(_gateway(topology))
    assert [line for line in lines if line.startswith("maximum-paths")] == paths
    assert ("bgp bestpath as-path multipath-relax" in lines) == relaxed


def test_devices_share_among_their_virtual_interfaces_and_tunnel_endpoints_share_nothing(plan: Plan) -> None:
    paths = {Role.DX_DEVICE: MANY, Role.VPN_ENDPOINT: ONE}
    for node in plan.nodes:
        if node.role in paths:
            assert [line for line in bgpd_lines(node) if line.startswith("maximum-paths")] == paths[node.role]


@pytest.mark.parametrize(
    ("topology", "metrics"),
    [
        (VPN_VGW, {}),
        (VPN_TGW, {}),
        (SITELINK, {}),
        (STRAIGHT, {"vpn1-1": 10, "vpn1-2": 20}),
        (HYBRID, {"vpn1-1": 10, "vpn1-2": 20}),
        (HYBRID_TGW, {"vpn1-1": 10, "vpn1-2": 10, "vpn2-1": 10, "vpn2-2": 10, "vpn3-1": 20, "vpn3-2": 20}),
        (DX_WITHOUT_ECMP, {"vpn1-1": 10, "vpn1-2": 20, "vpn2-1": 30, "vpn2-2": 40, "vpn3-1": 50, "vpn3-2": 60}),
        (STATIC, {"vpn1-1": 10, "vpn1-2": 20}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_tunnels_that_must_not_share_have_different_distances(topology: Topology, metrics: dict[str, int]) -> None:
    """On a gateway that shares, tunnels of a static VPN never share (T26). With ECMP those of one customer ASN do."""
    plan = planned(topology)
    gateway = _gateway(topology)
    ends = {session.neighbor_node: session.neighbor for session in plan.sessions if session.node == gateway.name}
    cables = {link.a.node: link.b.interface for link in plan.links if link.b.node == gateway.name}
    assert {(route.prefix.network_address, route.interface): route.metric for route in gateway.routes} == {
        (ends[endpoint], cables[endpoint]): metric for endpoint, metric in metrics.items()
    }
    assert all(route == Route(prefix=route.prefix, interface=route.interface, metric=route.metric) for route in gateway.routes)
    assert {route.prefix.prefixlen for route in gateway.routes} <= {32}


def test_a_virtual_private_gateway_is_never_said_to_share_vpn() -> None:
    assert [gateway.shares_vpn for gateway in (TGW, replace(TGW, vpn_ecmp=False), replace(TGW, kind=GatewayKind.VGW))] == [
        True,
        False,
        False,
    ]
