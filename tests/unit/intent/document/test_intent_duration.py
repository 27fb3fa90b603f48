"""Durations: what is understood, and what is never guessed."""

import pytest

from lab.errors import InputError
from lab.intent import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("300ms", 0.3), ("700ms", 0.7), ("10s", 10.0), ("1.5s", 1.5), ("2m", 120.0), ("0s", 0.0), ("1440m", 86400.0), ("8h", 28800.0)],
)
def test_a_duration_is_seconds(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "s", "10 s", "-1s", "25h", "1.s", ".5s", "1e3s", "10S", "٣s", "1m30s", "inf", "nans", "1441m", "9" * 400 + "s"]
)
def test_a_text_that_is_no_duration_is_refused(text):
    with pytest.raises(InputError):
        parse_duration(text)


def test_a_number_without_unit_is_refused_with_the_way_out_at_its_place():
    with pytest.raises(InputError, match=r"^--for: 10 has no unit \(write 10s, or 10ms\)$"):
        parse_duration("10", place="--for")


@pytest.mark.parametrize(
    ("text", "meant"), [("5min", "5m"), ("10 s", "10s"), ("1.5 seconds", "1.5s"), ("8 hours", "8h"), ("200MS", "200ms")]
)
def test_other_words_for_a_unit_are_refused_with_ours(text, meant):
    with pytest.raises(InputError, match=rf"\(write {meant}\)$"):
        parse_duration(text)
