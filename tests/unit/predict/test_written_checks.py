"""The prediction for a check that a person wrote: the same as for the set of components that its faults break."""

from dataclasses import replace

import pytest

from lab.model.aws import TUNNEL_MTU
from lab.model.check import Check, Step
from lab.model.fault import Fault, Freeze, LinkDown, NodeKill, SilentLoss, TunnelDown
from lab.model.prediction import Foreseen
from lab.predict import Predictor
from lab.predict.written import foreseen
from tests.shipped import shipped_plan


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor(shipped_plan("hybrid-backup"))


def _step(kind: str, target: str, fault: Fault, at: float = 2.0, duration: float = 8.0) -> Step:
    return Step(kind=kind, target=target, fault=fault, at=at, duration=duration)


def _check(*steps: Step) -> Check:
    return Check(name="mine", summary="", steps=steps, expectations=())


def _dx1(predictor: Predictor) -> LinkDown:
    return LinkDown(links=next(each.links for each in predictor.components if each.name == "dx1"))


def _outages(found: Foreseen | None) -> dict[tuple[str, str], tuple[float, float] | None]:
    assert found is not None
    return {(each.flow, each.direction): each.outage_seconds for each in found.during.flows}


@pytest.mark.parametrize("name", ["dx1", "vgw", "vpn1", "dci"])
def test_a_fault_that_breaks_a_component_has_the_components_prediction(predictor: Predictor, name: str) -> None:
    component = next(each for each in predictor.components if each.name == name)
    faults = {
        "link-down": LinkDown(links=component.links),
        "node-kill": NodeKill(nodes=component.nodes),
        "tunnel-down": TunnelDown(tunnels=component.tunnels),
    }
    found = foreseen(predictor, _check(_step(component.fault, name, faults[component.fault])))
    assert found is not None
    assert found.during.flows == predictor.of([component]).flows
    assert found.before == predictor.of(())


def test_a_silent_loss_takes_the_same_path_as_a_cut_and_is_noticed_later(predictor: Predictor) -> None:
    cut = foreseen(predictor, _check(_step("link-down", "dx1", _dx1(predictor))))
    silent = foreseen(predictor, _check(_step("silent-loss", "dx1", SilentLoss(links=_dx1(predictor).links))))
    assert cut is not None
    assert silent is not None
    flows = cut.flow("dc1-app", "forward"), silent.flow("dc1-app", "forward")
    assert all(flow and flow.outage_seconds for flow in flows)
    assert [flow.noticed_by for flow in flows if flow] == ["link", "BFD"]
    assert len({flow.paths for flow in flows if flow}) == 1


def test_a_flow_that_may_still_be_out_when_the_fault_ends_has_no_prediction(predictor: Predictor) -> None:
    short = _check(_step("silent-loss", "dx1", SilentLoss(links=_dx1(predictor).links), duration=1.0))
    long = replace(short, steps=(replace(short.steps[0], duration=8.0),))
    assert set(_outages(foreseen(predictor, short))) < set(_outages(foreseen(predictor, long)))


def test_faults_that_begin_or_end_apart_or_that_are_not_predicted_have_no_prediction(predictor: Predictor) -> None:
    cut, frozen = _step("link-down", "dx1", _dx1(predictor)), _step("freeze", "dc1-r1", Freeze(node="dc1-r1"))
    one_way = _step("silent-loss", "dx1", SilentLoss(links=_dx1(predictor).links, way="a-to-b"))
    assert foreseen(predictor, _check(cut, replace(cut, at=3.0, duration=7.0))) is None
    assert foreseen(predictor, _check(cut, replace(cut, duration=7.0))) is None
    for steps in ((), (frozen,), (cut, frozen), (one_way,)):
        assert foreseen(predictor, _check(*steps)) is None


def test_probes_that_are_too_long_for_a_tunnel_are_cut_off_when_only_the_vpn_is_left(predictor: Predictor) -> None:
    cut = _check(_step("link-down", "dx1", _dx1(predictor)))
    for size, reachable in ((TUNNEL_MTU, True), (TUNNEL_MTU + 1, False)):
        known = foreseen(predictor, replace(cut, probe_size=size))
        assert known is not None
        assert all(flow.reachable for flow in known.before.flows)
        for direction in ("forward", "reverse"):
            flow = known.flow("dc1-app", direction)
            assert flow is not None
            assert (flow.reachable, flow.tolerated is not None) == (reachable, reachable)
