"""What firewalls that keep state let through, in any failure: by their rule, and never more than without them."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.outlines import read_outline
from lab.errors import LabError
from lab.model.plan import Plan, Timers
from lab.predict import Predictor
from lab.predict.availability import availability
from lab.predict.conversations import Conversations
from lab.predict.walks import Walked, Way
from tests.shipped import TOPOLOGIES, shipped_plan
from tests.told_cases import case

THREE = Path(__file__).parents[2] / "golden" / "audit" / "FL413.yaml"


def _plan(path: Path) -> Plan:
    return read_outline(str(path), Timers.TUNED)


def _without(plan: Plan) -> Plan:
    return replace(plan, nodes=tuple(replace(node, is_stateful=False) for node in plan.nodes))


def test_a_reply_over_a_firewall_that_did_not_see_the_flow_begin_is_dropped() -> None:
    predictor = Predictor(_plan(THREE))
    (first,) = (each for each in predictor.components if each.name == "fw1")
    forward, reverse = predictor.of((first,)).flows
    assert forward.reachable
    assert "fw2" in forward.paths[0]
    assert (reverse.reachable, reverse.outage_seconds) == (False, None)
    assert reverse.because == "fw3 keeps state and has not seen the start of the flow"
    assert predictor.dropped((first,)) == {"edge-work": ("fw3",)}


def test_a_firewall_goes_on_to_let_replies_through_after_the_flow_has_moved_away_from_it() -> None:
    conversations = Conversations(_plan(THREE))
    (_, _, out), (_, _, back) = conversations.trips
    ways = {edge: {out: _walked("edge-host", edge, "hub"), back: _walked("hub", edge, "edge-host")} for edge in ("fw1", "fw2")}
    moved = {out: ways["fw2"][out], back: ways["fw1"][back]}
    assert conversations.talk(ways["fw1"], moved).now(back).fates == (True,)
    assert conversations.talk(ways["fw2"], moved).now(back).fates == (False,)


def _walked(*nodes: str) -> Walked:
    return Walked((Way(nodes, arrives=True),), (True,), frozenset(nodes))


@pytest.mark.parametrize("topology", [THREE, case("ecmp-stateful-firewall")], ids=["three", "ecmp"])
def test_with_firewalls_no_flow_gets_through_that_is_lost_without_them(topology: Path) -> None:
    plan = _plan(topology)
    strict, loose = Predictor(plan), Predictor(_without(plan))
    for component in strict.components:
        for kept, free in zip(strict.of((component,)).flows, loose.of((component,)).flows, strict=True):
            assert free.reachable or not kept.reachable
            assert set(kept.paths) <= set(free.paths)
            assert kept == free or kept.direction == "reverse"


@pytest.mark.parametrize("topology", [THREE, case("ecmp-stateful-firewall")], ids=["three", "ecmp"])
def test_what_is_not_computed_anew_is_the_same(topology: Path) -> None:
    quick, plain = Predictor(_plan(topology)), Predictor(_plan(topology), prunes=False)
    assert [quick.of((each,)) for each in quick.components] == [plain.of((each,)) for each in plain.components]


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_where_nothing_keeps_state_no_reply_is_dropped(name: str) -> None:
    predictor = Predictor(shipped_plan(name))
    assert not predictor.keeps_state
    assert predictor.dropped(()) == {}


def test_the_availability_of_a_network_with_firewalls_is_refused_with_the_reason() -> None:
    with pytest.raises(LabError, match=r"a site has stateful: true; .* depends on the past"):
        availability(Predictor(_plan(THREE)), ())
