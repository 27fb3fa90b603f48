"""The compiled routers of a data centre: which path they prefer, and that AWS cannot use the site as transit."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from lab.compiler.layout.internet import FLOATING
from lab.model.dx_session import LocalPreference
from lab.model.plan import Node, Plan, Role, Timers
from lab.model.topology import Topology
from tests.networks import APP, DB, HYBRID, SITELINK, STATIC, STATIC_TGW, TGW, VPN_TGW, planned
from tests.shipped import shipped_plan
from tests.unit.compiler.reading import bgpd_lines, nodes_of, route_map, text_of, told_of


def _cores(plan: Plan) -> list[Node]:
    return nodes_of(plan, Role.CORE)


def _edges(plan: Plan) -> list[Node]:
    return nodes_of(plan, Role.EDGE, Role.CUSTOMER_GATEWAY)


@pytest.mark.parametrize(("timers", "words"), [(Timers.TUNED, "timers 1 3"), (Timers.DEFAULT, "timers 10 30")])
def test_the_timer_profile_is_what_the_customer_proposes_on_a_vpn(timers: Timers, words: str) -> None:
    plan = shipped_plan(timers=timers)
    for tunnel in plan.tunnels:
        assert words in told_of(plan.node(tunnel.customer.node), tunnel.aws.inside.ip)


def test_sessions_inside_a_data_centre_and_between_two_have_bfd_and_a_hold_time_of_3_seconds(plan: Plan) -> None:
    routers = (*_cores(plan), *_edges(plan))
    for node in routers:
        for session in plan.sessions:
            if session.node == node.name and session.neighbor_node in {router.name for router in routers}:
                assert {"bfd", "timers 1 3"} <= told_of(node, session.neighbor)


def test_both_tunnels_of_a_connection_are_equal_to_a_customer_gateway_so_that_med_decides(by_vpn: Plan) -> None:
    told: dict[str, list[set[str]]] = {}
    for tunnel in by_vpn.tunnels:
        node = by_vpn.node(tunnel.customer.node)
        told.setdefault(tunnel.connection, []).append(told_of(node, tunnel.aws.inside.ip) - {f"description {tunnel.aws.node}"})
        assert not any("weight" in line for lines in route_map(node, "AWS-IN-VPN").values() for line in lines)
    for one, other in told.values():
        assert one == other


def test_a_customer_gateway_rejects_its_own_prefixes_from_anyone(plan: Plan) -> None:
    for node in _edges(plan):
        for heard in ("AWS-IN-VPN", "AWS-IN-DX"):
            assert next(iter(route_map(node, heard).items())) == ("deny 10", ["match ip address prefix-list OWN"])
    for node in _cores(plan):
        assert next(iter(route_map(node, "DCI-IN").items())) == ("deny 10", ["match ip address prefix-list OWN"])


def test_aws_hears_a_sites_own_prefixes_and_the_other_sites_as_heard_over_the_interconnect(by_vpn: Plan) -> None:
    by_bgp = {(session.node, session.neighbor) for session in by_vpn.sessions}
    for tunnel in by_vpn.tunnels:
        if (tunnel.customer.node, tunnel.aws.inside.ip) in by_bgp:
            assert route_map(by_vpn.node(tunnel.customer.node), f"AWS-OUT-{tunnel.connection}") == {
                "permit 10": ["match ip address prefix-list OWN", "set comm-list INTERNAL-TAGS delete"],
                "permit 20": ["match ip address prefix-list OTHER", "match community FROM-DCI", "set comm-list INTERNAL-TAGS delete"],
            }


def test_aws_routes_heard_over_the_interconnect_never_reach_an_edge(plan: Plan) -> None:
    for node in _cores(plan):
        matched = list(route_map(node, "TO-EDGE").values())
        assert matched == [
            ["match ip address prefix-list OWN"],
            ["match ip address prefix-list OTHER", "match community FROM-DCI"],
        ]


def test_the_interconnect_is_preferred_to_the_other_site_and_its_vpns_are_the_last_path_to_aws(plan: Plan) -> None:
    for node in _cores(plan):
        preferences = {
            entry: next(line for line in lines if "local-preference" in line)
            for entry, lines in route_map(node, "DCI-IN").items()
            if entry.startswith("permit")
        }
        assert preferences == {
            "permit 20": "set local-preference 300",
            "permit 30": "set local-preference 150",
            "permit 40": "set local-preference 50",
        }
        assert route_map(node, "DCI-IN")["permit 20"][0] == "match ip address prefix-list OTHER"
        assert route_map(node, "DCI-IN")["permit 30"][0] == "match community FROM-DX"
    for node in _edges(plan):
        assert "set local-preference 100" in route_map(node, "AWS-IN-VPN")["permit 20"]


def test_a_core_announces_only_its_own_prefixes_and_aws_routes_over_the_interconnect(plan: Plan) -> None:
    for node in _cores(plan):
        assert route_map(node, "DCI-OUT") == {
            "permit 10": ["match ip address prefix-list OWN"],
            "deny 20": ["match ip address prefix-list OTHER"],
            "permit 30": ["match community FROM-DX"],
            "permit 40": ["match community FROM-VPN"],
        }


def test_one_prefix_list_has_the_sites_own_prefixes_and_one_the_other_sites(plan: Plan) -> None:
    own = {node.place: _listed(node, "OWN") for node in _cores(plan)}
    for node in (*_cores(plan), *_edges(plan)):
        assert _listed(node, "OWN") == own[node.place]
        assert _listed(node, "OTHER") == {prefix for place, prefixes in own.items() if place != node.place for prefix in prefixes}


def test_only_a_core_originates_prefixes_and_only_it_ends_sessions_on_a_lost_next_hop(plan: Plan) -> None:
    for node in _cores(plan):
        assert "bgp fast-convergence" in bgpd_lines(node)
        assert {line.split()[1] for line in bgpd_lines(node) if line.startswith("network ")} == _listed(node, "OWN")
    for node in _edges(plan):
        assert not [line for line in bgpd_lines(node) if line.startswith("network ")]


def test_a_site_prefers_its_own_direct_connect_then_the_other_sites_then_its_own_vpn_then_the_other_sites(plan: Plan) -> None:
    """AWS prefers any Direct Connect to any VPN, so another order would make paths asymmetric."""
    liked = []
    for node in _edges(plan):
        own = [_preference(route_map(node, name)["permit 20"]) for name in ("AWS-IN-DX", "AWS-IN-VPN")]
        core = next(core for core in _cores(plan) if core.place == node.place)
        others = [_preference(route_map(core, "DCI-IN")[entry]) for entry in ("permit 30", "permit 40")]
        liked.append([own[0], others[0], own[1], others[1]])
    assert liked == [[200, 150, 100, 50]] * len(_edges(plan))


def test_routes_from_aws_are_tagged_and_lose_the_tag_before_they_go_back(plan: Plan) -> None:
    for node in _edges(plan):
        assert "set community 64496:10" in route_map(node, "AWS-IN-DX")["permit 20"]
        assert "set community 64496:20" in route_map(node, "AWS-IN-VPN")["permit 20"]
        assert "bgp community-list expanded INTERNAL-TAGS permit ^64496:" in bgpd_lines(node)
        for session in plan.sessions:
            if session.node == node.name and plan.node(session.neighbor_node).place != node.place:
                (out,) = (line.split()[1] for line in told_of(node, session.neighbor) if line.endswith(" out"))
                for lines in route_map(node, out).values():
                    assert [line for line in lines if line == "set comm-list INTERNAL-TAGS delete" or line.startswith("set community ")]
                    assert not [line for line in lines if line.endswith("additive")]


@pytest.mark.parametrize(
    ("vif", "dressed"),
    [
        ({}, ["set comm-list INTERNAL-TAGS delete"]),
        ({"local_preference": LocalPreference.LOW}, ["set community 7224:7100"]),
        ({"local_preference": LocalPreference.MEDIUM}, ["set community 7224:7200"]),
        ({"local_preference": LocalPreference.HIGH}, ["set community 7224:7300"]),
        ({"as_path_prepend": 2}, ["set comm-list INTERNAL-TAGS delete", "set as-path prepend 65001 65001"]),
        ({"local_preference": LocalPreference.LOW, "as_path_prepend": 1}, ["set community 7224:7100", "set as-path prepend 65001"]),
    ],
    ids=str,
)
def test_a_virtual_interface_sets_communities_and_prepends_on_its_own_announcements(vif: dict[str, object], dressed: list[str]) -> None:
    first, *others = HYBRID.virtual_interfaces
    wanted = {"local_preference": None, "as_path_prepend": 0, **vif}
    plan = planned(replace(HYBRID, virtual_interfaces=(replace(first, **wanted), *others)))
    assert route_map(plan.node("dc1-r1"), "AWS-OUT-vif1") == {
        "permit 10": ["match ip address prefix-list OWN", *dressed],
        "permit 20": ["match ip address prefix-list OTHER", "match community FROM-DCI", *dressed],
    }
    (session,) = plan.target("vif1").sessions
    assert "route-map AWS-OUT-vif1 out" in told_of(plan.node("dc1-r1"), session.neighbor + 1)


def test_a_site_accepts_its_own_asn_from_aws_as_often_as_allowas_in_says() -> None:
    plan = planned(HYBRID)
    for name, told in (("vif1", set()), ("vif2", {"allowas-in 1"})):
        (session,) = plan.target(name).sessions
        lines = told_of(plan.node(session.neighbor_node), session.neighbor + 1)
        assert {line for line in lines if line.startswith("allowas-in")} == told


def _neighbors_within(plan: Plan, name: str) -> set[str]:
    """Addresses of a node's neighbors in its own place."""
    here = plan.node(name).place
    return {str(each.neighbor) for each in plan.sessions if each.node == name and plan.node(each.neighbor_node).place == here}


def test_allowas_in_holds_on_a_vpn_and_between_core_and_edges() -> None:
    sites = tuple(replace(each, allowas_in=2) for each in VPN_TGW.data_centers)
    plan = planned(replace(VPN_TGW, data_centers=sites))
    gateway = plan.node("dc1-gw1")
    said = {line.split()[1] for line in bgpd_lines(gateway) if line.endswith(" allowas-in 2")}
    assert said == {str(tunnel.aws.inside.ip) for tunnel in plan.tunnels}
    assert {line.split()[1] for line in bgpd_lines(plan.node("dc1-core")) if line.endswith(" allowas-in 2")} == _neighbors_within(
        plan, "dc1-core"
    )


@pytest.mark.parametrize(
    ("topology", "paths"),
    [
        (HYBRID, "1"),
        (SITELINK, "1"),
        (VPN_TGW, "16"),
        (replace(VPN_TGW, gateways=(replace(TGW, vpn_ecmp=False),)), "1"),
    ],
    ids=["a virtual private gateway", "no VPN", "a transit gateway", "a transit gateway without ECMP"],
)
def test_a_site_shares_outgoing_traffic_only_over_a_vpn_to_a_transit_gateway_with_ecmp(topology: Topology, paths: str) -> None:
    plan = planned(topology)
    for node in (*_cores(plan), *_edges(plan)):
        assert [line.split()[-1] for line in bgpd_lines(node) if line.startswith("maximum-paths")] == [paths, paths]


@pytest.mark.parametrize("topology", [STATIC, STATIC_TGW], ids=lambda topology: topology.name)
def test_nobody_speaks_bgp_through_a_static_vpn(topology: Topology) -> None:
    plan = planned(topology)
    for tunnel in plan.tunnels:
        assert told_of(plan.node("dc1-gw1"), tunnel.aws.inside.ip) == set()
        assert told_of(plan.node(tunnel.aws.node), tunnel.customer.inside.ip) == set()
    assert not {(each.node, each.neighbor_node) for each in plan.sessions} & {("dc1-gw1", "vpn1-1"), ("vpn1-1", "dc1-gw1")}


def test_a_customers_static_routes_lead_to_the_vpcs_and_prefer_the_first_tunnel() -> None:
    plan = planned(STATIC_TGW)
    assert [(tunnel.customer.routes, tunnel.customer.metric) for tunnel in plan.tunnels] == [
        ((APP, DB), FLOATING + 1),
        ((APP, DB), FLOATING + 2),
    ]
    lines = bgpd_lines(plan.node("dc1-gw1"))
    assert "redistribute kernel route-map STATIC-VPN" in lines
    assert [line.split()[-1] for line in lines if line.startswith("ip prefix-list STATIC ")] == [str(APP), str(DB)]
    assert route_map(plan.node("dc1-gw1"), "STATIC-VPN") == {
        "permit 10": ["match ip address prefix-list STATIC", "set weight 0", "set local-preference 100", "set community 64496:20"]
    }


def test_an_edge_prefers_every_learned_route_to_a_floating_static_route_whichever_came_first() -> None:
    with_bgp = replace(STATIC_TGW.vpn_connections[0], name="vpn2", static_routes=(), inside_cidrs=VPN_TGW.vpn_connections[0].inside_cidrs)
    plan = planned(replace(STATIC_TGW, vpn_connections=(*STATIC_TGW.vpn_connections, with_bgp)))
    router = plan.node("dc1-gw1")
    inbound = {words[3] for line in bgpd_lines(router) if (words := line.split())[:1] == ["neighbor"] and words[-1] == "in"}
    assert inbound == {"FROM-CORE", "AWS-IN-VPN"}
    for name in inbound:
        assert all("set weight 1" in lines for entry, lines in route_map(router, name).items() if entry.startswith("permit"))


def test_an_edge_without_a_static_vpn_announces_no_kernel_routes() -> None:
    plan = planned(HYBRID)
    for node in _edges(plan):
        assert not any("redistribute" in line or "STATIC" in line for line in bgpd_lines(node))


def test_awss_static_routes_lead_to_the_listed_prefixes_and_are_tagged_static() -> None:
    plan = planned(STATIC_TGW)
    listed = tuple(map(IPv4Network, ("10.1.0.0/16", "10.9.0.0/16")))
    assert [(tunnel.aws.routes, tunnel.aws.metric) for tunnel in plan.tunnels] == [(listed, 1), (listed, 1)]
    for number, endpoint in enumerate(nodes_of(plan, Role.VPN_ENDPOINT), start=1):
        lines = bgpd_lines(endpoint)
        assert "redistribute kernel route-map STATIC-VPN" in lines
        assert [line.split()[-1] for line in lines if line.startswith("ip prefix-list STATIC ")] == list(map(str, listed))
        assert route_map(endpoint, "STATIC-VPN") == {
            "permit 10": ["match ip address prefix-list STATIC", f"set metric {number}", "set large-community 65551:1:4 65551:2:1"]
        }


def test_the_updown_script_is_given_the_routes_of_a_static_vpn() -> None:
    plan = planned(STATIC_TGW)
    aws, customer = (
        next(line.strip() for line in text_of(plan.node(node), "ipsec/vpn1-2/swanctl.conf").splitlines() if "updown =" in line)
        for node in ("vpn1-2", "dc1-gw1")
    )
    assert aws == "updown = /usr/local/sbin/tunnel-updown ipsec0 169.254.11.5/30 1438 1 10.1.0.0/16 10.9.0.0/16"
    assert customer == f"updown = /usr/local/sbin/tunnel-updown ipsec1 169.254.11.6/30 1438 {FLOATING + 2} {APP} {DB}"


def _preference(lines: list[str]) -> int:
    (value,) = (int(line.split()[-1]) for line in lines if line.startswith("set local-preference"))
    return value


def _listed(node: Node, name: str) -> set[str]:
    return {line.split()[-1] for line in bgpd_lines(node) if line.startswith(f"ip prefix-list {name} ")}


def test_a_site_that_accepts_its_own_asn_accepts_it_at_its_core_too(plan: Plan, topology: Topology) -> None:
    """FRR looks for its own ASN in iBGP routes as well, so it is not enough to allow it at the edges."""
    for center in topology.data_centers:
        for session in plan.sessions:
            if session.node == f"{center.name}-core" and session.neighbor_node in center.edges:
                told = told_of(plan.node(session.node), session.neighbor)
                assert [line for line in told if line.startswith("allowas-in")] == [f"allowas-in {center.allowas_in}"] * bool(
                    center.allowas_in
                )
