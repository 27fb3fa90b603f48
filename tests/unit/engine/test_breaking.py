"""Breaking: faults begin and end at their instants, and each is recognized by its own marks."""

import math
from contextlib import nullcontext
from dataclasses import replace

import pytest

from lab.model.broken import Broken
from lab.model.check import Step
from lab.model.event import IN_FLIGHT_SECONDS, FaultEnded, FaultStarted
from lab.model.fault import Flap, IkeDelete, LinkDown, NodeKill, PartialLoss, SilentLoss, TunnelDown, Way
from lab.model.plan import Endpoint
from tests.unit.engine.stage import CHECK, CUT, KILL, Stage


def test_faults_go_in_and_come_out_at_their_instants() -> None:
    stage = Stage()
    stage.run()
    assert [(event.step, event.kind, event.target, round(event.before, 6)) for event in stage.only(FaultStarted)] == [
        (0, "link-down", "dci", 2.0),
        (1, "node-kill", "dc1-gw1", 4.0),
    ]
    assert [(event.step, round(event.before, 6)) for event in stage.only(FaultEnded)] == [(1, 7.0), (0, 10.0)]


def test_each_fault_is_in_force_from_its_start_to_its_end_and_no_longer() -> None:
    stage = Stage()
    seen: list[tuple[float, int]] = []
    stage.at_each_turn(lambda now: seen.append((now, len(stage.lab.differences()))))
    stage.run()
    zero = stage.probes.marks.zero
    at = {2.0: 0, 3.0: 1, 4.0: 1, 5.0: 3, 8.0: 1, 11.0: 0}
    assert {when: next(count for now, count in seen if round(now - zero, 3) >= when) for when in at} == at


def test_a_flap_is_reported_each_time_it_begins_and_ends() -> None:
    stage = Stage()
    flap = replace(CUT, kind="flap", fault=Flap(links=("dci",), count=3), at=2.0, duration=6.0)
    assert stage.run(replace(CHECK, steps=(flap,))) is None
    assert [(event.step, round(event.before, 1)) for event in stage.only(FaultStarted)] == [(0, 2.0), (1, 4.0), (2, 6.0)]
    assert [(event.step, round(event.before, 1)) for event in stage.only(FaultEnded)] == [(0, 3.0), (1, 5.0), (2, 7.0)]
    assert round(stage.probes.marks.felt[-1] - stage.probes.marks.zero, 1) == 7.0
    assert stage.lab.differences() == ()


@pytest.mark.parametrize(
    ("steps", "felt"),
    [
        ((CUT,), [2.0, 10.0]),
        ((CUT, KILL), [2.0, 4.0, 7.0, 10.0]),
        ((replace(CUT, duration=3.0), replace(KILL, at=5.0)), [2.0, 5.0, 8.0]),
        ((CUT, replace(KILL, at=2.0, duration=8.0)), [2.0, 10.0]),
    ],
)
def test_the_recording_is_cut_at_each_event(steps: tuple[Step, ...], felt: list[float]) -> None:
    stage = Stage()
    stage.run(replace(CHECK, steps=steps))
    marks = stage.probes.marks
    assert [event.event for event in stage.only(FaultStarted | FaultEnded)] == sorted(
        event.event for event in stage.only(FaultStarted | FaultEnded)
    )
    assert [round(mark - marks.zero, 1) for mark in marks.felt] == felt


def test_a_packet_on_its_way_is_affected_when_a_fault_begins_but_not_when_one_ends() -> None:
    stage = Stage()
    stage.run()
    marks = stage.probes.marks
    begins, ends = stage.only(FaultStarted)[0], stage.only(FaultEnded)[-1]
    assert marks.felt[0] - marks.zero == pytest.approx(begins.before - IN_FLIGHT_SECONDS)
    assert marks.felt[-1] - marks.zero == pytest.approx(ends.before)


def test_the_recording_is_cut_before_the_first_of_faults_that_end_together() -> None:
    stage = Stage()
    undo = stage.lab.accept_arrivals

    def slowly(end: Endpoint) -> None:
        stage.clock.wait(math.inf)
        undo(end)

    stage.lab.accept_arrivals = slowly
    both = tuple(replace(CUT, fault=SilentLoss(links=(name,)), target=name, kind="silent-loss") for name in ("dci", "isp-a--internet"))
    stage.run(replace(CHECK, steps=both))
    ended = [event.before for event in stage.only(FaultEnded)]
    assert round(stage.probes.marks.felt[-1] - stage.probes.marks.zero, 6) == round(ended[0], 6) == 10.0
    assert ended[1] > ended[0]


def test_a_fault_is_seen_at_its_own_places_only() -> None:
    stage = Stage()
    stage.lab.drop_arrivals = lambda _end: None
    deaf = Step(kind="silent-loss", target="dci", fault=SilentLoss(links=("dci",)), at=3.0, duration=4.0)
    assert stage.run(replace(CHECK, steps=(replace(KILL, at=2.0, duration=8.0), deaf))) is None
    assert [(event.step, event.seen) for event in stage.only(FaultEnded)] == [(1, False), (0, True)]


def test_a_momentary_fault_is_seen_by_the_monitors_reports() -> None:
    stage = Stage()
    deleted = Step(kind="ike-delete", target="vpn1-1", fault=IkeDelete(tunnels=("vpn1-1",)), at=2.0, duration=4.0)
    stage.at_each_turn(lambda _now: stage.lab.initiate_tunnel("vpn1-1"))
    assert stage.run(replace(CHECK, steps=(deleted,))) is None
    assert [event.seen for event in stage.only(FaultEnded)] == [True]


def test_fault_events_have_the_time_when_they_were_due() -> None:
    stage = Stage()
    stage.run(replace(CHECK, steps=(CUT, replace(CUT, target="isp-a--internet", fault=LinkDown(links=("isp-a--internet",))))))
    assert [event.due for event in stage.only(FaultStarted)] == [2.0, 2.0]
    assert [event.due for event in stage.only(FaultEnded)] == [10.0, None]


def test_a_fault_that_begins_when_others_end_waits_for_them() -> None:
    stage = Stage()
    stage.run(replace(CHECK, steps=(replace(CUT, duration=2.0), replace(KILL, at=4.0))))
    assert [(event.step, event.due) for event in stage.only(FaultStarted)] == [(0, 2.0), (1, None)]


@pytest.mark.parametrize(("way", "hops"), [("a-to-b", (("dc1-core", "dc2-core"),)), ("b-to-a", (("dc2-core", "dc1-core"),))])
def test_random_loss_names_its_hops(way: Way, hops: tuple[tuple[str, str], ...]) -> None:
    stage = Stage()
    lossy = replace(CUT, kind="partial-loss", fault=PartialLoss(links=("dci",), loss=0.05, way=way))
    stage.run(replace(CHECK, steps=(lossy, KILL)))
    assert [event.by_chance for event in stage.only(FaultStarted)] == [hops, ()]


def test_a_fault_event_has_what_the_fault_breaks() -> None:
    stage = Stage()
    stage.run()
    assert [event.breaks for event in stage.only(FaultStarted)] == [
        Broken(links=("dci",), hops=(("dc2-core", "dc1-core"), ("dc1-core", "dc2-core"))),
        Broken(nodes=("dc1-gw1",)),
    ]


def test_two_faults_at_one_place_are_not_taken_for_each_other() -> None:
    stage = Stage()
    stage.lab.drop_arrivals = lambda _end: None
    deaf = Step(kind="silent-loss", target="dci", fault=SilentLoss(links=("dci",)), at=3.0, duration=4.0)
    stage.run(replace(CHECK, steps=(CUT, deaf)))
    assert [(event.step, event.seen) for event in stage.only(FaultEnded)] == [(1, False), (0, True)]


def test_a_tunnel_is_looked_at_even_while_another_node_is_frozen() -> None:
    stage = Stage()
    stage.lab.watch = lambda _sink: nullcontext()
    down = Step(kind="tunnel-down", target="vpn1-1", fault=TunnelDown(tunnels=("vpn1-1",)), at=5.0, duration=1.0)
    stage.run(replace(CHECK, steps=(replace(KILL, target="dc2-gw1", fault=NodeKill(nodes=("dc2-gw1",))), down)))
    assert [(event.step, event.seen) for event in stage.only(FaultEnded)] == [(1, True), (0, True)]
    stage = Stage()
    stage.lab.terminate_tunnel = lambda _tunnel: None
    stage.run(replace(CHECK, steps=(down,)))
    assert [event.seen for event in stage.only(FaultEnded)] == [False]


def test_a_fault_that_ended_by_itself_is_not_seen_in_force() -> None:
    stage = Stage()
    end = stage.lab.plan.link("dci").a
    stage.at_each_turn(lambda _now: stage.lab.set_link(end, up=True) if stage.only(FaultStarted) and not stage.only(FaultEnded) else None)
    stage.run(replace(CHECK, steps=(CUT,)))
    assert [event.seen for event in stage.only(FaultEnded)] == [False]
