"""Tracks: every loss of packets and every path of each direction of each flow, with their times on the check's clock."""

from collections.abc import Iterator, Sequence

from lab.model.event import FlowRecorded
from lab.model.evidence import Loss, Seen, Track


def tracks(flows: Sequence[FlowRecorded]) -> tuple[Track, ...]:
    """One track for each recorded direction of a flow, in the order recorded.

    Of the time before instant 0 a track has only the first path.
    """
    return tuple(_track(flow) for flow in flows)


def _track(flow: FlowRecorded) -> Track:
    losses = (
        Loss(at=run.first_sent, seconds=run.last_sent - run.first_sent + 1 / flow.rate_pps, count=run.count)
        for run in flow.losses
        if run.first_seq >= flow.zero_seq
    )
    return Track(
        flow=flow.flow, direction=flow.direction, begin=flow.started, end=flow.ended, losses=tuple(losses), paths=tuple(_changes(flow))
    )


def _changes(flow: FlowRecorded) -> Iterator[Seen]:
    """The first path, then each path after instant 0 that differs from the path before it."""
    last: tuple[str, ...] | None = None
    for run in flow.paths:
        if not run.delivered or run.path == last:
            continue
        if last is not None and run.last_sent < 0:
            continue
        last = run.path
        yield Seen(at=run.first_sent, path=run.path)
