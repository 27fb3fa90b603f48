"""Convergence in words."""

from dataclasses import replace

from lab.model.evidence import Convergence, TimelineEvent
from lab.views.report.convergence_words import noticed_words, phases_words

WHOLE = Convergence(
    event_at=2.0,
    noticed=TimelineEvent(at=2.843, node="dc1-r1", source="bfd", what="peer loc-a-1 down: detection time expired"),
    detection_seconds=0.843,
    control_plane_seconds=0.0625,
    fib_seconds=0.0509,
    data_plane_seconds=0.0007,
    frr_control_plane_seconds=0.06,
    frr_fib_seconds=0.05,
)


def test_all_phases_are_told_in_order_with_what_frr_waits_by_itself() -> None:
    assert noticed_words(WHOLE) == "noticed by dc1-r1 (bfd: peer loc-a-1 down: detection time expired) after 843 ms"
    assert phases_words(WHOLE) == (
        "control plane 62 ms (of which FRR's fixed 60 ms), FIB 51 ms (of which FRR's fixed 50 ms), data plane 1 ms"
    )


def test_phases_that_were_not_seen_are_left_out() -> None:
    nothing = replace(WHOLE, noticed=None, detection_seconds=None, control_plane_seconds=None, fib_seconds=None, data_plane_seconds=0.25)
    assert (noticed_words(nothing), phases_words(nothing)) == ("no router noticed it", "data plane 250 ms")
    unwaited = replace(WHOLE, noticed=None, fib_seconds=None, data_plane_seconds=None, frr_control_plane_seconds=0.0)
    assert phases_words(unwaited) == "control plane 62 ms"
    assert phases_words(replace(unwaited, control_plane_seconds=None)) == ""
