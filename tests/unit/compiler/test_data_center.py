"""Routers of a data centre, as configured: which way is preferred, and that nobody's traffic transits where it must not."""

import pytest

from lab.model.plan import Node, Plan, Role, Timers
from lab.model.topology import Topology
from tests.shipped import shipped_plan
from tests.unit.compiler.reading import bgpd_lines, nodes_of, route_map, told_of


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


def test_both_tunnels_of_a_connection_are_equal_to_a_gateway_so_that_med_steers(by_vpn: Plan) -> None:
    told: dict[str, list[set[str]]] = {}
    for tunnel in by_vpn.tunnels:
        node = by_vpn.node(tunnel.customer.node)
        told.setdefault(tunnel.connection, []).append(told_of(node, tunnel.aws.inside.ip) - {f"description {tunnel.aws.node}"})
        assert not any("weight" in line for lines in route_map(node, "AWS-IN-VPN").values() for line in lines)
    for one, other in told.values():
        assert one == other


def test_a_gateway_believes_nobody_about_its_own_prefixes(plan: Plan) -> None:
    for node in _edges(plan):
        for heard in ("AWS-IN-VPN", "AWS-IN-DX"):
            assert next(iter(route_map(node, heard).items())) == ("deny 10", ["match ip address prefix-list OWN"])
    for node in _cores(plan):
        assert next(iter(route_map(node, "DCI-IN").items())) == ("deny 10", ["match ip address prefix-list OWN"])


def test_a_gateway_tells_aws_its_own_prefixes_and_the_other_sites_only_as_heard_over_the_interconnect(plan: Plan) -> None:
    for node in _edges(plan):
        assert route_map(node, "AWS-OUT-VPN") == {
            "permit 10": ["match ip address prefix-list OWN", "set comm-list INTERNAL-TAGS delete"],
            "permit 20": ["match ip address prefix-list OTHER", "match community FROM-DCI", "set comm-list INTERNAL-TAGS delete"],
        }


def test_routes_of_aws_heard_over_the_interconnect_never_reach_a_gateway(plan: Plan) -> None:
    for node in _cores(plan):
        matched = list(route_map(node, "TO-EDGE").values())
        assert matched == [
            ["match ip address prefix-list OWN"],
            ["match ip address prefix-list OTHER", "match community FROM-DCI"],
        ]


def test_the_other_site_is_reached_over_the_interconnect_first_and_its_vpns_are_the_last_way_to_aws(plan: Plan) -> None:
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


def test_a_core_sends_over_the_interconnect_its_own_prefixes_and_its_own_ways_to_aws_alone(plan: Plan) -> None:
    for node in _cores(plan):
        assert route_map(node, "DCI-OUT") == {
            "permit 10": ["match ip address prefix-list OWN"],
            "deny 20": ["match ip address prefix-list OTHER"],
            "permit 30": ["match community FROM-DX"],
            "permit 40": ["match community FROM-VPN"],
        }


def test_a_prefix_list_holds_a_site_own_prefixes_and_another_the_others(plan: Plan) -> None:
    own = {node.place: _listed(node, "OWN") for node in _cores(plan)}
    for node in (*_cores(plan), *_edges(plan)):
        assert _listed(node, "OWN") == own[node.place]
        assert _listed(node, "OTHER") == {prefix for place, prefixes in own.items() if place != node.place for prefix in prefixes}


def test_only_a_core_originates_and_lets_lost_next_hops_end_sessions(plan: Plan) -> None:
    for node in _cores(plan):
        assert "bgp fast-convergence" in bgpd_lines(node)
        assert {line.split()[1] for line in bgpd_lines(node) if line.startswith("network ")} == _listed(node, "OWN")
    for node in _edges(plan):
        assert not [line for line in bgpd_lines(node) if line.startswith("network ")]


def _listed(node: Node, name: str) -> set[str]:
    return {line.split()[-1] for line in bgpd_lines(node) if line.startswith(f"ip prefix-list {name} ")}


def test_a_site_that_may_hear_its_own_asn_hears_it_at_its_core_too(plan: Plan, topology: Topology) -> None:
    """FRR looks for its own ASN in what comes by iBGP as well, so the edges' permission alone would lead nowhere."""
    for center in topology.data_centers:
        for session in plan.sessions:
            if session.node == f"{center.name}-core" and session.neighbor_node in center.edges:
                told = told_of(plan.node(session.node), session.neighbor)
                assert [line for line in told if line.startswith("allowas-in")] == [f"allowas-in {center.allowas_in}"] * bool(
                    center.allowas_in
                )
