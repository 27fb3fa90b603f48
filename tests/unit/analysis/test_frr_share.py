"""FRR's own share of a measured time."""

import pytest

from lab.analysis.frr_share import cleared_and_held, held


@pytest.mark.parametrize(
    ("seconds", "share"),
    [(0.0, 0.0), (0.012, 0.0), (0.0504, 0.05), (0.0499, 0.0499), (0.1018, 0.1), (0.1518, 0.15), (9.0, 0.2)],
)
def test_news_is_held_once_in_every_router_at_most(seconds: float, share: float) -> None:
    assert held(seconds, routers=4) == pytest.approx(share)


@pytest.mark.parametrize(("seconds", "share"), [(0.0, 0.0), (0.012, 0.0), (0.0525, 0.05), (0.0615, 0.06), (0.102, 0.1), (0.1125, 0.11)])
def test_what_a_lost_neighbor_told_is_cleared_first(seconds: float, share: float) -> None:
    assert cleared_and_held(seconds, routers=4) == pytest.approx(share)
