"""AWS's side of Direct Connect: what a virtual interface's BGP session announces and accepts, with and without SiteLink."""

from collections.abc import Iterator

import pytest

from lab.model.bgp import BgpSession
from lab.model.plan import Node, Plan, Role, Timers
from lab.model.topology import Topology, VirtualInterface
from tests.networks import APP, DB, HYBRID, HYBRID_TGW, NETWORKS, SHARED_DEVICE, SITELINK, STATIC, STRAIGHT, planned
from tests.unit.compiler.reading import bgpd_lines, nodes_of, route_map, text_of, told_of

CUSTOMERS = (Role.CORE, Role.EDGE, Role.CUSTOMER_GATEWAY)
TAGS = {"FROM-ASSOCIATION": "65551:1:2", "FROM-VIF": "65551:1:3", "FROM-VPN": "65551:1:4", "FROM-GATEWAY-VIF": "65551:1:5"}
BY_CIRCUIT = [topology for topology in NETWORKS.values() if topology.connections]
VIFS = [(topology, vif) for topology in BY_CIRCUIT for vif in topology.virtual_interfaces]
each_vif = pytest.mark.parametrize(("topology", "vif"), VIFS, ids=[f"{topology.name}-{vif.name}" for topology, vif in VIFS])
each_profile = pytest.mark.parametrize("timers", Timers)


def _session(plan: Plan, vif: VirtualInterface) -> BgpSession:
    """The session of a virtual interface as AWS sees it."""
    (session,) = plan.target(vif.name).sessions
    return session


def _aws(plan: Plan, vif: VirtualInterface) -> set[str]:
    """The AWS device's configuration for a virtual interface's customer."""
    session = _session(plan, vif)
    return told_of(plan.node(session.node), session.neighbor)


def _customer(plan: Plan, vif: VirtualInterface) -> set[str]:
    """The customer edge's configuration for AWS on a virtual interface. AWS has the next address."""
    session = _session(plan, vif)
    return told_of(plan.node(session.neighbor_node), session.neighbor + 1)


def _one(told: set[str], word: str) -> str:
    (found,) = (line.removeprefix(f"{word} ") for line in told if line.startswith(f"{word} "))
    return found


@each_vif
def test_aws_shows_the_asn_of_the_gateway_that_the_virtual_interface_is_on(topology: Topology, vif: VirtualInterface) -> None:
    asns = {each.name: each.asn for each in (*topology.gateways, *topology.direct_connect_gateways)}
    plan = planned(topology)
    assert f"local-as {asns[vif.gateway]} no-prepend replace-as" in _aws(plan, vif)
    assert f"remote-as {asns[vif.gateway]}" in _customer(plan, vif)


@each_vif
def test_both_ends_have_the_same_md5_key_and_aws_accepts_its_length(topology: Topology, vif: VirtualInterface) -> None:
    plan = planned(topology)
    key = _one(_aws(plan, vif), "password")
    assert key == _one(_customer(plan, vif), "password")
    assert 6 <= len(key) <= 80


def test_no_two_virtual_interfaces_have_the_same_md5_key() -> None:
    for topology in BY_CIRCUIT:
        keys = [_one(_aws(planned(topology), vif), "password") for vif in topology.virtual_interfaces]
        assert len(set(keys)) == len(keys)


@each_profile
@each_vif
def test_aws_proposes_30_and_90_seconds_under_every_profile_and_refuses_a_hold_below_3(
    topology: Topology, vif: VirtualInterface, timers: Timers
) -> None:
    plan = planned(topology, timers)
    assert "timers 30 90" in _aws(plan, vif)
    assert "bgp minimum-holdtime 3" in bgpd_lines(plan.node(_session(plan, vif).node))


@pytest.mark.parametrize(("timers", "words"), [(Timers.TUNED, "timers 1 3"), (Timers.DEFAULT, "timers 30 90")])
@each_vif
def test_the_timer_profile_is_what_the_customer_proposes(topology: Topology, vif: VirtualInterface, timers: Timers, words: str) -> None:
    assert words in _customer(planned(topology, timers), vif)


@each_profile
@each_vif
def test_bfd_is_on_both_ends_only_if_the_customer_has_it_and_aws_is_passive(
    topology: Topology, vif: VirtualInterface, timers: Timers
) -> None:
    plan = planned(topology, timers)
    session = _session(plan, vif)
    has_bfd = vif.bfd and timers is Timers.TUNED
    assert ("bfd" in _aws(plan, vif), "bfd" in _customer(plan, vif)) == (has_bfd, has_bfd)
    assert _waits(plan.node(session.node), session.neighbor) == ([True] if has_bfd else [])
    assert _waits(plan.node(session.neighbor_node), session.neighbor + 1) == ([False] if has_bfd else [])


def test_only_devices_have_passive_bfd_and_only_towards_customers() -> None:
    for topology in NETWORKS.values():
        plan = planned(topology)
        waiting = {node.name for node in plan.nodes if node.daemons and "passive-mode" in text_of(node, "frr/bfdd.conf")}
        assert waiting == {_session(plan, vif).node for vif in topology.virtual_interfaces if vif.bfd}


@each_vif
def test_a_customer_may_announce_100_prefixes_and_its_session_stays_down_with_more(topology: Topology, vif: VirtualInterface) -> None:
    told = _aws(planned(topology), vif)
    assert "maximum-prefix 100" in told
    assert not any("restart" in line or "ebgp-multihop" in line for line in told)


@each_vif
def test_a_customers_routes_are_tagged_and_keep_their_preference_for_sitelink(topology: Topology, vif: VirtualInterface) -> None:
    plan = planned(topology)
    device = plan.node(_session(plan, vif).node)
    straight = vif.gateway in {gateway.name for gateway in topology.gateways}
    tags = [TAGS["FROM-GATEWAY-VIF" if straight else "FROM-VIF"], *["65551:3:1"] * vif.sitelink]
    tagged = f"set large-community {' '.join(tags)}"
    name = f"CUSTOMER-IN-{'SITELINK' if vif.sitelink else 'PLAIN'}"
    assert f"route-map {name} in" in _aws(plan, vif)
    assert route_map(device, name) == {
        "permit 10": ["match community PREFERENCE-HIGH", "set local-preference 130", tagged],
        "permit 20": ["match community PREFERENCE-LOW", "set local-preference 110", tagged],
        "permit 30": ["set local-preference 120", tagged],
    }


@each_vif
def test_a_customer_hears_of_other_virtual_interfaces_only_by_sitelink(topology: Topology, vif: VirtualInterface) -> None:
    plan = planned(topology)
    session = _session(plan, vif)
    name = f"CUSTOMER-OUT-{'SITELINK' if vif.sitelink else 'PLAIN'}"
    assert f"route-map {name} out" in _aws(plan, vif)
    told = [lines[0].removeprefix("match large-community ") for lines in route_map(plan.node(session.node), name).values()]
    assert told == (["FROM-ASSOCIATION", "CROSSED", "SITELINK"] if vif.sitelink else ["FROM-ASSOCIATION", "FROM-VPN"])


def test_sitelink_shows_the_gateways_asn_once_more_for_a_second_device() -> None:
    for device in nodes_of(planned(SITELINK), Role.DX_DEVICE):
        longer = {entry for entry, lines in route_map(device, "CUSTOMER-OUT-SITELINK").items() if "set as-path prepend 64513" in lines}
        assert longer == {"permit 20"}
        assert route_map(device, "CUSTOMER-OUT-SITELINK")["permit 20"][0] == "match large-community CROSSED"


def test_devices_exchange_sitelink_routes_only_and_tag_routes_that_crossed() -> None:
    plan = planned(SITELINK)
    for session in plan.sessions:
        ends = plan.node(session.node), plan.node(session.neighbor_node)
        if all(end.role is Role.DX_DEVICE for end in ends):
            told = told_of(ends[0], session.neighbor)
            assert {"route-map SITELINK-IN in", "route-map SITELINK-OUT out", "next-hop-self", "bfd"} <= told
            assert "route-reflector-client" not in told
            assert route_map(ends[0], "SITELINK-OUT") == {"permit 10": ["match large-community SITELINK"]}
            assert route_map(ends[0], "SITELINK-IN") == {"permit 10": ["set large-community 65551:3:2 additive"]}


@pytest.mark.parametrize("topology", BY_CIRCUIT, ids=lambda topology: topology.name)
def test_a_device_passes_customers_routes_to_the_gateway_but_never_a_gateways_routes(topology: Topology) -> None:
    """Otherwise one association would learn another's VPCs through a device (3.4)."""
    plan = planned(topology)
    for device in nodes_of(plan, Role.DX_DEVICE):
        assert list(route_map(device, "TO-CORE").values()) == [
            ["match large-community FROM-VIF"],
            ["match large-community FROM-GATEWAY-VIF"],
        ]
        assert route_map(device, "FROM-CORE") == {"permit 10": ["set local-preference 100"]}


def test_the_device_itself_announces_the_allowed_prefixes_of_a_transit_gateway() -> None:
    plan = planned(HYBRID_TGW)
    device = plan.node("loc-a-1")
    lines = bgpd_lines(device)
    assert [line for line in lines if line.startswith("network ")] == [f"network {prefix} route-map ALLOWED" for prefix in (APP, DB)]
    assert "no bgp network import-check" in lines
    assert route_map(device, "ALLOWED") == {"permit 10": [f"set large-community {TAGS['FROM-ASSOCIATION']}"]}
    (core,) = (session.neighbor for session in plan.sessions if (session.node, session.neighbor_node) == ("loc-a-1", "tgw"))
    assert [(route.prefix, route.via) for route in device.routes] == [(APP, core), (DB, core)]


def test_a_transit_gateway_announces_nothing_to_a_device() -> None:
    plan = planned(HYBRID_TGW)
    assert route_map(plan.node("tgw"), "TO-dxgw") == {"deny 10": []}
    assert {"route-map TO-dxgw out"} <= _gateways_words(plan, "tgw", "loc-a-1")


def test_the_vpc_of_a_virtual_private_gateway_passes_where_an_allowed_prefix_covers_it() -> None:
    plan = planned(HYBRID)
    gateway = plan.node("vgw")
    assert [line for line in bgpd_lines(gateway) if line.startswith("ip prefix-list ALLOWED-")] == [
        "ip prefix-list ALLOWED-dxgw seq 5 permit 172.16.0.0/12 le 32"
    ]
    matched = ["match large-community FROM-ASSOCIATION", "match ip address prefix-list ALLOWED-dxgw"]
    assert route_map(gateway, "TO-dxgw") == {"permit 10": matched}
    for device in nodes_of(plan, Role.DX_DEVICE):
        assert {"route-map TO-dxgw out"} <= _gateways_words(plan, "vgw", device.name)
        assert not [line for line in bgpd_lines(device) if line.startswith("network ")]
        assert device.routes == ()


def test_without_allowed_prefixes_every_vpc_of_a_virtual_private_gateway_passes() -> None:
    gateway = planned(STATIC).node("vgw")
    assert route_map(gateway, "TO-dxgw") == {"permit 10": ["match large-community FROM-ASSOCIATION"]}
    assert not any(line.startswith("ip prefix-list ALLOWED") for line in bgpd_lines(gateway))


def test_a_virtual_interface_directly_on_a_gateway_and_the_gateways_vpn_hear_of_each_other() -> None:
    gateway = planned(STRAIGHT).node("vgw")
    to_vif, to_vpn = (
        [line.removeprefix("match large-community ") for lines in route_map(gateway, name).values() for line in lines]
        for name in ("TO-vgw", "TO-VPN")
    )
    assert to_vif == ["FROM-ASSOCIATION", "FROM-VPN"]
    assert to_vpn == ["FROM-ASSOCIATION", "FROM-VPN", "FROM-GATEWAY-VIF"]


def test_each_node_of_a_device_serves_one_gateway() -> None:
    plan = planned(SHARED_DEVICE)
    assert {
        vif.name: (_session(plan, vif).node, _one(_aws(plan, vif), "local-as").split()[0]) for vif in SHARED_DEVICE.virtual_interfaces
    } == {"vif1": ("loc-a-1-dxgw", "64513"), "vif2": ("loc-a-1-dxgw-db", "64515"), "vif3": ("loc-a-1-dxgw", "64513")}


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_no_customer_receives_internal_tags_or_communities_meant_for_aws(topology: Topology) -> None:
    plan = planned(topology)
    sessions = list(_toward_customers(plan))
    assert sessions or topology.name == "static-tgw"
    for device, session in sessions:
        lines = bgpd_lines(device)
        assert "bgp large-community-list expanded INTERNAL-TAGS permit ^65551:" in lines
        assert "bgp community-list expanded AWS-ACTIONS permit ^7224:" in lines
        (name,) = (line.split()[1] for line in told_of(device, session.neighbor) if line.startswith("route-map ") and line.endswith(" out"))
        for entry, said in route_map(device, name).items():
            assert entry.startswith("permit")
            assert {"set large-comm-list INTERNAL-TAGS delete", "set comm-list AWS-ACTIONS delete"} <= set(said)


@pytest.mark.parametrize("topology", NETWORKS.values(), ids=NETWORKS)
def test_no_customer_knows_of_the_hidden_as(topology: Topology) -> None:
    for node in nodes_of(planned(topology), *CUSTOMERS):
        assert not any("65551" in line for line in bgpd_lines(node))


def _waits(node: Node, peer: object) -> list[bool]:
    """Whether the node is passive, for each BFD peer with that address in its file."""
    blocks = text_of(node, "frr/bfdd.conf").split(" peer ")[1:]
    return ["passive-mode" in block for block in blocks if block.startswith(f"{peer} ")]


def _gateways_words(plan: Plan, gateway: str, device: str) -> set[str]:
    (session,) = (each for each in plan.sessions if (each.node, each.neighbor_node) == (gateway, device))
    return told_of(plan.node(gateway), session.neighbor)


def _toward_customers(plan: Plan) -> Iterator[tuple[Node, BgpSession]]:
    for session in plan.sessions:
        node = plan.node(session.node)
        if node.role not in CUSTOMERS and plan.node(session.neighbor_node).role in CUSTOMERS:
            yield node, session
