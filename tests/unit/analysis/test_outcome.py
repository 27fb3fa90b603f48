"""The arithmetic of outcomes: losses of each phase, and reachability and path at its end."""

from dataclasses import replace

import pytest

from lab.analysis.outcome import lost_before, outcomes, path_before
from lab.model.event import FlowRecorded
from lab.model.outcome import FlowOutcome
from tests.unit.analysis.samples import AFTER, DIRECT, DURING, HAPPENED, RATE, ROUND, SENT, THERE_AND_BACK, at, lost, path, recorded


def _phases(flow: FlowRecorded) -> tuple[FlowOutcome, FlowOutcome]:
    during, after = outcomes([flow], HAPPENED)
    assert (during.phase, after.phase) == ("during", "after")
    return during, after


def test_outage_is_lost_packets_divided_by_the_rate() -> None:
    during, after = _phases(recorded(lost(650, 30), lost(700, 12)))
    assert (during.sent, during.lost) == (AFTER - DURING, 42)
    assert during.outage_seconds == pytest.approx(0.42)
    assert during.longest_loss_seconds == pytest.approx(0.30)
    assert during.resolution_seconds == pytest.approx(1 / RATE)
    assert (after.sent, after.lost, after.outage_seconds, after.longest_loss_seconds) == (SENT - AFTER, 0, 0.0, 0.0)


def test_where_packets_left_at_half_the_rate_a_lost_one_stands_for_twice_the_time() -> None:
    slow = replace(lost(650, 30), last_sent=at(650) + 29 * 2 / RATE)
    during, _ = _phases(recorded(slow))
    assert during.lost == 30
    assert during.outage_seconds == pytest.approx(0.59)


def test_a_path_belongs_to_a_phase_by_its_packets_numbers_however_unevenly_they_left() -> None:
    paths = (path(DIRECT, 0, 590), path(ROUND, 660, AFTER - 10), path(DIRECT, AFTER + 10, 1990))
    flow = replace(recorded(paths=paths), ended=at(SENT) + 30)
    assert _phases(flow)[0].path == ROUND


def test_a_run_of_losses_is_cut_at_the_border_of_the_phases() -> None:
    during, after = _phases(recorded(lost(AFTER - 10, 35)))
    assert (during.lost, after.lost) == (10, 25)
    assert (during.longest_loss_seconds, after.longest_loss_seconds) == (pytest.approx(0.10), pytest.approx(0.25))


def test_losses_before_the_fault_and_losses_before_the_clock_are_distinguished() -> None:
    flow = recorded(lost(20, 10), lost(95, 10), lost(DURING - 3, 10))
    assert lost_before(flow) == 5 + 3
    assert _phases(flow)[0].lost == 7


def test_a_flow_is_reachable_when_a_packet_of_the_phases_last_second_arrived() -> None:
    window = int(RATE)
    assert _phases(recorded(lost(DURING, AFTER - DURING - 1)))[0].reachable
    assert not _phases(recorded(lost(AFTER - window, window)))[0].reachable
    assert _phases(recorded(lost(AFTER - window + 1, window - 1)))[0].reachable


def test_in_a_short_phase_its_last_half_counts_instead_of_a_second() -> None:
    flow = replace(recorded(), felt=(DURING, DURING + 40))
    assert not _phases(replace(flow, losses=(lost(DURING + 20, 20),)))[0].reachable
    assert _phases(replace(flow, losses=(lost(DURING, 20),)))[0].reachable


def test_the_path_of_a_phase_is_that_of_its_last_sampled_packet_that_arrived() -> None:
    during, after = _phases(recorded())
    assert (during.path_before, during.path, after.path) == (DIRECT, ROUND, DIRECT)
    lost_at_the_end = (*THERE_AND_BACK, path(("dc1-host",), 1992, 1998, delivered=False))
    assert _phases(recorded(paths=lost_at_the_end))[1].path == DIRECT


def test_an_event_begins_on_the_last_path_seen_before_it() -> None:
    during, after = _phases(recorded())
    assert (during.path_begun, after.path_begun) == (DIRECT, ROUND)
    cut_off = (path(DIRECT, 0, 590), path(DIRECT, AFTER + 50, 1990))
    assert _phases(recorded(lost(DURING, AFTER + 40 - DURING), paths=cut_off))[1].path_begun == DIRECT


def test_what_is_not_reachable_has_no_path() -> None:
    during, after = _phases(recorded(lost(DURING, AFTER - DURING)))
    assert (during.reachable, during.path) == (False, ())
    assert (after.reachable, after.path) == (True, DIRECT)


def test_a_path_is_unknown_before_the_fault_if_nothing_arrived_by_then() -> None:
    assert path_before(recorded(paths=(path(DIRECT, 0, 500, delivered=False), path(DIRECT, 700, 1990)))) == ()


def test_a_run_that_was_never_mended_has_no_after() -> None:
    (only,) = outcomes([replace(recorded(), felt=(DURING, SENT))], HAPPENED)
    assert only.phase == "during"


def test_of_what_sent_nothing_there_is_nothing_to_say() -> None:
    nothing = replace(recorded(paths=()), sent=0, zero_seq=0, felt=(0, 0), started=0.0, ended=0.0)
    assert outcomes([nothing], HAPPENED) == ()


def test_each_direction_is_told_by_itself() -> None:
    both = outcomes([recorded(lost(700, 5)), recorded(direction="reverse")], HAPPENED)
    assert [(each.direction, each.phase, each.lost) for each in both] == [
        ("forward", "during", 5),
        ("forward", "after", 0),
        ("reverse", "during", 0),
        ("reverse", "after", 0),
    ]
