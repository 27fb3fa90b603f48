"""Predictions of the shipped networks: paths, outages and reasons that were measured on real labs, and that prove each other."""

from itertools import combinations

import pytest

from lab.model.plan import Plan, Timers
from lab.model.prediction import Component, FlowPrediction, SetPrediction
from lab.predict import Predictor
from lab.predict.network import Network
from lab.predict.tables import Table
from lab.predict.wires import all_damage
from tests.shipped import TOPOLOGIES, shipped_plan


def _set(predictor: Predictor, *names: str) -> SetPrediction:
    known = {each.name: each for each in predictor.components}
    return predictor.of([known[name] for name in names])


def _flow(one: SetPrediction, flow: str, direction: str) -> FlowPrediction:
    return next(each for each in one.flows if (each.flow, each.direction) == (flow, direction))


@pytest.fixture(scope="module")
def hybrid() -> Predictor:
    return Predictor(shipped_plan("hybrid-backup"))


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_flow_of_a_healthy_network_arrives(name: str) -> None:
    before = Predictor(shipped_plan(name)).of(())
    assert all(each.reachable and each.paths and each.outage_seconds == (0.0, 0.0) and not each.because for each in before.flows)


def test_a_cut_circuit_moves_each_direction_by_a_router_after_the_other(hybrid: Predictor) -> None:
    """Measured: 0.20, 0.10, 0.15 and 0.10 s. Each router that decides again takes about 52 ms."""
    cut = _set(hybrid, "dx1")
    assert _flow(cut, "dc1-app", "forward").paths == (("dc1-host", "dc1-core", "dc2-core", "dc2-r1", "vpn1-1", "vgw", "app-host"),)
    routers = {("dc1-app", "forward"): 4, ("dc1-app", "reverse"): 2, ("dc2-app", "forward"): 3, ("dc2-app", "reverse"): 2}
    for (flow, direction), number in routers.items():
        found = _flow(cut, flow, direction)
        assert found.outage_seconds is not None
        assert found.outage_seconds[0] == pytest.approx(0.05 * number)
        assert found.noticed_by == "link"
    assert _flow(cut, "dc1-dc2", "forward").outage_seconds == (0.0, 0.0)


def test_a_dead_device_is_noticed_by_bfd_and_without_bfd_by_the_hold_time(hybrid: Predictor) -> None:
    tuned = _flow(_set(hybrid, "loc-a-1"), "dc1-app", "forward")
    default = _flow(_set(Predictor(shipped_plan("hybrid-backup", Timers.DEFAULT)), "loc-a-1"), "dc1-app", "forward")
    assert (tuned.noticed_by, default.noticed_by) == ("BFD", "hold time")
    assert tuned.outage_seconds is not None
    assert 0.6 < tuned.outage_seconds[0] < tuned.outage_seconds[1] < 1.5
    assert default.outage_seconds is not None
    assert 60 < default.outage_seconds[0] < default.outage_seconds[1] < 92


def test_a_lost_gateway_cuts_its_flows_off_and_says_why(hybrid: Predictor) -> None:
    lost = _set(hybrid, "vgw")
    assert _flow(lost, "dc1-app", "reverse").because == "app-host still sends to vgw, which is dead"
    assert _flow(lost, "dc1-app", "forward").because == "dc1-core has no route to 172.31.0.10"
    assert not _flow(lost, "dc1-app", "forward").reachable
    assert _flow(lost, "dc1-app", "forward").outage_seconds is None


def test_an_allowed_prefix_without_its_gateway_leads_into_a_hole() -> None:
    """The device announces it in any state of the gateway behind (D23 3.4), so the site keeps sending."""
    lost = _set(Predictor(shipped_plan("hybrid-backup-tgw")), "loc-a-1--tgw")
    assert _flow(lost, "dc1-app", "forward").because == "loc-a-1 has no route to 172.31.0.10"
    assert not _flow(lost, "dc1-app", "forward").reachable


def test_an_explanation_names_the_rule_and_both_values(hybrid: Predictor) -> None:
    explained = hybrid.explained(())
    back = next(each for each in explained.flows if (each.flow, each.direction) == ("dc1-app", "reverse"))
    assert back.because[0] == "vgw takes 10.1.0.0/16 from loc-a-1: local preference (420 to 200) beats vpn1-1 and vpn1-2"


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_the_order_in_which_components_fail_does_not_matter(name: str) -> None:
    """Tables worked out from the healthy ones are those worked out from nothing: one stable state, however it is reached."""
    predictor = Predictor(shipped_plan(name))
    network = Network(predictor.plan, prunes=False)
    for failed in _some_failures(predictor):
        damage = all_damage(map(network.wires.damage, failed))
        for onward in network.after(damage).groups:
            assert _shared(onward) == _shared(network.afresh(onward.number, damage))


def _shared(table: Table) -> dict[str, tuple[int, ...]]:
    return {router: decision.shared for router, decision in table.decisions.items() if decision.shared}


def _some_failures(predictor: Predictor) -> list[tuple[Component, ...]]:
    """Every single failure, and some sixty double ones."""
    pairs = list(combinations(predictor.components, 2))
    return [*((one,) for one in predictor.components), *pairs[:: max(1, len(pairs) // 60)]]


def test_sharing_names_every_equal_path() -> None:
    plan: Plan = shipped_plan("maximum-resiliency")
    back = _flow(Predictor(plan).of(()), "dc1-app", "reverse")
    assert {path[2] for path in back.paths} == {"loc-a-1", "loc-b-1"}


def test_a_tunnel_that_is_deleted_together_with_its_dead_end_is_noticed_like_the_dead_end() -> None:
    """A dead endpoint cannot tell the customer gateway that its IKE SA is deleted. A sweep of two found it."""
    predictor = Predictor(shipped_plan("active-active-vpn"))
    known = {each.name: each for each in predictor.components}
    both = predictor.of([known["vpn1"], known["vpn1-1"]]).flows[0]
    alone = predictor.of([known["vpn1"]]).flows[0]
    assert (alone.noticed_by, both.noticed_by) == ("IKE", "hold time")
    assert both.outage_seconds is not None
    assert both.outage_seconds[0] > 2.0
