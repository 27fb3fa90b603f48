"""A LAG is down when fewer members than its minimum links have light: on paper, for every set of failures, and in the words of faults."""

from dataclasses import replace
from itertools import combinations

import pytest

from lab.api.audit import audits
from lab.compiler import compile_topology
from lab.errors import InputError
from lab.intent import resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.fault import CarrierLoss, LinkDown, SilentLoss
from lab.model.lag import Lag
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from lab.predict import Predictor
from lab.predict.diagram import Diagrams
from tests.networks import HYBRID
from tests.told_cases import case

_FIRST = HYBRID.connections[0]
NAME, EDGE = _FIRST.name, _FIRST.edge


def _with_lag(members: int, minimum_links: int, circuits: Circuits = Circuits.CABLES) -> Plan:
    connections = (replace(_FIRST, lag=Lag(members=members, minimum_links=minimum_links)), *HYBRID.connections[1:])
    topology = replace(HYBRID, connections=connections)
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=circuits)


def _changes(predictor: Predictor, *failed: str) -> bool:
    components = {each.name: each for each in predictor.components}
    return bool(predictor.affected([components[each] for each in failed]))


@pytest.mark.parametrize("circuits", Circuits)
@pytest.mark.parametrize(("members", "minimum_links"), [(2, 0), (2, 1), (2, 2), (3, 2), (4, 1)])
def test_a_lag_is_down_when_more_members_fail_than_it_can_spare(members: int, minimum_links: int, circuits: Circuits) -> None:
    plan = _with_lag(members, minimum_links, circuits)
    predictor = Predictor(plan)
    names = [f"{NAME}-{number}" for number in range(1, members + 1)]
    for count in range(1, members + 1):
        for some in combinations(names, count):
            assert _changes(predictor, *some) == (members - count < max(minimum_links, 1)), some


def test_one_side_of_a_member_counts_on_that_side_only() -> None:
    predictor = Predictor(_with_lag(2, 1))
    far = next(link.name for link in predictor.plan.links if link.name.startswith(f"{NAME}-2--"))
    assert not _changes(predictor, f"{EDGE}--{NAME}-1", far)
    assert _changes(predictor, f"{EDGE}--{NAME}-1", f"{EDGE}--{NAME}-2")


def test_every_state_of_members_is_what_is_predicted_for_it() -> None:
    predictor, diagrams = Predictor(_with_lag(3, 2)), Diagrams()
    wanted = (f"{NAME}-1", f"{NAME}-2", f"{NAME}-3", f"{EDGE}--{NAME}-1", "vpn1", "dci", NAME)
    components = [each for each in predictor.components if each.name in wanted]
    states = predictor.every_state(components, diagrams)
    lost = {flow.name: predictor.lost_in(states, flow) for flow in predictor.plan.flows}
    for bits in range(1 << len(components)):
        failed = {level for level in range(len(components)) if bits >> level & 1}
        told: dict[str, bool] = {}
        for each in predictor.of([components[level] for level in sorted(failed)]).flows:
            told[each.flow] = told.get(each.flow, False) or not each.reachable
        assert {name: _value(diagrams, function, failed) for name, function in lost.items()} == told, failed


def _value(diagrams: Diagrams, function: int, failed: set[int]) -> object:
    while not diagrams.is_end(function):
        node = diagrams.at(function)
        function = node.failed if node.level in failed else node.up
    return diagrams.value(function)


def test_members_lose_their_light_but_carry_no_packets_of_their_own() -> None:
    plan = _with_lag(2, 1)
    members = resolve_fault(plan, "link-down", f"{NAME}-1")
    assert isinstance(members, LinkDown)
    assert len(members.links) == 2
    one_end = resolve_fault(plan, "carrier-loss", f"{NAME}-1", Parameters(side="aws"))
    assert isinstance(one_end, CarrierLoss)
    assert one_end.links == (members.links[1],)
    whole = resolve_fault(plan, "silent-loss", NAME)
    assert isinstance(whole, SilentLoss)
    assert not set(whole.links) & set(members.links)
    with pytest.raises(InputError, match="does not say which packets a member carries"):
        resolve_fault(plan, "silent-loss", f"{NAME}-1")


def test_a_lag_that_needs_both_members_goes_down_with_one() -> None:
    topology = case("lag-needs-both-members")
    (found,) = audits([str(topology)], Timers.TUNED, "5s")
    assert "FL208" in {each.finding.code for each in found.findings}
