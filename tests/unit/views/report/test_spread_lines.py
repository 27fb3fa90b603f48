"""A repeated check: its statistics come before the table of the worst trial, with the trials that did not count."""

from dataclasses import replace

import pytest
from rich.console import Console

from lab.model.outcome import Verdict
from lab.views.report.spread_lines import rejected_lines, spread_lines
from lab.views.report.text import print_verdict
from tests.unit.views.conftest import spread
from tests.unit.views.report.test_report_text import printed


def test_a_direction_that_lost_anything_has_a_line_and_the_others_share_one() -> None:
    spreads = (
        spread(0.061, 0.062, 0.064),
        spread(0.0, 0.1, 0.0, phase="after"),
        spread(0.0, 0.0, 0.0, direction="reverse"),
        spread(0.0, 0.0, 0.0, phase="after", direction="reverse"),
    )
    assert [" ".join(line.plain.split()) for line in spread_lines(spreads)] == [
        "over 3 trials: median (1st–99th percentile, deviation)",
        "out during out after",
        "dc1-app → 62 ms (61–64, σ 1.5, n = 3) 0 ms (0–100, σ 57.7, n = 3)",
        "1 other direction lost nothing in any trial",
    ]


def test_events_of_one_trial_are_no_trials_and_each_that_lost_anything_has_a_line() -> None:
    spreads = (
        spread(0.2, 0.3),
        spread(0.1, 0.1, event="flap dx1 begins (1)"),
        spread(0.0, 0.0, event="flap dx1 ends (1)"),
        spread(0.1, 0.2, event="flap dx1 begins (2)"),
        spread(0.0, 0.0, phase="after", event="flap dx1 ends (2)"),
    )
    assert [" ".join(line.plain.split()) for line in spread_lines(spreads)] == [
        "over 2 trials: median (1st–99th percentile, deviation)",
        "out during out after",
        "dc1-app → 250 ms (200–300, σ 70.7, n = 2) 0 ms",
        "100 ms (100–100, σ 0.0, n = 2) flap dx1 begins (1)",
        "150 ms (100–200, σ 70.7, n = 2) flap dx1 begins (2)",
    ]


def test_the_one_event_of_a_phase_is_the_phase() -> None:
    spreads = (spread(0.2, 0.3, event="link-down dx1 begins"), spread(0.1, 0.1, phase="after", event="link-down dx1 ends"))
    assert len(list(spread_lines(spreads))) == 3


def test_a_flow_without_a_phase_after_has_none_there() -> None:
    assert list(spread_lines([spread(0.1, 0.1)]))[-1].plain.endswith("–")


def test_where_nothing_was_lost_one_line_says_so() -> None:
    lines = [line.plain for line in spread_lines([spread(0.0, 0.0), spread(0.0, 0.0, direction="reverse")])]
    assert lines[1:] == ["2 directions lost nothing in any trial"]


@pytest.mark.parametrize("spreads", [(), (spread(0.1),)])
def test_a_single_trial_needs_no_statistics(spreads: tuple) -> None:
    assert list(spread_lines(spreads)) == []


def test_the_statistics_come_before_the_table_which_is_the_worst_trials(console: Console, passed: Verdict) -> None:
    print_verdict(console, replace(passed, repeats=2, spreads=(spread(0.8, 0.9),)), verbose=True)
    lines = [line.strip() for line in printed(console)]
    assert lines.index("the worst trial") > lines.index("over 2 trials: median (1st–99th percentile, deviation)")
    assert lines[lines.index("the worst trial") + 1].startswith("flow")


def test_trials_that_were_rejected_are_told_with_their_reason(console: Console, passed: Verdict) -> None:
    assert list(rejected_lines(("paused", "no effect\nlost 3", "paused"))) == [
        "2 trials rejected: paused",
        "1 trial rejected: no effect; lost 3",
    ]
    print_verdict(console, replace(passed, rejected=("nothing was sent for 0.2 s",)))
    assert "1 trial rejected: nothing was sent for 0.2 s" in [line.strip() for line in printed(console)]
