"""Losses: which loss in a row was the longest among some packets of a flow."""

from lab.analysis.spans import Span
from lab.model.event import FlowRecorded, LossRun


def lost_within(run: LossRun, first: int, last: int) -> int:
    """How many of a run of lost packets are in [first, last)."""
    return max(0, min(run.first_seq + run.count, last) - max(run.first_seq, first))


def longest_loss(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The run of lost packets that has most of them in a span; None where none was lost."""
    longest = max(flow.losses, key=lambda run: lost_within(run, span.first, span.last), default=None)
    return longest if longest and lost_within(longest, span.first, span.last) else None


def longest_loss_begun(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The longest run of lost packets that began in a span, as a whole: one that goes on into the next span is not told twice."""
    return max((run for run in flow.losses if span.first <= run.first_seq < span.last), key=lambda run: run.count, default=None)
