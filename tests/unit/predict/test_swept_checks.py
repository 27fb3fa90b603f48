"""A sweep writes a check for each set of failed components: its faults, its promises, and how long it lasts."""

import pytest

from lab.api.predict import predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.errors import InputError
from lab.model.check import Check
from lab.model.fault import LinkDown, NodeKill, TunnelDown
from lab.model.plan import Timers
from lab.predict import Predictor
from tests.shipped import ROOT, shipped_plan


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return {each.name: each for each in sweep_checks(shipped_plan("hybrid-backup"), Sweep(most=1), None)}


def _one(name: str, most: int = 1, timers: Timers = Timers.TUNED) -> Check:
    (found,) = sweep_checks(shipped_plan("hybrid-backup", timers), Sweep(most=most), name)
    return found


def test_every_component_is_broken_once_in_its_own_way(checks: dict[str, Check]) -> None:
    """The carrier and the circuit have the same links, so one check stands for both."""
    components = Predictor(shipped_plan("hybrid-backup")).components
    broken = {(each.links, each.nodes, each.tunnels) for each in components}
    assert len(checks) == len(broken) < len(components)
    assert "dx1" in checks
    assert "carrier-a" not in checks


def test_a_set_breaks_what_its_components_are(checks: dict[str, Check]) -> None:
    assert checks["dx1"].steps[0].fault == LinkDown(links=("dc1-r1--dx1", "dx1--loc-a-1"))
    assert checks["vgw"].steps[0].fault == NodeKill(nodes=("vgw",))
    assert checks["tunnel vpn1-1"].steps[0].fault == TunnelDown(tunnels=("vpn1-1",))


def test_the_faults_of_a_set_go_in_at_one_instant_and_a_dead_node_needs_no_second_fault() -> None:
    both = _one("dx1 + vpn1", 2)
    assert [step.kind for step in both.steps] == ["tunnel-down", "link-down"]
    assert len({(step.at, step.duration) for step in both.steps}) == 1
    assert [step.kind for step in _one("vpn1-1 + tunnel vpn1-1", 2).steps] == ["node-kill"]


def test_the_promises_are_the_predicted_interval_and_a_margin(checks: dict[str, Check]) -> None:
    forward = next(each for each in checks["dx1"].expectations if (each.flow, each.directions) == ("dc1-app", ("forward",)))
    foreseen = checks["dx1"].foreseen
    assert foreseen is not None
    assert forward.during is not None
    flow = foreseen.flow("dc1-app", "forward")
    assert flow is not None
    predicted = flow.outage_seconds
    assert predicted is not None
    least, most = predicted
    assert forward.during.outage_at_least is not None
    assert forward.during.outage_at_most is not None
    assert 0 < forward.during.outage_at_least < least < most < forward.during.outage_at_most < most + 0.5
    cut = next(each for each in checks["vgw"].expectations if each.flow == "dc1-app")
    assert cut.during is not None
    assert not cut.during.reachable


def test_a_set_that_no_flow_feels_promises_that_nothing_is_touched(checks: dict[str, Check]) -> None:
    assert checks["isp-a"].touches_nothing
    assert checks["isp-a"].expectations == ()
    assert not checks["dx1"].touches_nothing


@pytest.mark.parametrize("timers", Timers)
def test_a_flow_that_is_to_be_cut_off_for_good_has_time_to_come_back(timers: Timers) -> None:
    """Otherwise a flow that a hold time would bring back passes for one that is cut off."""
    holds = {Timers.TUNED: 3.0, Timers.DEFAULT: 90.0}
    cut = _one("dci", timers=timers)
    assert cut.foreseen is not None
    flow = cut.foreseen.flow("dc1-dc2", "forward")
    assert flow is not None
    assert flow.outage_seconds is None
    assert all(step.duration > holds[timers] + 1 for step in cut.steps)


@pytest.mark.parametrize("timers", Timers)
def test_a_fault_lasts_longer_than_its_longest_outage(timers: Timers) -> None:
    for each in sweep_checks(shipped_plan("hybrid-backup", timers), Sweep(most=1), None):
        assert each.foreseen is not None
        outages = [flow.outage_seconds[1] for flow in each.foreseen.during.flows if flow.outage_seconds]
        assert all(step.duration > max(outages) + 1 for step in each.steps)


@pytest.mark.parametrize(("name", "outlives"), [("tunnel vpn1-1", False), ("tunnel vpn1-1 + dci", True)])
def test_a_tunnel_that_fails_with_something_else_stays_down_until_its_bgp_session_has_ended(name: str, outlives: bool) -> None:
    """Otherwise its endpoint still has a route when the tunnel is up again, although the customer gateway has lost it."""
    hold = 3.0
    assert [step.duration is not None and step.duration > hold for step in _one(name, most=2).steps] == [outlives] * (1 + outlives)


def test_a_set_that_does_not_exist_is_told_with_the_near_one() -> None:
    with pytest.raises(InputError) as told:
        _one("dx2")
    assert "has no component 'dx2' (did you mean 'dx1'?" in str(told.value)


def test_every_shipped_network_can_be_swept() -> None:
    assert len(sweep_checks(shipped_plan("active-active-vpn"), Sweep(most=1), None)) == 61


def test_only_a_flow_that_was_cut_off_may_be_out_after_the_repair(checks: dict[str, Check]) -> None:
    afters = {(each.flow, each.during.reachable): each.after for each in checks["vgw"].expectations if each.during}
    moved = next(each.after for each in checks["dx1"].expectations)
    assert moved is not None
    assert set(afters) == {("dc1-app", False), ("dc2-app", False)}
    assert moved.outage_at_most == 0.15
    assert all(after and after.outage_at_most == 5.65 for after in afters.values())


@pytest.mark.parametrize("nothing", ["", "+", " + "])
def test_a_set_of_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(InputError, match=r"^--check: no component is named"):
        _one(nothing)


def test_too_many_sets_are_refused_with_their_number() -> None:
    with pytest.raises(InputError, match=r"^--sweep: hybrid-backup has \d{6,} sets of up to 9 of its 28 components"):
        sweep_checks(shipped_plan("hybrid-backup"), Sweep(most=9), None)
    with pytest.raises(InputError, match=r"^--failures: hybrid-backup has \d{6,} sets of up to 9 of its 32 components"):
        predictions([str(ROOT / "topologies" / "hybrid-backup.yaml")], Timers.TUNED, 9)
