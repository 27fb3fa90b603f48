"""What a site announces to AWS, in its routers: exactly what the file says, and nothing of it comes back."""

from pathlib import Path

import pytest

from lab.compiler import compile_topology, outline_topology
from lab.compiler.frr import frr_files
from lab.intent import read_topology
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.router import BgpRouter, InPrefixes, SetPreference
from tests.told_cases import case


def _plan(path: Path) -> Plan:
    return outline_topology(read_topology(path), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def _router(plan: Plan, name: str) -> BgpRouter:
    router = plan.node(name).router
    assert router
    return router


def _lists(router: BgpRouter) -> dict[str, list[str]]:
    return {each.name: [str(prefix) for prefix in each.prefixes] for each in router.prefix_lists}


@pytest.fixture
def written(tmp_path: Path) -> Plan:
    text = case("default-route-from-two-sites").read_text()
    old = "bfd: true}\nflows"
    assert old in text
    path = tmp_path / "topology.yaml"
    path.write_text(text.replace(old, "bfd: true, announce: [10.0.0.0/8, 10.20.128.0/17, 192.88.0.0/16]}\nflows"))
    return _plan(path)


def test_a_core_originates_what_its_site_announces_beyond_its_own_prefixes_and_tells_only_its_edges(written: Plan) -> None:
    core = _router(written, "south-core")
    assert [str(each.prefix) for each in core.networks] == ["10.20.0.0/16", "10.0.0.0/8", "10.20.128.0/17"]
    matched = {
        name: [match.list for entry in core.route_maps if entry.name == name for match in entry.match if isinstance(match, InPrefixes)]
        for name in ("TO-EDGE", "DCI-OUT")
    }
    assert "BEYOND-OWN" in matched["TO-EDGE"]
    assert "BEYOND-OWN" not in matched["DCI-OUT"]


def test_a_virtual_interface_announces_its_list_in_place_of_its_sites(written: Plan) -> None:
    lists = _lists(_router(written, "south-r"))
    assert lists["OWN-vs"] == ["10.0.0.0/8", "10.20.128.0/17"]
    assert lists["OTHER-vs"] == ["192.88.0.0/16"], "announced only while it is learned over the interconnect"
    north = _lists(_router(written, "north-r"))
    assert (north["OWN-vn"], north["OTHER-vn"]) == (["10.10.0.0/16"], ["0.0.0.0/0"]), "the default route only while web gives it"


def test_a_site_takes_nothing_from_aws_that_it_announces_itself(written: Plan) -> None:
    denied = {
        match.list
        for entry in _router(written, "south-r").route_maps
        if entry.name == "AWS-IN-DX" and not entry.permit
        for match in entry.match
        if isinstance(match, InPrefixes)
    }
    assert denied == {"OWN", "BEYOND-OWN"}


def test_no_site_has_a_route_that_discards_packets(written: Plan) -> None:
    """A route over the addresses of links would hide from FRR that a link is down."""
    assert not any(route for node in written.nodes for route in node.routes if "-core" in node.name)


def test_cores_with_one_asn_speak_ibgp_and_pass_on_the_routes_of_their_edges() -> None:
    core = _router(_plan(case("one-as-joined-sites")), "left-core")
    by_node = {each.node: each for each in core.neighbors}
    assert by_node["right-core"].remote_as == core.asn
    assert by_node["right-core"].next_hop_self
    assert not by_node["right-core"].reflector_client
    assert by_node["left-r"].reflector_client


def test_cores_with_one_asn_keep_preferences_and_are_farther_from_each_other_than_from_their_edges() -> None:
    plan = _plan(case("one-as-joined-sites"))
    core = _router(plan, "left-core")
    (at_right,) = (each for each in core.neighbors if each.node == "right-core")
    heard = [entry.set for entry in core.route_maps if entry.name == at_right.map_in and entry.permit]
    assert not any(isinstance(each, SetPreference) for sets in heard for each in sets)
    (route,) = (route for node in plan.nodes if node.name == "left-core" for route in node.routes)
    assert (route.prefix.network_address, route.metric) == (at_right.address, 10)


def test_a_route_reflector_of_a_site_sends_itself_as_next_hop_of_every_route() -> None:
    plan = _plan(case("one-as-joined-sites"))

    (text,) = (file.text for file in frr_files(_router(plan, "left-core"), has_default_route=False) if file.path == "frr/bgpd.conf")
    assert text.count("next-hop-self force") == 2


def test_routers_of_a_network_with_a_default_route_do_not_reach_neighbors_by_it() -> None:
    """Seen on a lab: with a default route, FRR noticed a link that was down only by BFD, 0.4 s later."""
    with_default = compile_topology(read_topology(case("default-route-from-two-sites")), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    without = compile_topology(read_topology(case("one-as-one-summary")), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    for plan, texts in ((with_default, 1), (without, 0)):
        for node in (node for node in plan.nodes if node.router):
            told = [file.text for file in node.files if file.path == "frr/mgmtd.conf"]
            assert ["no ip nht resolve-via-default" in text for text in told] == [True] * texts


def test_only_the_site_that_gives_a_default_route_originates_it_and_only_for_those_that_ask() -> None:
    plan = _plan(case("default-route-from-two-sites"))
    originated = {name: [str(each.prefix) for each in _router(plan, f"{name}-core").networks] for name in ("north", "web")}
    assert originated == {"north": ["10.10.0.0/16"], "web": ["192.88.0.0/16", "0.0.0.0/0"]}
    assert {each.map_out for each in _router(plan, "web-core").neighbors} == {"DCI-OUT-DEFAULT"}
    assert {each.map_out for each in _router(plan, "north-core").neighbors} == {"TO-EDGE", "DCI-OUT"}


def test_a_virtual_interface_takes_as_many_prefixes_as_aws_has_allocated(tmp_path: Path) -> None:
    path = tmp_path / "topology.yaml"
    path.write_text(case("hundred-and-first-prefix").read_text().replace("vlan: 1, bfd: true", "vlan: 1, bfd: true, prefix_limit: 500"))
    plan = _plan(path)
    limits = {each.node: each.maximum_prefix for device in ("mil1-1", "mil2-1") for each in _router(plan, device).neighbors}
    assert (limits["uni-r1"], limits["uni-r2"]) == (500, 100)
    assert [outlet.prefix_limit for name in ("v1", "v2") for outlet in plan.target(name).outlets] == [500, 100]
