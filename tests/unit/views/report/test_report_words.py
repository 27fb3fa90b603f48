"""The words of a report: three significant digits, and readable units."""

import pytest

from lab.model.outcome import StepOutcome
from lab.views.counted import counted
from lab.views.report.words import day, faults, lasting, link_to, span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.0004, "0.4 ms"),
        (0.0021, "2.1 ms"),
        (0.9006, "901 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.00 s"),
        (3.006, "3.01 s"),
        (9.996, "10.0 s"),
        (84.04, "84.0 s"),
    ],
)
def test_a_length_of_time_is_said_with_the_digits_that_matter(seconds: float | None, words: str) -> None:
    assert span(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(7.6, "8 s"), (119.4, "119 s"), (1330.4, "22 min 10 s"), (7322.0, "2 h 02 min")])
def test_how_long_a_run_took(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


def test_an_instant_is_told_in_utc_and_what_is_none_as_it_is() -> None:
    assert day("2026-01-02T03:04:05.678+02:00") == "2026-01-02 01:04 UTC"
    assert day("yesterday") == "yesterday"


def test_one_is_not_many() -> None:
    assert (counted(1, "check"), counted(2, "check"), counted(2, "topology")) == ("1 check", "2 checks", "2 topologies")


def test_faults_are_named_once_each_kind_with_its_targets() -> None:
    steps = [StepOutcome(kind=kind, target=target, applied=(1, 1), undone=(2, 2)) for kind, target in
             [("link-down", "dx1"), ("node-kill", "gw1"), ("link-down", "dx2"), ("link-down", "dx1")]]  # fmt: skip
    assert faults(tuple(steps)) == "link-down dx1, dx2 + node-kill gw1"
    assert faults(()) == "no fault"


def test_an_id_leads_back_to_itself() -> None:
    assert link_to("my net/cut") == "#my%20net/cut"
