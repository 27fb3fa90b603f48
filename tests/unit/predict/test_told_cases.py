"""What people ran into is predicted, and the audit finds it before anything is built."""

from pathlib import Path

import pytest

from lab.api.outlines import read_outline
from lab.errors import InputError
from lab.model.direction import Direction
from lab.model.plan import Timers
from lab.model.prediction import Component, FlowPrediction
from lab.predict import Predictor
from tests.told_cases import case
from tests.unit.predict.told import codes as _codes
from tests.unit.predict.told import flow as _flow
from tests.unit.predict.told import passed as _passed
from tests.unit.predict.told import rewritten as _rewritten


def test_a_static_vpn_route_beats_the_circuit_on_a_transit_gateway_from_the_first_day(tmp_path: Path) -> None:
    topology = case("static-vpn-on-tgw")
    assert "old-vpn-1" in _passed(_flow(topology, "plant-erp", "reverse"))
    assert "dub-1" in _passed(_flow(topology, "plant-erp", "forward"))
    assert "FL408" in _codes(topology)
    shorter = _rewritten(tmp_path, "static-vpn-on-tgw", "static_routes: [10.70.0.0/16]", "static_routes: [10.64.0.0/10]")
    assert "dub-1" in _passed(_flow(shorter, "plant-erp", "reverse"))
    assert "FL408" not in _codes(shorter)


def test_preference_makes_one_circuit_carry_both_directions_and_the_other_takes_over() -> None:
    topology = case("primary-and-standby")
    for direction in ("forward", "reverse"):
        assert "par1-1" in _passed(_flow(topology, "company-app", direction))
        assert "par2-1" in _passed(_flow(topology, "company-app", direction, ["d1"]))


def test_without_peering_only_the_region_with_the_vpn_survives_both_circuits() -> None:
    topology = case("two-regions")
    for direction in ("forward", "reverse"):
        assert _flow(topology, "hq-shop", direction, ["d1", "d2"]).reachable
        assert not _flow(topology, "hq-mail", direction, ["d1", "d2"]).reachable
        assert _flow(topology, "hq-mail", direction, ["d2"]).reachable


def test_with_peering_and_static_routes_both_regions_survive_both_circuits() -> None:
    topology = case("two-regions-peered")
    for direction in ("forward", "reverse"):
        assert _flow(topology, "hq-shop", direction, ["d1", "d2"]).reachable
        assert {"hub-eu", "hub-us"} <= _passed(_flow(topology, "hq-mail", direction, ["d1", "d2"]))
        assert "hub-eu" not in _passed(_flow(topology, "hq-mail", direction))
        assert not _flow(topology, "shop-mail", direction, ["peer1"]).reachable
        assert _flow(topology, "hq-mail", direction, ["peer1"]).reachable
    assert not {"FL414", "FL002"} & _codes(topology)


def test_a_gateway_that_only_a_peering_reaches_is_used(tmp_path: Path) -> None:
    text = case("two-regions-peered").read_text(encoding="utf-8").replace("associations: [hub-eu, hub-us]", "associations: [hub-eu]")
    text = text.replace(", hub-us: [172.21.0.0/16]}", "}").replace("{hub-eu: [172.20.0.0/16]", "{hub-eu: [172.20.0.0/15]")
    topology = tmp_path / "two-regions-peered.yaml"
    topology.write_text(text, encoding="utf-8")
    assert "FL002" not in _codes(topology)
    assert {"hub-eu", "hub-us"} <= _passed(_flow(topology, "hq-mail", "forward"))


def test_a_backup_in_the_circuits_duct_is_lost_with_it() -> None:
    topology = case("shared-duct")
    assert _flow(topology, "mill-plan", "forward", ["dx"]).reachable
    assert not _flow(topology, "mill-plan", "forward", ["duct-1"]).reachable
    assert "FL205" in _codes(topology)


def test_a_nat_box_before_two_gateways_takes_both_of_their_connections() -> None:
    topology = case("one-nat-box")
    for connection in ("vpn1", "vpn2"):
        assert _flow(topology, "shop-till", "forward", [connection]).reachable
    for direction in ("forward", "reverse"):
        assert not _flow(topology, "shop-till", direction, ["nat1"]).reachable
    assert "FL209" in _codes(topology)


def test_a_second_tunnel_that_has_never_come_up_does_not_help_when_aws_replaces_the_first_endpoint(tmp_path: Path) -> None:
    topology = case("never-up-tunnel")
    assert _flow(topology, "depot-stock", "forward").reachable
    assert not _flow(topology, "depot-stock", "forward", ["vpn-1"]).reachable
    assert _flow(topology, "depot-stock", "forward", ["vpn-2"]).reachable
    assert "FL508" in _codes(topology)
    right = _rewritten(tmp_path, "never-up-tunnel", ", wrong_key: 2", "")
    assert _flow(right, "depot-stock", "forward", ["vpn-1"]).reachable


def test_prepending_changes_nothing_where_a_preference_comes_first() -> None:
    topology = case("prepending-and-preference")
    assert "mumbai-2-1" in _passed(_flow(topology, "yard-data", "reverse"))
    assert "FL410" in _codes(topology)


@pytest.mark.parametrize(("octets", "gets_through"), [(1420, True), (1480, False), (8500, False)])
def test_packets_that_fit_the_circuit_do_not_all_fit_the_vpn_that_stands_in_for_it(octets: int, gets_through: bool) -> None:
    predictor = Predictor(read_outline(str(case("mtu-dx-to-vpn")), Timers.TUNED)).for_packets(octets)
    (circuit,) = (each for each in predictor.components if each.name == "dx")
    for failed, reachable in (((), True), ((circuit,), gets_through)):
        assert {flow.reachable for flow in predictor.of(failed).flows} == {reachable}
    assert {"FL603", "FL607"} <= _codes(case("mtu-dx-to-vpn"))


def test_one_tunnel_that_nobody_starts_again_is_found_and_is_not_with_startup_action_start(tmp_path: Path) -> None:
    assert {"FL504", "FL505"} <= _codes(case("single-tunnel-replacement"))
    started = _rewritten(tmp_path, "single-tunnel-replacement", "startup_action: add", "startup_action: start")
    assert "FL504" not in _codes(started)
    for topology, end in ((case("single-tunnel-replacement"), None), (started, "link-1")):
        (tunnel,) = read_outline(str(topology), Timers.TUNED).tunnels
        again = tunnel.restarter(tunnel.aws.node)
        assert (again.node if again else None) == end


def test_firewalls_that_keep_state_lose_flows_only_where_equal_paths_share_them(tmp_path: Path) -> None:
    spread = case("ecmp-stateful-firewall")
    assert "FL412" in _codes(spread)
    assert _flow(spread, "edge-work", "forward").reachable
    lost = _flow(spread, "edge-work", "reverse")
    assert not lost.reachable, "the other half of the flows is lost"
    assert lost.paths
    assert lost.because == "fw1 and fw2 keep state and have not seen the start of the flow"
    one_each_way = _rewritten(tmp_path, "ecmp-stateful-firewall", "vpn_ecmp: true", "vpn_ecmp: false")
    for failed, edge in (((), "fw1"), (("t1",), "fw2")):
        for direction in ("forward", "reverse"):
            flow = _flow(one_each_way, "edge-work", direction, failed)
            assert flow.reachable
            assert edge in _passed(flow)
    assert not {"FL412", "FL413"} & _codes(one_each_way)
    stateless = _rewritten(tmp_path, "ecmp-stateful-firewall", "stateful: true", "stateful: false")
    assert _flow(stateless, "edge-work", "reverse").reachable


def test_a_virtual_private_gateway_leaves_one_of_two_tunnels_idle() -> None:
    (path,) = _flow(case("idle-tunnel"), "shop-till", "reverse").paths
    assert [node for node in path if node.startswith("vpn-")] == ["vpn-1"]


def test_an_old_virtual_private_gateway_keeps_the_asn_that_amazon_gave_it(tmp_path: Path) -> None:
    topology = case("legacy-amazon-asn")
    plan = read_outline(str(topology), Timers.TUNED)
    shown = {neighbor.local_as for node in plan.nodes if node.router for neighbor in node.router.neighbors}
    assert shown == {None, 9059}
    for direction in ("forward", "reverse"):
        assert "dub-1" in _passed(_flow(topology, "mill-legacy", direction))
        assert "backup-1" in _passed(_flow(topology, "mill-legacy", direction, ["dx"]))
    elsewhere = _rewritten(tmp_path, "legacy-amazon-asn", "eu-west-1", "eu-west-2")
    with pytest.raises(InputError, match=r"AWS gave them 7224 there \(write asn: 7224\)"):
        read_outline(str(elsewhere), Timers.TUNED)


def test_prepending_on_one_vpn_connection_orders_the_two_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    topology = case("vpn-order-by-as-path")
    lines = topology.read_text().splitlines(keepends=True)
    first, second = (next(line for line in lines if line.startswith(f"  {each}:")) for each in ("first", "second"))
    swapped = _rewritten(tmp_path, "vpn-order-by-as-path", first + second, second + first)
    for each in (topology, swapped):
        for direction in ("forward", "reverse"):
            assert "first-1" in _passed(_flow(each, "bank-api", direction))
            assert "second-1" in _passed(_flow(each, "bank-api", direction, ["bank-a"]))


def test_without_a_prepend_and_a_preference_the_order_of_the_file_decides(tmp_path: Path) -> None:
    text = (
        case("vpn-order-by-as-path").read_text().replace(", as_path_prepend: 2", "").replace(", prefer: 110, accept: [172.16.0.0/12]", "")
    )
    lines = text.splitlines(keepends=True)
    first, second = (next(line for line in lines if line.startswith(f"  {each}:")) for each in ("first", "second"))
    for name, order in (("first", first + second), ("second", second + first)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text.replace(first + second, order))
        assert f"{name}-1" in _passed(_flow(path, "bank-api", "reverse"))


def _dark(topology: Path, *circuits: str) -> dict[tuple[str, Direction], FlowPrediction]:
    """What the flows do when circuits lose all packets while their lights stay on."""
    plan = read_outline(str(topology), Timers.TUNED)
    links = tuple(link for each in circuits for link in plan.target(each).links)
    silent = Component(name="dark", what="circuits", fault="silent-loss", silent=links)
    return {(each.flow, each.direction): each for each in Predictor(plan).of((silent,)).flows}


def test_bfd_ends_graceful_restart_unless_the_router_checks_the_control_plane() -> None:
    flows = _dark(case("bfd-and-graceful-restart"), "dx", "dx2")
    for name, direction in (("press-ads", "forward"), ("press-ads", "reverse"), ("print-ads", "reverse")):
        told = flows[name, direction]
        assert told.noticed_by == "BFD"
        assert told.outage_seconds is not None
        assert told.outage_seconds[1] < 1.5
    kept = flows["print-ads", "forward"]
    assert kept.noticed_by == "restart time"
    assert kept.outage_seconds is not None
    assert 122 < kept.outage_seconds[0] < kept.outage_seconds[1] < 124


def test_without_bfd_graceful_restart_keeps_dead_routes_at_both_ends(tmp_path: Path) -> None:
    name, line = "bfd-and-graceful-restart", "bfd: true, graceful_restart: 120s}"
    flows = _dark(_rewritten(tmp_path, name, line, "timers: {keepalive: 10s, hold: 30s}, graceful_restart: 60s}"), "dx")
    for direction, restart in (("forward", 120), ("reverse", 60)):
        told = flows["press-ads", direction]
        assert told.noticed_by == "restart time"
        assert told.outage_seconds is not None
        assert restart + 19 < told.outage_seconds[0] < told.outage_seconds[1] < restart + 31


def test_graceful_restart_is_found_with_and_without_bfd() -> None:
    assert "FL507" in _codes(case("bfd-and-graceful-restart"))


@pytest.mark.parametrize(
    ("chosen", "least", "most"),
    [("bfd: true", 0.6, 1.2), ("bfd: true, bfd_interval: 1s", 2.0, 3.3), ("bfd: true, bfd_interval: 50ms, bfd_multiplier: 5", 0.6, 1.8)],
)
def test_the_slower_interval_of_bfd_counts_and_each_end_waits_for_the_others_multiplier(
    chosen: str, least: float, most: float, tmp_path: Path
) -> None:
    flows = _dark(_rewritten(tmp_path, "bfd-and-graceful-restart", "bfd: true, graceful_restart: 120s}", f"{chosen}}}"), "dx")
    for direction in ("forward", "reverse"):
        told = flows["press-ads", direction]
        assert told.noticed_by == "BFD"
        assert told.outage_seconds is not None
        assert least <= told.outage_seconds[0] < told.outage_seconds[1] <= most


def test_the_default_route_of_the_preferred_site_is_used_even_when_its_internet_is_gone(tmp_path: Path) -> None:
    topology = _rewritten(tmp_path, "default-route-from-two-sites", "default_route_from: web, ", "")
    for direction in ("forward", "reverse"):
        assert "dub1-1" in _passed(_flow(topology, "app-web", direction))
        assert "dub2-1" in _passed(_flow(topology, "app-web", direction, ["dn"]))
    assert not _flow(topology, "app-web", "forward", ["north-line"]).reachable
    assert "dub2-1" in _passed(_flow(topology, "app-web", "reverse", ["north-line"]))
    assert "FL106" in _codes(topology)
    assert "FL103" not in _codes(topology), "south is another path, so the line is not the only one"


def test_a_site_announces_a_default_route_only_while_it_has_one() -> None:
    topology = case("default-route-from-two-sites")
    for direction in ("forward", "reverse"):
        assert "dub1-1" in _passed(_flow(topology, "app-web", direction))
        for failed in ("dn", "north-line"):
            moved = _flow(topology, "app-web", direction, [failed])
            assert "dub2-1" in _passed(moved)
            assert moved.outage_seconds is not None
            assert moved.outage_seconds[1] < 1.0
    assert not _flow(topology, "app-web", "forward", ["north-line", "south-line"]).reachable
    assert _flow(topology, "south-app", "forward", ["north-line", "south-line"]).reachable
    assert "FL106" not in _codes(topology)


def test_a_site_that_gives_a_default_route_inside_announces_nothing_hollow(tmp_path: Path) -> None:
    """South gives north a default route. It has a circuit of its own, but does not announce the route to AWS."""
    old = "announce: [0.0.0.0/0, 10.20.0.0/16], default_route_from: web, edges"
    topology = _rewritten(tmp_path, "default-route-from-two-sites", old, "edges")
    topology.write_text(
        topology.read_text().replace("default_route_from: web", "default_route_from: south").replace("north, web", "north, south")
    )
    topology.write_text(topology.read_text().replace("  app-web: {from: app, to: web}\n", ""))
    assert "FL106" not in _codes(topology)


def test_default_routes_of_two_sites_share_flows_unless_one_is_preferred(tmp_path: Path) -> None:
    equal = _rewritten(tmp_path, "default-route-from-two-sites", ", local_preference: high", "")
    assert len(_flow(equal, "app-web", "forward").paths) == 2


def test_a_site_that_announces_only_what_it_learns_withdraws_it(tmp_path: Path) -> None:
    learned = _rewritten(tmp_path, "default-route-from-two-sites", "0.0.0.0/0", "192.88.0.0/16")
    learned.write_text(learned.read_text().replace("default_route_from: web, ", ""))
    assert "dub2-1" in _passed(_flow(learned, "app-web", "forward", ["north-line"]))
    assert "FL106" not in _codes(learned)


def test_an_edge_that_originates_the_prefix_attracts_packets_without_its_lan(tmp_path: Path) -> None:
    cut = _flow(case("late-lan"), "dc1-app", "reverse", ["dc1-core--dc1-r1"])
    assert not cut.reachable
    core = _rewritten(tmp_path, "late-lan", "originated_by: edges", "originated_by: core")
    moved = _flow(core, "dc1-app", "reverse", ["dc1-core--dc1-r1"])
    assert moved.reachable
    assert "dc1-r2" in _passed(moved)


def test_bfd_that_is_slower_than_the_hold_time_notices_nothing_first(tmp_path: Path) -> None:
    slow = "bfd: true, bfd_interval: 1s, bfd_multiplier: 4}"
    flows = _dark(_rewritten(tmp_path, "bfd-and-graceful-restart", "bfd: true, graceful_restart: 120s}", slow), "dx")
    assert flows["press-ads", "forward"].noticed_by == "BFD"
    late = flows["press-ads", "reverse"]
    assert late.noticed_by == "hold time"
    assert late.outage_seconds is not None
    assert 2.0 < late.outage_seconds[0] < 2.57 < late.outage_seconds[1] < 3.3
