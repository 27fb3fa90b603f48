"""Convergence: hand-made events, and the parts of an outage's time. The faults are in force from 5 s to 10 s."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.analysis.convergence import with_convergence
from lab.analysis.happened import convergence_events
from lab.analysis.outcome import outcomes
from lab.model.check import Phase
from lab.model.event import CheckStarted, Event, FaultEnded, FaultStarted, FlowRecorded, LossRun, Noticed
from lab.model.evidence import Convergence, Source, TimelineEvent
from tests.unit.analysis.samples import AFTER, DIRECT, ROUND, SENT, lost, path, recorded, run

ROUTERS = ("dc1-core", "dc1-gw1", "dc2-core", "dc2-gw1", "vpn1-1", "vpn3-1", "vgw")
APP = IPv4Network("172.31.0.0/16")
SAMPLED = (path(DIRECT, 0, 590), path(DIRECT[:3], 600, 690, delivered=False), path(ROUND, 700, 1130), path(DIRECT, 1140, 1990))
OUT = replace(lost(600, 100), arrived_before=4.99, arrived_after=6.0005)
"""The flow is out from 5.0 s to 6.0 s; its lost packets still reach dc1-gw1."""


def seen(at: float, node: str, source: Source, what: str = "something", prefix: IPv4Network | None = None) -> Noticed:
    """An event that a monitor saw."""
    return Noticed(event=TimelineEvent(at=at, node=node, source=source, what=what, prefix=prefix))


def moved(at: float, node: str) -> Noticed:
    """A route to the flow's destination changed."""
    return seen(at, node, "route", "172.31.0.0/16 via somebody", APP)


FAILOVER = (
    seen(5.9, "dc1-gw1", "bfd"),
    seen(5.8995, "vpn1-1", "bfd"),  # on the other side of the break
    seen(5.901, "dc1-gw1", "bgp"),
    moved(5.9615, "dc1-gw1"),
    moved(5.9622, "vgw"),
    moved(5.975, "somewhere-else"),
    seen(5.98, "dc1-core", "route", "10.2.0.0/16 via somebody", IPv4Network("10.2.0.0/16")),
    moved(6.0, "dc1-core"),
    moved(6.1, "dc1-core"),  # packets were through before
)


def flow(*losses: LossRun, paths: tuple = SAMPLED) -> FlowRecorded:
    """dc1-app on its way to a host of the VPC."""
    return replace(recorded(*losses, paths=paths), destination=IPv4Address("172.31.0.10"))


def converged(flow: FlowRecorded, *seen: Event, phase: Phase = "during", faults: tuple[Event, ...] = ()) -> Convergence | None:
    """The convergence from a flow and the monitors' events."""
    whole = [each for each in run(flow) if not isinstance(each, Noticed)]
    whole = [replace(each, routers=ROUTERS) if isinstance(each, CheckStarted) else each for each in whole]
    events = [*whole, *faults, *seen]
    return next(each.convergence for each in with_convergence(outcomes([flow], convergence_events(events)), events) if each.phase == phase)


def test_an_outage_comes_apart_into_detection_control_plane_fib_and_data_plane() -> None:
    found = converged(flow(OUT), *FAILOVER)
    assert found is not None
    assert found.event_at == 5.0
    assert found.noticed is not None
    assert (found.noticed.node, found.noticed.source) == ("dc1-gw1", "bfd")
    assert found.detection_seconds == pytest.approx(0.9)
    assert found.control_plane_seconds == pytest.approx(0.0615)
    assert found.fib_seconds == pytest.approx(0.0385)
    assert found.data_plane_seconds == pytest.approx(0.0005)


def test_the_phases_add_up_to_the_time_from_the_change_to_the_first_packet_through() -> None:
    found = converged(flow(OUT), *FAILOVER)
    assert found is not None
    phases = (found.detection_seconds, found.control_plane_seconds, found.fib_seconds, found.data_plane_seconds)
    assert sum(each or 0.0 for each in phases) == pytest.approx(6.0005 - 5.0)


def test_frrs_fixed_share_is_what_it_waits_from_the_last_notice_on() -> None:
    found = converged(flow(OUT), *FAILOVER)
    assert found is not None
    assert found.frr_control_plane_seconds == pytest.approx(0.06)
    assert found.frr_fib_seconds == 0.0


def test_only_a_router_that_lost_packets_still_reached_can_have_noticed_for_the_flow() -> None:
    found = converged(flow(OUT), seen(5.1, "vpn1-1", "bgp"), seen(5.9, "dc1-gw1", "bgp"), moved(5.97, "dc1-gw1"))
    assert found is not None
    assert found.detection_seconds == pytest.approx(0.9)


def test_where_no_lost_packet_was_sampled_any_router_on_the_paths_can_have_noticed() -> None:
    unsampled = tuple(each for each in SAMPLED if each.delivered)
    found = converged(flow(OUT, paths=unsampled), seen(5.1, "isp-a", "link"), seen(5.2, "vpn1-1", "bgp"), moved(5.97, "dc1-gw1"))
    assert found is not None
    assert found.detection_seconds == pytest.approx(0.2)


def test_where_no_router_that_lost_packets_reached_noticed_another_on_the_paths_did() -> None:
    short = tuple(path(DIRECT[:2], 600, 690, delivered=False) if not each.delivered else each for each in SAMPLED)
    found = converged(flow(OUT, paths=short), seen(5.8, "elsewhere", "bfd"), seen(5.9, "dc1-gw1", "bfd"), moved(5.97, "dc1-gw1"))
    assert found is not None
    assert found.noticed is not None
    assert (found.noticed.node, found.detection_seconds) == ("dc1-gw1", pytest.approx(0.9))


def test_a_change_that_routers_are_not_told_of_has_no_detection() -> None:
    found = converged(flow(OUT), moved(5.97, "dc1-gw1"))
    assert found is not None
    assert (found.noticed, found.detection_seconds) == (None, None)
    assert found.control_plane_seconds == pytest.approx(0.97)
    assert found.data_plane_seconds == pytest.approx(0.0305)


def test_a_route_that_is_stamped_a_little_after_the_packet_it_let_through_counts() -> None:
    found = converged(flow(OUT), seen(5.9, "dc1-gw1", "bfd"), moved(6.0015, "dc1-core"))
    assert found is not None
    assert found.control_plane_seconds == pytest.approx(0.1015)
    assert found.data_plane_seconds == 0.0


def test_a_fault_undone_before_anybody_noticed_has_only_the_time_until_packets_passed_again() -> None:
    both = replace(lost(600, 510), arrived_after=10.1)
    paths = (path(DIRECT, 0, 590), path(DIRECT, 1120, 1990))
    during, after = (converged(flow(both, paths=paths), phase=phase) for phase in ("during", "after"))
    assert during is not None
    assert (during.event_at, during.noticed, during.control_plane_seconds, during.data_plane_seconds) == (5.0, None, None, None)
    assert after is not None
    assert (after.event_at, after.control_plane_seconds) == (10.0, None)
    assert after.data_plane_seconds == pytest.approx(0.1)


def test_a_flow_that_never_comes_back_shows_who_noticed_and_which_route_went() -> None:
    gone = lost(600, SENT - 600)
    for_ever = (path(DIRECT, 0, 590), path(DIRECT[:3], 600, 1990, delivered=False))
    found = converged(flow(gone, paths=for_ever), seen(5.9, "dc1-gw1", "bfd"), moved(5.96, "dc1-gw1"))
    assert found is not None
    assert found.control_plane_seconds == pytest.approx(0.06)
    assert (found.fib_seconds, found.data_plane_seconds) == (None, None)


def test_each_event_of_a_check_has_its_own_convergence() -> None:
    more = (
        FaultStarted(step=1, kind="link-down", target="dx1", before=7.0, after=7.001, event=1),
        FaultStarted(step=2, kind="link-down", target="dx2", before=7.004, after=7.005, event=1),
        FaultEnded(step=1, before=10.004, after=10.005, event=2),
        FaultEnded(step=2, before=10.005, after=10.006, event=2),
    )
    late = replace(lost(801, 50), arrived_after=7.52)
    stayed = (path(DIRECT, 0, 790), path(ROUND, 860, 1130), path(DIRECT, 1140, 1990))
    twice = replace(flow(late, paths=stayed), felt=(600, 800, 1100))
    ended = [replace(event, event=2) if isinstance(event, FaultEnded) else event for event in run(twice)]
    events = [*ended, *more, seen(7.002, "dc1-gw1", "link"), moved(7.5, "dc1-core")]
    told = {each.event: each.convergence for each in with_convergence(outcomes([twice], convergence_events(events)), events)}
    first, second, last = "link-down dci begins", "link-down dx1 + link-down dx2 begin", "link-down dci + link-down dx1 + link-down dx2 end"
    assert list(told) == [None, first, second, last]
    assert (told[None], told[first]) == (None, None)
    found = told[second]
    assert found is not None
    assert (found.event_at, found.detection_seconds) == (7.0, pytest.approx(0.002))


def test_a_way_back_that_loses_nothing_has_no_data_plane() -> None:
    back = converged(flow(OUT), seen(10.3, "dc1-gw1", "bgp"), moved(10.36, "dc1-gw1"), moved(10.395, "dc1-core"), phase="after")
    assert back is not None
    assert (back.event_at, back.data_plane_seconds) == (10.0, None)
    assert back.detection_seconds == pytest.approx(0.3)
    assert back.fib_seconds == pytest.approx(0.035)


def test_a_flow_that_felt_nothing_has_no_convergence() -> None:
    untouched = flow(paths=(path(DIRECT, 0, 1990),))
    assert [converged(untouched, *FAILOVER, phase=phase) for phase in ("during", "after")] == [None, None]


def test_a_check_without_a_fault_has_no_convergence() -> None:
    unbroken = replace(flow(OUT), felt=())
    (outcome,) = with_convergence(outcomes([unbroken], ()), [unbroken, *FAILOVER])
    assert outcome.convergence is None


def test_what_a_loss_felt_after_the_faults_is_measured_from_their_end() -> None:
    again = replace(lost(AFTER + 20, 10), arrived_after=10.305)
    found = converged(flow(OUT, again), seen(10.2, "dc1-gw1", "link"), moved(10.3, "dc1-core"), phase="after")
    assert found is not None
    assert (found.event_at, found.detection_seconds) == (10.0, pytest.approx(0.2))
