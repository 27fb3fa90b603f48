"""Outcomes: what each direction of each flow felt in each phase (RFC 6412: loss-derived, lost packets ÷ offered rate).

The rate is that at which those packets really left: a lost packet stands for the time until the next one.
"""

from collections.abc import Sequence

from lab.analysis.losses import lost_within, packets_of
from lab.model.check import Phase
from lab.model.event import FlowRecorded, LossRun, PathRun
from lab.model.outcome import FlowOutcome

REACHABLE_SECONDS = 1.0
"""A flow is reachable at the end of a phase when a packet of its last second, or of its last half if that is shorter, arrived."""

SUSTAINED_SECONDS = 5.0
"""How long nothing may be lost, and the paths be the old ones, before a flow counts as recovered (RFC 6412: sustained)."""

_UNSETTLED_SECONDS = 1.0


def outcomes(flows: Sequence[FlowRecorded]) -> tuple[FlowOutcome, ...]:
    """During and after, for each recorded direction; a run without a fault, or broken off before its end, has no after."""
    return tuple(_outcome(flow, phase) for flow in flows for phase in _phases(flow))


def _phases(flow: FlowRecorded) -> tuple[Phase, ...]:
    return ("during", "after") if flow.after_seq < flow.sent else ("during",)


def lost_before(flow: FlowRecorded) -> int:
    """Packets lost on the check's clock before any fault could have mattered; a sound measurement has none."""
    return _lost(flow, flow.zero_seq, flow.during_seq)


def lost_in_the_end(flow: FlowRecorded) -> int:
    """Packets lost in the last seconds of a recording, which goes on until none are; but for those still on their way when it ends."""
    last = flow.sent - int(_UNSETTLED_SECONDS * flow.rate_pps)
    first = last - int((SUSTAINED_SECONDS - _UNSETTLED_SECONDS) * flow.rate_pps)
    return _lost(flow, max(first, flow.after_seq), last)


def path_before(flow: FlowRecorded) -> tuple[str, ...]:
    """The path of the last sampled packet that arrived before the faults; () if none did."""
    return _last_path(flow, 0, flow.during_seq)


def _outcome(flow: FlowRecorded, phase: Phase) -> FlowOutcome:
    first, last = packets_of(flow, phase)
    lost = _lost(flow, first, last)
    reachable = _reachable(flow, first, last)
    return FlowOutcome(
        flow=flow.flow,
        direction=flow.direction,
        phase=phase,
        rate_pps=flow.rate_pps,
        sent=last - first,
        lost=lost,
        outage_seconds=round(sum(_seconds(run, flow, first, last) for run in flow.losses), 6),
        longest_loss_seconds=max((_seconds(run, flow, first, last) for run in flow.losses), default=0.0),
        resolution_seconds=1 / flow.rate_pps,
        reachable=reachable,
        path_before=path_before(flow),
        path=_path(flow, first, last) if reachable else (),
    )


def _path(flow: FlowRecorded, first: int, last: int) -> tuple[str, ...]:
    """The path at the end of a phase. Where faults end apart, the one that matters to the flow may be out before the last: then that by
    which it went until the first of them came out, if that was not its old one."""
    turned = flow.turned_seq
    if turned is not None and first < turned < last and _reachable(flow, first, turned):
        path = _last_path(flow, first, turned)
        if path != path_before(flow):
            return path
    return _last_path(flow, first, last)


def _lost(flow: FlowRecorded, first: int, last: int) -> int:
    return sum(lost_within(run, first, last) for run in flow.losses)


def _seconds(run: LossRun, flow: FlowRecorded, first: int, last: int) -> float:
    """How long that part of a run of losses lasted that lies in [first, last)."""
    whole = run.last_sent - run.first_sent + 1 / flow.rate_pps
    return round(whole * lost_within(run, first, last) / run.count, 6)


def _reachable(flow: FlowRecorded, first: int, last: int) -> bool:
    window = min(int(REACHABLE_SECONDS * flow.rate_pps), (last - first) // 2)
    return _lost(flow, last - window, last) < window


def _last_path(flow: FlowRecorded, first: int, last: int) -> tuple[str, ...]:
    through: list[PathRun] = [run for run in flow.paths if run.delivered and run.first_seq < last and run.last_seq >= first]
    return through[-1].path if through else ()
