"""The host's load, from the kernel's counters."""

import pytest

from lab.runtime.host.load import busyness, load_of, read_load

BEFORE = "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 100 0 100 700 100 0 0 0 0 0\n"
AFTER = "cpu  150 0 110 720 110 5 5 0 0 0\ncpu0 150 0 110 720 110 5 5 0 0 0\n"
PRESSURE = "some avg10=1.00 avg60=0.50 avg300=0.10 total={}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=9\n"


def test_used_and_waiting_time_are_parts_of_the_time_passed() -> None:
    used = busyness(load_of(BEFORE, PRESSURE.format(1_000_000), 10.0), load_of(AFTER, PRESSURE.format(3_000_000), 14.0))
    assert used.busy == pytest.approx(0.7)
    assert used.stalled == pytest.approx(0.5)


def test_without_pressure_counters_the_waiting_time_is_unknown() -> None:
    assert busyness(load_of(BEFORE, "", 10.0), load_of(AFTER, "", 14.0)).stalled is None


def test_between_two_readings_at_the_same_moment_nothing_was_used() -> None:
    reading = load_of(BEFORE, PRESSURE.format(7), 10.0)
    assert (busyness(reading, reading).busy, busyness(reading, reading).stalled) == (0.0, 0.0)


def test_this_host_can_be_read() -> None:
    reading = read_load(1.0)
    assert 0 < reading.used <= reading.whole
