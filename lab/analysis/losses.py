"""Find the longest run of lost packets of a flow. A run is a sequence of packets that were all lost."""

from lab.analysis.spans import Span
from lab.model.event import FlowRecorded, LossRun


def lost_within(run: LossRun, first: int, last: int) -> int:
    """How many packets of this run have numbers from `first` up to, but not including, `last`."""
    return max(0, min(run.first_seq + run.count, last) - max(run.first_seq, first))


def longest_loss(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The run with the most lost packets in this span. None if no packet was lost in the span."""
    longest = max(flow.losses, key=lambda run: lost_within(run, span.first, span.last), default=None)
    return longest if longest and lost_within(longest, span.first, span.last) else None


def longest_loss_begun(flow: FlowRecorded, span: Span) -> LossRun | None:
    """The longest run of lost packets that began in this span. It may end later. So each loss is reported for only one span."""
    return max((run for run in flow.losses if span.first <= run.first_seq < span.last), key=lambda run: run.count, default=None)
