"""The row of a flow in the plot: losses are bars, changes of path are diamonds, and below them are the phases of convergence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.evidence import Convergence, Loss, Track
from lab.views.html.axis import Panel, place, stretched
from lab.views.html.markup import NOTHING, Markup, joined, tag
from lab.views.report.promise_words import BROKEN
from lab.views.report.words import clock, span

_TOGETHER = 1.5
"""Bars with less distance than this, in pixels, are drawn as one."""
_READABLE = 46.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What one direction of a flow did, for the plot. `broken`: the times of outages that broke a promise."""

    track: Track
    phases: tuple[Convergence, ...]
    broken: tuple[tuple[float, float], ...]


def flow_row(felt: Felt, shown: Sequence[Panel]) -> Markup:
    """The row of one direction of one flow, from the start of the clock to the end of the check."""
    track = felt.track
    lines = " ".join(f"M{x:.1f},11 h{wide:.1f}" for x, wide in stretched(shown, max(track.begin, 0.0), track.end))
    rests = [tag("path.rest", at={"d": lines})] if lines else []
    bars = [_bar(x, losses, felt, shown) for x, losses in _together(track.losses, shown)]
    strips = [strip for each in felt.phases for strip in _phases(each, shown)]
    turns = [_diamond(track, number, shown) for number in range(1, len(track.paths))]
    return joined([*rests, *bars, *strips, *turns])


def _together(losses: Sequence[Loss], shown: Sequence[Panel]) -> Iterator[tuple[float, list[Loss]]]:
    """Groups of losses that would touch each other in the plot. Each group has the x of its first loss."""
    group: list[Loss] = []
    begin = right = 0.0
    for loss in losses:
        for x, wide in list(stretched(shown, loss.at, loss.at + loss.seconds))[:1]:
            if group and x - right < _TOGETHER:
                group.append(loss)
            else:
                if group:
                    yield begin, group
                group, begin = [loss], x
            right = x + wide
    if group:
        yield begin, group


def _bar(begin: float, losses: Sequence[Loss], felt: Felt, shown: Sequence[Panel]) -> Markup:
    """A bar for some losses, with their duration in words.

    It continues after a part that is cut out. It is paler if more packets arrived.
    """
    first, last = losses[0], losses[-1]
    end = last.at + last.seconds
    count, lost = sum(loss.count for loss in losses), sum(loss.seconds for loss in losses)
    title = f"{clock(first.at)} to {clock(end)}: {count} packets lost in {len(losses)} runs, {span(lost)} in all"
    if len(losses) == 1:
        title = f"{clock(first.at)} to {clock(end)}: {count} packets lost in a row, {span(lost)}"
    is_over = any(since <= loss.at < until for loss in losses for since, until in felt.broken)
    share = f"{min(1.0, 0.2 + 0.8 * lost / (end - first.at)):.2f}"
    parts = [(x, max(wide, 1.5)) for x, wide in stretched(shown, first.at, end)]
    bars = (
        tag(
            "rect.lost.over" if is_over else "rect.lost",
            tag("title", f"{title}; a promise was broken" if is_over else title),
            at={"x": f"{x:.1f}", "y": "4", "width": f"{wide:.1f}", "height": "14", "rx": "1", "fill-opacity": share},
        )
        for x, wide in parts
    )
    widest = max(wide for _, wide in parts)
    at = {"x": f"{begin + 6:.1f}", "y": "15"}
    words = tag("text.inlost", f"{span(lost)} {BROKEN}" if is_over else span(lost), at=at) if widest > _READABLE else NOTHING
    return joined([*bars, words])


def _phases(convergence: Convergence, shown: Sequence[Panel]) -> Iterator[Markup]:
    """The phases detection, control plane, FIB and data plane, one after another, from the change on."""
    at = convergence.event_at
    for kind, words, seconds in (
        ("detection", "detection", convergence.detection_seconds),
        ("control", "control plane", convergence.control_plane_seconds),
        ("fib", "FIB", convergence.fib_seconds),
        ("data", "data plane", convergence.data_plane_seconds),
    ):
        if seconds is None:
            return
        for x, wide in stretched(shown, at, at + seconds):
            box = {"x": f"{x:.1f}", "y": "19.5", "width": f"{max(wide, 0.8):.1f}", "height": "3.5"}
            yield tag(f"rect.{kind}", tag("title", f"{words}: {span(seconds)}"), at=box)
        at += seconds


def _diamond(track: Track, number: int, shown: Sequence[Panel]) -> Markup:
    seen = track.paths[number]
    x = place(shown, seen.at)
    if x is None:
        return NOTHING
    title = f"{clock(seen.at)}: first seen on {' > '.join(seen.path)}"
    return tag("path.seen", tag("title", title), at={"d": f"M{x:.1f},6.5 l4.5,4.5 l-4.5,4.5 l-4.5,-4.5 Z"})
