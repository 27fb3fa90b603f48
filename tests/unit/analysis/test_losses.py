"""Losses: the run of lost packets that belongs to an event."""

from lab.analysis.losses import longest_loss, longest_loss_begun, lost_within
from lab.analysis.spans import spans
from tests.unit.analysis.samples import AFTER, DURING, HAPPENED, lost, recorded

SHORT = lost(DURING + 50, 10)
ACROSS = lost(AFTER - 100, 300)
FLOW = recorded(SHORT, ACROSS)
DURING_SPAN, AFTER_SPAN = spans(FLOW, HAPPENED)


def test_a_loss_belongs_to_an_event_with_the_packets_it_has_there():
    assert [lost_within(ACROSS, span.first, span.last) for span in (DURING_SPAN, AFTER_SPAN)] == [100, 200]
    assert longest_loss(FLOW, DURING_SPAN) == longest_loss(FLOW, AFTER_SPAN) == ACROSS


def test_as_a_whole_a_loss_is_told_only_where_it_began():
    assert longest_loss_begun(FLOW, DURING_SPAN) == ACROSS
    assert longest_loss_begun(FLOW, AFTER_SPAN) is None


def test_where_nothing_was_lost_there_is_no_longest_loss():
    assert longest_loss(recorded(), DURING_SPAN) is longest_loss_begun(recorded(), DURING_SPAN) is None
    assert longest_loss(recorded(SHORT), AFTER_SPAN) is None
