"""The clock of a plot: it cuts out times without events, and its marks are readable."""

from itertools import pairwise

import pytest

from lab.views.html.axis import panels, place, stretched

WIDTH = 1000.0


def test_what_happened_close_together_is_one_stretch_with_quiet_around_it() -> None:
    (only,) = panels([2.0, 2.5, 3.0], 100.0, WIDTH)
    assert (only.x, only.width) == (100.0, WIDTH)
    assert only.begin < 2.0
    assert only.end > 3.0


def test_long_quiet_is_cut_out_and_the_clock_goes_on_at_one_pace() -> None:
    first, second = panels([2.0, 5.0, 4.0, 3.0, 14.0, 15.0, 16.0], 0.0, WIDTH)
    assert first.end < 6.0
    assert second.begin > 13.0
    assert first.right < second.x
    assert first.width / (first.end - first.begin) == pytest.approx(second.width / (second.end - second.begin))


def test_every_instant_has_its_place_and_they_keep_their_order() -> None:
    instants = [0.1, 0.2, 4.0, 9.0, 9.5, 30.0, 31.0, 60.0, 90.0, 120.0, 121.0, 150.0]
    shown = panels(instants, 10.0, WIDTH)
    places = [place(shown, instant) for instant in instants]
    assert None not in places
    assert places == sorted(set(places))
    assert 10.0 <= places[0] <= places[-1] <= 10.0 + WIDTH
    assert len(shown) <= 5


def test_a_short_stretch_beside_a_long_one_can_still_be_read() -> None:
    shown = panels([*range(80), 200.0], 0.0, WIDTH)
    assert min(panel.width for panel in shown) >= 150
    assert shown[-1].right == pytest.approx(WIDTH)


def test_what_is_cut_out_has_no_place() -> None:
    shown = panels([2.0, 14.0], 0.0, WIDTH)
    assert place(shown, 8.0) is None
    assert list(stretched(shown, 7.0, 9.0)) == []


def test_what_lasts_over_a_cut_is_in_both_stretches() -> None:
    shown = panels([2.0, 14.0], 0.0, WIDTH)
    (x, wide), (other, rest) = stretched(shown, 2.0, 14.0)
    assert x == place(shown, 2.0)
    assert x + wide == shown[0].right
    assert other == shown[1].x
    assert other + rest == place(shown, 14.0)


@pytest.mark.parametrize("length", [0.001, 0.05, 1.0, 7.0, 90.0, 4000.0])
def test_marks_are_round_and_far_enough_apart(length: float) -> None:
    for panel in panels([5.0, 5.0 + length], 0.0, WIDTH):
        ticks = list(panel.ticks())
        assert ticks
        assert all(float(written) == pytest.approx(instant) for instant, written in ticks)
        assert all(panel.at(later) - panel.at(earlier) >= 60 for (earlier, _), (later, _) in pairwise(ticks))


def test_nothing_at_all_is_a_clock_too() -> None:
    assert len(panels([], 0.0, WIDTH)) == 1
