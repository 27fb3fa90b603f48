"""Availability: small networks against figures worked out by hand, and what is stated against what is usual."""

from dataclasses import replace
from itertools import product
from math import prod

import pytest

from lab.model.availability import MINUTES_A_YEAR, USUAL, Availability, FlowAvailability
from lab.model.stated import Stated
from lab.predict import Predictor
from lab.predict.availability import availability
from lab.predict.chances import Chances
from lab.predict.diagram import Diagrams, Steps, TooLargeError
from lab.predict.reliability import reliabilities
from lab.views.predict.availability_text import availabilities_text
from tests.shipped import TOPOLOGIES, shipped_plan

NEVER = tuple(Stated(name=kind, availability=1, failures_a_year=0) for kind in USUAL)
"""No component fails but those that a test names."""


def _only(topology: str, **up: float) -> Availability:
    stated = [Stated(name=name.replace("_", "-"), availability=each) for name, each in up.items()]
    return availability(Predictor(shipped_plan(topology)), (*NEVER, *stated))


def _flow(one: Availability, name: str) -> FlowAvailability:
    return next(each for each in one.flows if each.flow == name)


def test_components_in_series_multiply() -> None:
    flow = _flow(_only("sitelink-only", dx1=0.99, dc1_r1=0.98, vgw=0.97), "dc1-app")
    assert flow.probability == pytest.approx(0.99 * 0.98 * 0.97, abs=1e-15)
    assert flow.minutes_a_year == pytest.approx((1 - 0.99 * 0.98 * 0.97) * MINUTES_A_YEAR)
    assert [(each.failed, pytest.approx(each.minutes_a_year)) for each in flow.dominated_by] == [
        (("vgw",), 0.03 * MINUTES_A_YEAR), (("dc1-r1",), 0.02 * MINUTES_A_YEAR), (("dx1",), 0.01 * MINUTES_A_YEAR),
    ]  # fmt: skip


def test_parallel_circuits_are_lost_only_together() -> None:
    flow = _flow(_only("redundant-dx", dx1=0.99, dx2=0.98), "dc1-app")
    assert 1 - flow.probability == pytest.approx(0.01 * 0.02)
    assert [each.failed for each in flow.dominated_by] == [("dx1", "dx2")]
    assert {each.component: each.minutes_a_year for each in flow.contributions} == pytest.approx(
        dict.fromkeys(("dx1", "dx2"), 0.0002 * MINUTES_A_YEAR)
    )


def test_a_shared_risk_fails_in_addition_to_its_circuits() -> None:
    """dc1 is lost with (its duct, or both its circuits) and the way through dc2."""
    flow = _flow(_only("maximum-resiliency", dx1=0.9, dx2=0.9, dc1_duct=0.95, dci=0.8), "dc1-app")
    own = 1 - (1 - 0.1 * 0.1) * 0.95
    assert 1 - flow.probability == pytest.approx(own * 0.2)
    assert {frozenset(each.failed) for each in flow.dominated_by} == {frozenset({"dc1-duct", "dci"}), frozenset({"dx1", "dx2", "dci"})}


def test_the_sites_of_a_flow_do_not_fail_for_it() -> None:
    found = _only("hybrid-backup", dc1=0.5, dx1=0.9)
    assert _flow(found, "dc1-app").probability == 1
    assert _flow(found, "dc2-app").probability == 1, "the VPN of dc2 remains"
    assert _flow(_only("hybrid-backup", dc1=0.5, vpn1=0.9), "dc2-app").probability == pytest.approx(1 - 0.5 * 0.1)


def test_brute_force_over_all_states_gives_the_same_probability() -> None:
    up = {"dci": 0.9, "dx1": 0.8, "isp-a": 0.7, "vpn1-1": 0.6, "dc2-r1": 0.95, "loc-a": 0.85, "vgw": 0.99, "tunnel vpn1-2": 0.75}
    predictor = Predictor(shipped_plan("hybrid-backup"))
    found = availability(predictor, (*NEVER, *(Stated(name=name, availability=each) for name, each in up.items())))
    known = {each.name: each for each in predictor.components}
    expected = dict.fromkeys((flow.flow for flow in found.flows), 0.0)
    for state in product((True, False), repeat=len(up)):
        chance = prod(each if is_up else 1 - each for each, is_up in zip(up.values(), state, strict=True))
        flows = predictor.of([known[name] for name, is_up in zip(up, state, strict=True) if not is_up]).flows
        for name in expected:
            expected[name] += chance * all(each.reachable for each in flows if each.flow == name)
    assert {each.flow: each.probability for each in found.flows} == pytest.approx(expected, abs=1e-12)


def test_failovers_cost_their_outage_as_often_as_they_happen() -> None:
    predictor = Predictor(shipped_plan("hybrid-backup"))
    found = availability(predictor, (*NEVER, Stated(name="dx1", failures_a_year=60)))
    alone = predictor.of([each for each in predictor.components if each.name == "dx1"])
    slowest = [each.outage_seconds for each in alone.flows if each.flow == "dc1-app" and each.outage_seconds]
    flow = _flow(found, "dc1-app")
    assert (flow.minutes_a_year, flow.probability) == (0, 1)
    assert flow.failover_minutes == pytest.approx((max(each[0] for each in slowest), max(each[1] for each in slowest)))
    assert slowest[0][1] > 0.2


def test_a_component_goes_before_its_kind_and_its_kind_before_what_is_usual() -> None:
    components = Predictor(shipped_plan("maximum-resiliency")).components
    kind, own = Stated(name="Direct Connect connection", availability=0.9), Stated(name="dx2", availability=0.8, failures_a_year=3)
    found = {each.component: each for each in reliabilities(components, (kind, own))}
    usual = USUAL["edge router"]
    assert (found["dx1"].availability, found["dx1"].failures_a_year) == (0.9, pytest.approx(0.1 * 8760 / 4))
    assert (found["dx2"].availability, found["dx2"].failures_a_year, found["dx2"].source) == (0.8, 3, "the topology")
    assert (found["dc1-r1"].availability, found["dc1-r1"].source) == (usual.availability, usual.source)


def test_each_of_two_figures_has_its_own_source() -> None:
    components = Predictor(shipped_plan("hybrid-backup")).components
    usual = USUAL["internet provider"].source
    found = {each.component: each for each in reliabilities(components, (Stated(name="isp-a", failures_a_year=12),))}
    assert (found["isp-a"].failures_a_year, found["isp-a"].source, found["isp-a"].failures_source) == (12, usual, "the topology")
    text = availabilities_text((availability(Predictor(shipped_plan("hybrid-backup")), (Stated(name="isp-a", failures_a_year=12),)),))
    assert f"    how often up: {usual}; how often it fails: the topology\n" in text


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_kind_of_component_has_a_usual_figure(name: str) -> None:
    assert {each.what for each in Predictor(shipped_plan(name)).components} <= USUAL.keys()


def test_too_many_states_leave_a_bound_that_holds() -> None:
    predictor = Predictor(shipped_plan("redundant-dx"))
    exact, rough = availability(predictor, ()), availability(predictor, (), most_nodes=300)
    assert [each.most_failures for each in exact.flows] == [None, None, None]
    assert [each.most_failures for each in rough.flows] == [1, 1, None], "the last flow is small, and fits alone"
    assert rough.flows[2].probability == exact.flows[2].probability
    for one, other in zip(exact.flows[:2], rough.flows[:2], strict=True):
        assert one.unknown_minutes == 0 < other.unknown_minutes < 0.01 * MINUTES_A_YEAR
        assert other.minutes_a_year <= one.minutes_a_year <= other.minutes_a_year + other.unknown_minutes


def test_too_many_steps_leave_single_failures() -> None:
    predictor = Predictor(shipped_plan("redundant-dx"))
    assert [each.most_failures for each in availability(predictor, (), most_steps=0).flows] == [1, 1, 1]
    diagrams = Diagrams(steps=Steps(3))
    one, other = diagrams.has_failed(0), diagrams.has_failed(1)
    assert diagrams.combined(bool, one) == one, "one node and two ends are three steps"
    with pytest.raises(TooLargeError):
        diagrams.either(one, other)


def test_flows_that_do_not_fit_together_are_worked_out_one_by_one() -> None:
    predictor = Predictor(shipped_plan("redundant-dx"))
    together, apart = availability(predictor, ()), availability(predictor, (), most_nodes=600)
    assert [each.probability for each in apart.flows] == [each.probability for each in together.flows]


def test_what_a_part_of_a_device_costs_is_counted_in_the_device() -> None:
    whole, *others = Predictor(shipped_plan("redundant-dx")).components
    device = replace(whole, name="loc-a-1", what="Direct Connect device", nodes=("loc-a-1-x", "loc-a-1-y"))
    part = replace(device, name="loc-a-1-x", nodes=("loc-a-1-x",))
    found = {each.component: each for each in reliabilities((device, part, *others), ())}
    assert found["loc-a-1"].availability < found["loc-a-1-x"].availability == 1
    assert found["loc-a-1-x"].source == "counted in loc-a-1"


def test_two_of_three_is_worked_out_by_hand() -> None:
    """At least two of three with 0.1 each: 3 × 0.1² × 0.9 + 0.1³."""
    diagrams = Diagrams()
    failed = [diagrams.has_failed(level) for level in range(3)]
    pairs = [diagrams.both(failed[one], failed[other]) for one, other in ((0, 1), (0, 2), (1, 2))]
    function, chances = diagrams.either(*pairs), Chances(diagrams, [0.1, 0.1, 0.1])
    assert chances.of(function, diagrams.yes) == pytest.approx(0.028)
    assert chances.of_each(function) == pytest.approx(dict.fromkeys(range(3), 0.1 * (0.19 - 0.01)))
    assert set(chances.smallest_sets(function, 3)) == {frozenset({0, 1}), frozenset({0, 2}), frozenset({1, 2})}
    assert chances.of(diagrams.without(function, frozenset({0})), diagrams.yes) == pytest.approx(0.01)
    assert diagrams.without(diagrams.either(*pairs[:2]), frozenset({0})) == diagrams.no
