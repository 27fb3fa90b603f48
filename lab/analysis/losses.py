"""Runs of lost packets of a flow."""

from lab.analysis.spans import Span
from lab.model.event import FlowRecorded, LossRun


def lost_within(run: LossRun, first: int, last: int) -> int:
    """How many of these lost packets have numbers in [first, last)."""
    return max(0, min(run.first_seq + run.count, last) - max(run.first_seq, first))


def longest_loss(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The run of lost packets with the most packets in a span. None if no packet was lost in the span."""
    longest = max(flow.losses, key=lambda run: lost_within(run, span.first, span.last), default=None)
    return longest if longest and lost_within(longest, span.first, span.last) else None


def longest_loss_begun(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The longest run of lost packets that began in a span, with its packets after the span, too. So a loss is reported only once."""
    return max((run for run in flow.losses if span.first <= run.first_seq < span.last), key=lambda run: run.count, default=None)
