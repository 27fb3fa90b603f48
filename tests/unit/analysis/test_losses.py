"""Losses: which loss in a row a phase speaks of."""

from lab.analysis.losses import longest_loss, longest_loss_begun, lost_within, packets_of
from tests.unit.analysis.samples import AFTER, DURING, SENT, lost, recorded

SHORT = lost(DURING + 50, 10)
ACROSS = lost(AFTER - 100, 300)
FLOW = recorded(SHORT, ACROSS)


def test_a_loss_belongs_to_a_phase_with_the_packets_it_has_there():
    assert packets_of(FLOW, "during") == (DURING, AFTER)
    assert packets_of(FLOW, "after") == (AFTER, SENT)
    assert [lost_within(ACROSS, *packets_of(FLOW, phase)) for phase in ("during", "after")] == [100, 200]
    assert longest_loss(FLOW, "during") == longest_loss(FLOW, "after") == ACROSS


def test_as_a_whole_a_loss_is_told_only_where_it_began():
    assert longest_loss_begun(FLOW, "during") == ACROSS
    assert longest_loss_begun(FLOW, "after") is None


def test_where_nothing_was_lost_there_is_no_longest_loss():
    assert longest_loss(recorded(), "during") is longest_loss_begun(recorded(), "during") is None
    assert longest_loss(recorded(SHORT), "after") is None
