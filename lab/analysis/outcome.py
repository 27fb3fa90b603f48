"""Compute the outage of each direction of each flow in each event (RFC 6412, loss-derived: lost packets ÷ sending rate).

The rate is the measured one: each lost packet counts as the time until the next packet was sent.
"""

from collections.abc import Sequence
from dataclasses import replace

from lab.analysis.happened import peaks
from lab.analysis.losses import lost_within
from lab.analysis.spans import Span, spans
from lab.model.event import FlowRecorded, LossRun, PathRun
from lab.model.outcome import ConvergenceEvent, FlowOutcome

REACHABLE_SECONDS = 1.0
"""A flow is reachable at the end of an event if a packet arrived that was sent in its last second.

In an event shorter than two seconds its last half counts, or at least its last packet.
"""

_UNSETTLED_SECONDS = 1.0


def outcomes(flows: Sequence[FlowRecorded], happened: Sequence[ConvergenceEvent]) -> tuple[FlowOutcome, ...]:
    """One outcome for each span of each recorded flow direction (see `spans`). There is none for an event that the run did not reach."""
    return tuple(outcome for flow in flows for outcome in _of_flow(flow, happened))


def _of_flow(flow: FlowRecorded, happened: Sequence[ConvergenceEvent]) -> tuple[FlowOutcome, ...]:
    each = tuple(_outcome(flow, span) for span in spans(flow, happened))
    wholes = [outcome for outcome in each if outcome.event is None and happened]
    if not wholes:
        return each
    broken = {event.name for event in peaks(happened)}
    worst = [outcome for outcome in each if outcome.event in broken]
    return tuple(_as_at_worst(outcome, worst) if outcome in wholes else outcome for outcome in each)


def _as_at_worst(whole: FlowOutcome, worst: Sequence[FlowOutcome]) -> FlowOutcome:
    """The outcome of a whole phase, with the path at the events at which most was broken (`worst`).

    If the flow was cut off at one of them: (). Else, if its path changed at one of them: that path.
    """
    cut_off = any(not outcome.reachable for outcome in worst)
    moved = (outcome.path for outcome in worst if outcome.path != outcome.path_before)
    path = () if cut_off else next(moved, worst[0].path if worst else whole.path)
    return replace(whole, reachable=not cut_off, path=path)


def lost_before(flow: FlowRecorded) -> int:
    """How many packets were lost after instant 0 and before the first fault. It is 0 if the measurement can be trusted."""
    return _lost(flow, flow.zero_seq, first_felt(flow))


def lost_in_the_end(flow: FlowRecorded, seconds: float) -> int:
    """How many packets were lost in the last `seconds` of a recording. Packets that may still be on their way at its end do not count."""
    last = flow.sent - int(_UNSETTLED_SECONDS * flow.rate_pps)
    first = last - int((seconds - _UNSETTLED_SECONDS) * flow.rate_pps)
    return _lost(flow, max(first, flow.felt[-1] if flow.felt else flow.zero_seq), last)


def path_before(flow: FlowRecorded) -> tuple[str, ...]:
    """The path of the last sampled packet that arrived before the faults. () if no sampled packet arrived."""
    return last_path(flow, 0, first_felt(flow))


def first_felt(flow: FlowRecorded) -> int:
    """The number of the first packet that a fault could affect. In a run without faults: the number of the first packet after instant 0."""
    return flow.felt[0] if flow.felt else flow.zero_seq


def last_path(flow: FlowRecorded, first: int, last: int) -> tuple[str, ...]:
    """The path of the last packet that was sampled, arrived, and has a number in [first, last). () if there is no such packet."""
    through: list[PathRun] = [run for run in flow.paths if run.delivered and run.first_seq < last and run.last_seq >= first]
    return through[-1].path if through else ()


def _outcome(flow: FlowRecorded, span: Span) -> FlowOutcome:
    first, last = span.first, span.last
    lost = _lost(flow, first, last)
    reachable = _reachable(flow, first, last)
    return FlowOutcome(
        flow=flow.flow,
        direction=flow.direction,
        phase=span.phase,
        event=span.event.name if span.event else None,
        rate_pps=flow.rate_pps,
        sent=last - first,
        lost=lost,
        outage_seconds=round(sum(_seconds(run, flow, first, last) for run in flow.losses), 6),
        longest_loss_seconds=max((_seconds(run, flow, first, last) for run in flow.losses), default=0.0),
        resolution_seconds=1 / flow.rate_pps,
        reachable=reachable,
        path_before=path_before(flow),
        path_begun=last_path(flow, 0, first),
        path=last_path(flow, first, last) if reachable else (),
    )


def _lost(flow: FlowRecorded, first: int, last: int) -> int:
    return sum(lost_within(run, first, last) for run in flow.losses)


def _seconds(run: LossRun, flow: FlowRecorded, first: int, last: int) -> float:
    """The duration of a run of lost packets. Only packets with numbers in [first, last) count."""
    whole = run.last_sent - run.first_sent + 1 / flow.rate_pps
    return round(whole * lost_within(run, first, last) / run.count, 6)


def _reachable(flow: FlowRecorded, first: int, last: int) -> bool:
    window = max(min(int(REACHABLE_SECONDS * flow.rate_pps), (last - first) // 2), 1)
    return _lost(flow, last - window, last) < window
