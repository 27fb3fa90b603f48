"""The evidence for the figures of a check: three measurements of each outage, phases of convergence, all trials, and the load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.evidence import HostLoad, Spread
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import NOTHING, Content, Markup, joined, scrolled, tag
from lab.views.html.parts import has_several_events, part_words
from lab.views.report.spread_lines import event_of
from lab.views.report.words import ARROWS, NOTHING_SAID, PHASES, clock, span

_PLOT_WIDTH, _PLOT_HEIGHT, _PLOT_PAD = 180.0, 18.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table: its headings (`words`) and rows. The first `texts` columns are text, the others are numbers."""

    title: str
    words: tuple[str, ...]
    rows: Sequence[Sequence[Content]]
    texts: int


def evidence(verdict: Verdict) -> Markup:
    """All evidence that the verdict has. Each kind has its own title."""
    tables = (_convergence(verdict), _readings(verdict), _spreads(verdict.spreads))
    return joined([*(_shown(table, verdict.title) for table in tables if table.rows), _rejected(verdict), _load(verdict.load)])


def _convergence(verdict: Verdict) -> _Table:
    several = has_several_events(verdict)
    rows: list[list[Content]] = []
    for flow in verdict.flows:
        if (each := flow.convergence) is not None:
            seconds = (each.detection_seconds, each.control_plane_seconds, each.fib_seconds, each.data_plane_seconds)
            noticed = f"{each.noticed.node}: {each.noticed.what}" if each.noticed else "nobody"
            told = [second for second in seconds if second is not None]
            total = span(sum(told)) if len(told) == len(seconds) else NOTHING_SAID
            shares = (0.0, each.frr_control_plane_seconds, each.frr_fib_seconds, 0.0)
            rows.append([_which(flow, several=several), clock(each.event_at), noticed, *map(_phase, seconds, shares), total])
    words = ("flow", "change at", "first noticed by", "detection", "control plane", "FIB", "data plane", "total")
    return _Table(title="Convergence (RFC 6412)", words=words, rows=rows, texts=3)


def _phase(seconds: float | None, share: float) -> Content:
    """The duration of a phase, and how much of it is FRR's fixed delay."""
    return joined([span(seconds), tag("small.fixed", f"FRR's fixed {span(share)}")]) if share else span(seconds)


def _readings(verdict: Verdict) -> _Table:
    several = has_several_events(verdict)
    rows: list[list[Content]] = []
    for flow in verdict.flows:
        if (each := flow.readings) is not None:
            agree = tag("b.good", "agree") if each.agree else tag("b.bad", "disagree")
            seconds = (each.loss_seconds, each.gap_seconds, each.event_seconds, each.tolerance_seconds)
            rows.append([_which(flow, several=several), *map(span, seconds), agree])
    words = ("flow", "by packets lost", "by the gap between arrivals", "by events", "tolerance", "readings")
    return _Table(title="Three readings of the longest loss", words=words, rows=rows, texts=1)


def _spreads(spreads: Sequence[Spread]) -> _Table:
    rows: list[list[Content]] = []
    most = max((outage for spread in spreads for outage in spread.outages), default=0.0)
    for each in (spread for spread in spreads if len(spread.outages) > 1):
        which = f"{each.flow} {ARROWS[each.direction]} {event_of(each, spreads) or PHASES[each.phase]}"
        figures = map(span, (each.median, each.p1, each.p99, each.deviation))
        rows.append([which, str(len(each.outages)), *figures, _dots(each, most)])
    words = ("flow", "trials", "median", "1st percentile", "99th percentile", "std. deviation", f"each trial, 0 to {span(most)}")
    return _Table(title="Outage over all trials", words=words, rows=rows, texts=1)


def _dots(spread: Spread, most: float) -> Markup:
    """Each trial as a dot, on a scale from 0 to the longest outage of the check. A line marks the median."""
    room = _PLOT_WIDTH - 2 * _PLOT_PAD
    scale = room / most if most else 0.0
    middle = _PLOT_PAD + spread.median * scale
    dots = (
        tag("circle.trial", tag("title", span(outage)), at={"cx": f"{_PLOT_PAD + outage * scale:.1f}", "cy": "9", "r": "3"})
        for outage in spread.outages
    )
    lines = tag("path.scale", at={"d": f"M{_PLOT_PAD},9 h{room}"}), tag("path.median", at={"d": f"M{middle:.1f},1 v16"})
    at = {"viewBox": f"0 0 {_PLOT_WIDTH:.0f} {_PLOT_HEIGHT:.0f}", "width": f"{_PLOT_WIDTH:.0f}", "height": f"{_PLOT_HEIGHT:.0f}"}
    return tag("svg.trials", *lines, *dots, at=at)


def _rejected(verdict: Verdict) -> Markup:
    if not verdict.rejected:
        return NOTHING
    title = tag("h4", f"Trials that do not count ({len(verdict.rejected)})")
    return joined([title, tag("ul.rejected", *(tag("li", reason) for reason in verdict.rejected))])


def _load(load: HostLoad | None) -> Markup:
    if load is None:
        return NOTHING
    stalled = "" if load.stalled is None else f", processes waited for a processor {load.stalled:.1%} of the time"
    late = f"the latest probe left {span(load.latest_probe_seconds)} late" if load.latest_probe_seconds else "no probe left late"
    return tag("p.load", tag("b", "Host during the check: "), f"{load.busy:.0%} busy{stalled}; {late}.")


def _which(flow: FlowOutcome, *, several: bool) -> str:
    return f"{flow.flow} {ARROWS[flow.direction]} {part_words(flow, several=several)}"


def _shown(table: _Table, check: str) -> Markup:
    head = tag("tr", *_line("th", table.words, table.texts))
    body = (tag("tr", *_line("td", row, table.texts)) for row in table.rows)
    marked = tag("table.evidence", tag("thead", head), tag("tbody", *body))
    return joined([tag("h4", table.title), scrolled(f"{table.title}, {check}", marked)])


def _line(kind: str, cells: Sequence[Content], texts: int) -> Iterator[Markup]:
    for number, cell in enumerate(cells):
        yield tag(kind if number < texts else f"{kind}.number", cell)
