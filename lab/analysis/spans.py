"""Spans: the packets of a flow that belong to a convergence event, or to a phase of the check."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lab.model.check import Phase
from lab.model.event import FlowRecorded
from lab.model.outcome import ConvergenceEvent, FlowOutcome

SIMPLE = 2
"""With at most this many events, each phase is one event: the faults begin together and end together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The packets of a flow with numbers in [first, last). They belong to `event`, or to a whole phase if `event` is None."""

    phase: Phase
    event: ConvergenceEvent | None
    first: int
    last: int

    def is_of(self, outcome: FlowOutcome) -> bool:
        """Whether an outcome of the same flow is about this span."""
        return (self.phase, self.event.name if self.event else None) == (outcome.phase, outcome.event)


def spans(flow: FlowRecorded, happened: Sequence[ConvergenceEvent]) -> tuple[Span, ...]:
    """The spans of a flow: one in a run without a fault, and two in a check with one fault (during the fault, and after it).

    In a check with more events, the first span is the whole time of the faults. One span for each event follows. An event after which no
    packet was sent has no span.
    """
    if not happened or not flow.felt:
        return (Span(phase="during", event=None, first=flow.zero_seq, last=flow.sent),)
    edges = pairwise([*flow.felt, flow.sent])
    each = [
        Span(phase=event.phase, event=event, first=first, last=last)
        for event, (first, last) in zip(happened, edges, strict=False)
        if first < flow.sent
    ]
    if len(happened) <= SIMPLE:
        return tuple(each)
    return (Span(phase="during", event=None, first=flow.felt[0], last=flow.felt[-1]), *each)
