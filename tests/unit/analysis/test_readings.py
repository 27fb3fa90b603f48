"""Readings: one loss measured in three ways. A loss without a cause is not an outage of the network."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.analysis.outcome import outcomes
from lab.analysis.readings import with_readings
from lab.analysis.trust import rejections
from lab.model.broken import Broken
from lab.model.check import Promise
from lab.model.event import CheckStarted, Event, FaultStarted, FlowRecorded, LossRun, Noticed
from lab.model.evidence import Readings, TimelineEvent
from tests.unit.analysis.samples import HAPPENED, at, check, lost, path, promise, recorded, run

BACK = 630
"""The fault begins at 5 s, when packet 600 is sent. Packet 630 is the first one on the new path."""


def _heard(losses: LossRun, delay: float = 0.002) -> FlowRecorded:
    around = {"arrived_before": at(losses.first_seq - 1) + delay, "arrived_after": at(losses.first_seq + losses.count) + delay}
    return replace(recorded(replace(losses, **around)), destination=IPv4Address("172.31.0.10"))


def _route(instant: float, node: str = "dc1-core", prefix: str = "172.31.0.0/16") -> Noticed:
    what = f"{prefix} via 10.0.0.2"
    return Noticed(event=TimelineEvent(at=instant, node=node, source="route", what=what, prefix=IPv4Network(prefix)))


def _session(instant: float, node: str) -> Noticed:
    return Noticed(event=TimelineEvent(at=instant, node=node, source="bgp", what="neighbor vpn3-1 up"))


def _lossy(events: list[Event], *hops: tuple[str, str]) -> list[Event]:
    """The check's events, but the fault loses packets at random from one node to the other."""
    return [replace(each, by_chance=hops) if isinstance(each, FaultStarted) else each for each in events]


def _read(flow: FlowRecorded, *noticed: Noticed, lossy: tuple[str, str] | None = None) -> tuple[Readings, list[Event]]:
    events = _lossy(run(flow), lossy) if lossy else run(flow)
    events = [
        replace(each, routers=("dc1-core", "dc2-core", "dc2-gw2", "vgw")) if isinstance(each, CheckStarted) else each for each in events
    ]
    events[-1:-1] = noticed
    readings = with_readings(outcomes([flow], HAPPENED), events)[0].readings
    assert readings
    return readings, events


def test_a_loss_from_a_fault_to_a_route_reads_the_same_three_ways() -> None:
    readings, events = _read(_heard(lost(600, 30)), _route(at(BACK)))
    assert readings.loss_seconds == pytest.approx(0.30)
    assert readings.gap_seconds == pytest.approx(0.30)
    assert readings.event_seconds == pytest.approx(0.30, abs=0.02)
    assert readings.agree
    assert rejections(check(promise(during=Promise())), events) == ()


@pytest.mark.parametrize(
    "noticed",
    [
        (),
        (_route(at(BACK + 40)),),
        (_route(at(BACK), node="elsewhere"),),
        (_session(at(BACK), node="dc2-gw2"),),
        (_route(at(BACK), prefix="10.2.0.0/16"),),
    ],
)
def test_a_loss_that_ends_without_a_cause_of_the_flow_is_rejected(noticed: tuple[Noticed, ...]) -> None:
    readings, events = _read(_heard(lost(600, 30)), *noticed)
    assert readings.event_seconds is None
    assert not readings.agree
    words = "0.300 s by lost packets, 0.300 s by arrivals, no event at its edges"
    reasons = [reason.partition(";")[0] for reason in rejections(check(promise(during=Promise())), events)]
    assert reasons == [f"dc1-app → during: three measurements of the longest loss disagree: {words}"]


def test_a_loss_that_begins_for_nothing_is_rejected() -> None:
    readings, _ = _read(_heard(lost(700, 30)), _route(at(730)))
    assert not readings.agree


def test_a_loss_whose_arrivals_tell_another_story_is_rejected() -> None:
    flow = _heard(lost(600, 30))
    late = replace(flow.losses[0], arrived_after=at(BACK) + 0.2)
    readings, _ = _read(replace(flow, losses=(late,)), _route(at(BACK)))
    assert not readings.agree


def test_under_random_loss_where_its_packets_pass_no_event_is_asked_for() -> None:
    readings, _ = _read(_heard(lost(700, 1)), lossy=("dc1-core", "dc2-core"))
    assert readings.event_seconds is None
    assert readings.agree


@pytest.mark.parametrize(
    "hop", [("dc2-gw9", "app-host"), ("isp-z", "internet-z"), ("dc1-core", "isp-z"), ("dc2-core", "dc1-core"), ("dc1-core", "app-host")]
)
def test_random_loss_where_only_others_pass_or_in_the_other_direction_explains_nothing(hop: tuple[str, str]) -> None:
    flow = _heard(lost(700, 1))
    elsewhere = replace(flow, flow="dc2-app", paths=(path(("dc2-host", "dc2-gw9", "app-host"), 0, 1990),))
    events = _lossy(run(flow, elsewhere), hop)
    readings = with_readings(outcomes([flow], HAPPENED), events)[0].readings
    assert readings
    assert not readings.agree


def test_of_a_loss_that_never_ended_there_are_no_readings() -> None:
    flow = recorded(lost(600, 1400))
    assert with_readings(outcomes([flow], HAPPENED), run(flow))[0].readings is None


def test_the_longest_loss_is_read() -> None:
    small, large = _heard(lost(600, 2)).losses[0], _heard(lost(610, 20)).losses[0]
    readings, _ = _read(replace(_heard(lost(600, 2)), losses=(small, large)), _route(at(610)), _route(at(BACK)))
    assert readings.loss_seconds == pytest.approx(0.20)


def test_a_loss_beside_a_random_one_in_time_is_asked_for_its_cause() -> None:
    flow = _heard(lost(1700, 5))
    events = _lossy(run(flow), ("dc1-core", "dc2-core"))
    _, after = with_readings(outcomes([flow], HAPPENED), events)
    assert after.readings
    assert not after.readings.agree


def test_a_call_that_takes_long_explains_only_what_happens_at_its_ends() -> None:
    events = [replace(each, before=5.0, after=9.0) if isinstance(each, FaultStarted) else each for each in run(_heard(lost(800, 30)))]
    read = with_readings(outcomes([_heard(lost(800, 30))], HAPPENED), events)[0].readings
    assert read
    assert not read.agree


@pytest.mark.parametrize(("nodes", "agree"), [(("a",), False), (("a", "b"), True)])
def test_a_call_that_breaks_several_nodes_one_after_another_may_take_longer(nodes: tuple[str, ...], agree: bool) -> None:
    flow = _heard(lost(630, 30))
    events = [
        replace(each, before=5.0, after=5.45, breaks=Broken(nodes=nodes)) if isinstance(each, FaultStarted) else each for each in run(flow)
    ]
    events[-1:-1] = [_route(at(660))]
    read = with_readings(outcomes([flow], HAPPENED), events)[0].readings
    assert read
    assert read.agree == agree
