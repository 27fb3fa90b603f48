"""The customer's policy at an edge, as FRR reads it."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.model.customer_side import CustomerSide
from lab.model.topology import Topology
from tests.networks import HYBRID, planned
from tests.unit.compiler.reading import bgpd_lines, route_map, told_of


def _chosen(prefer: int | None, *accept: str, prepend: int = 0) -> Topology:
    """HYBRID, with choices of the customer on vif1 and the VPN."""
    customer = CustomerSide(prefer=prefer, accept=tuple(map(IPv4Network, accept)))
    vif, *others = HYBRID.virtual_interfaces
    vpns = tuple(replace(each, customer=customer, as_path_prepend=prepend) for each in HYBRID.vpn_connections)
    return replace(HYBRID, virtual_interfaces=(replace(vif, customer=customer), *others), vpn_connections=vpns)


def test_a_preference_of_the_customer_is_set_on_its_own_route_map_and_the_others_keep_theirs() -> None:
    plan = planned(_chosen(150))
    (vpn,) = HYBRID.vpn_connections
    node = plan.node(vpn.customer_gateway)
    for tunnel in plan.tunnels:
        assert f"route-map AWS-IN-{vpn.name} in" in told_of(node, tunnel.aws.inside.ip)
    assert route_map(node, f"AWS-IN-{vpn.name}") == {
        "deny 10": ["match ip address prefix-list OWN"],
        "permit 20": ["set local-preference 150", "set community 64496:20"],
    }
    assert route_map(plan.node("dc1-r1"), "AWS-IN-vif1")["permit 20"] == ["set local-preference 150", "set community 64496:10"]
    assert "set local-preference 200" in route_map(plan.node("dc1-r1"), "AWS-IN-DX")["permit 20"]


def test_an_accept_filter_is_a_prefix_list_with_all_longer_prefixes() -> None:
    node = planned(_chosen(None, "172.16.0.0/12", "10.9.0.0/16")).node("dc1-r1")
    assert route_map(node, "AWS-IN-vif1") == {
        "deny 10": ["match ip address prefix-list OWN"],
        "permit 20": ["match ip address prefix-list ACCEPT-vif1", "set local-preference 200", "set community 64496:10"],
    }
    listed = [line for line in bgpd_lines(node) if line.startswith("ip prefix-list ACCEPT-vif1 ")]
    assert [line.partition("permit ")[2] for line in listed] == ["172.16.0.0/12 le 32", "10.9.0.0/16 le 32"]


def test_a_prepend_on_a_vpn_is_in_every_announcement_on_it() -> None:
    (vpn,) = HYBRID.vpn_connections
    node = planned(_chosen(None, prepend=2)).node(vpn.customer_gateway)
    for entry in route_map(node, f"AWS-OUT-{vpn.name}").values():
        assert entry[-2:] == ["set comm-list INTERNAL-TAGS delete", "set as-path prepend 65001 65001"]
