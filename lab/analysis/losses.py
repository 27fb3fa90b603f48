"""Losses: which packets of a flow felt the faults or their undoing, and which loss in a row was the longest then."""

from lab.model.check import Phase
from lab.model.event import FlowRecorded, LossRun


def packets_of(flow: FlowRecorded, phase: Phase) -> tuple[int, int]:
    """The sequence numbers of a phase: the first one, and the one behind the last."""
    return (flow.during_seq, flow.after_seq) if phase == "during" else (flow.after_seq, flow.sent)


def lost_within(run: LossRun, first: int, last: int) -> int:
    """How many of a run of lost packets are in [first, last)."""
    return max(0, min(run.first_seq + run.count, last) - max(run.first_seq, first))


def longest_loss(flow: FlowRecorded, phase: Phase) -> LossRun | None:
    """The run of lost packets that has most of them in a phase; None where none was lost."""
    first, last = packets_of(flow, phase)
    longest = max(flow.losses, key=lambda run: lost_within(run, first, last), default=None)
    return longest if longest and lost_within(longest, first, last) else None


def longest_loss_begun(flow: FlowRecorded, phase: Phase) -> LossRun | None:
    """The longest run of lost packets that began in a phase, as a whole: one that goes on into the next phase is not told twice."""
    first, last = packets_of(flow, phase)
    return max((run for run in flow.losses if first <= run.first_seq < last), key=lambda run: run.count, default=None)
