"""The plot of a check: a row for each source of events, and a row for each direction of each flow, on the check's clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lab.model.evidence import Source, Track
from lab.model.outcome import StepOutcome, Verdict
from lab.views.html.axis import Panel, panels, place, stretched
from lab.views.html.felt import Felt, flow_row
from lab.views.html.markup import NOTHING, Markup, joined, scrolled, tag
from lab.views.html.parts import broken_spans
from lab.views.report.promise_words import BROKEN
from lab.views.report.words import ARROWS, SOURCES, clock

WIDTH = 1180.0
_LEFT = 132.0
_TOP = 26.0
_ROW = 24.0
_ORDER: tuple[Source, ...] = ("link", "bfd", "bgp", "ike", "route", "alarm", "automation")
_TOLD = 6
"""A mark names at most this many events, and says how many more there are."""
_WHOLE = 15.0
"""A loss up to this many seconds is shown in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    name: str
    marks: Markup


def timeline_plot(verdict: Verdict) -> Markup:
    """The plot as an HTML figure. Empty for a check without events."""
    if not verdict.tracks and not verdict.steps:
        return NOTHING
    shown = panels(list(_instants(verdict)), _LEFT, WIDTH - _LEFT - 8)
    rows = [*_faults(verdict.steps, shown), *_events(verdict, shown), *_flows(verdict, shown)]
    bottom = _TOP + _ROW * len(rows)
    drawn = (_row(row, _TOP + _ROW * number) for number, row in enumerate(rows))
    backs = [*(_panel(panel, bottom) for panel in shown), *_cuts(shown, bottom)]
    turns = joined(_turn(step, shown, bottom) for step in verdict.steps)
    at = {"viewBox": f"0 0 {WIDTH:.0f} {bottom + 24:.0f}", "role": "img"}
    plot = tag("svg.timeline", tag("title", f"What happened in {verdict.title}, and when"), *backs, turns, *drawn, at=at)
    return tag("figure.plot", tag("h4", "Timeline"), scrolled(f"Timeline of {verdict.title}", plot), _key(verdict))


def _instants(verdict: Verdict) -> Iterator[float]:
    for step in verdict.steps:
        yield from (*step.applied, *(step.undone or ()))
    for track in verdict.tracks:
        for loss in track.losses:
            quiet = max(1, int(loss.seconds)) if loss.seconds <= _WHOLE else 1
            yield from (loss.at + loss.seconds * part / quiet for part in range(quiet + 1))
        yield from (seen.at for seen in track.paths[1:])
    yield from (event.at for event in verdict.timeline if event.source != "probe")
    if not verdict.steps:  # without a fault, show everything
        yield from (float(second) for track in verdict.tracks[:1] for second in range(int(track.end) + 1))


def _faults(steps: Sequence[StepOutcome], shown: Sequence[Panel]) -> Iterator[_Row]:
    """A row for each fault. A fault that begins several times has only one row."""
    for kind, target in dict.fromkeys((step.kind, step.target) for step in steps):
        same = [step for step in steps if (step.kind, step.target) == (kind, target)]
        begins = [x for step in same for x, _ in stretched(shown, *step.lasted)]
        words = (tag("text.infault", f"{kind} {target}", at={"x": f"{x + 7:.1f}", "y": "16"}) for x in begins[:1])
        bars = [_bar(step, shown) for step in same]
        yield _Row(name="Fault" if len(same) == 1 else f"Fault × {len(same)}", marks=joined([*bars, *words]))


def _bar(step: StepOutcome, shown: Sequence[Panel]) -> Markup:
    """The bar of a fault, from just before its beginning to just after its end."""
    title = (
        f"{step.kind} {step.target}: began {_bracket(step.applied)}, {f'ended {_bracket(step.undone)}' if step.undone else 'never ended'}"
    )
    parts = stretched(shown, *step.lasted)
    boxes = ({"x": f"{x:.1f}", "y": "4", "width": f"{max(wide, 2):.1f}", "height": "16", "rx": "2"} for x, wide in parts)
    return joined(tag("rect.fault", tag("title", title), at=box) for box in boxes)


def _bracket(instants: tuple[float, float]) -> str:
    return f"{clock(instants[0])} to {clock(instants[1])}"


def _events(verdict: Verdict, shown: Sequence[Panel]) -> Iterator[_Row]:
    """A row for each source that reported events."""
    for source in _ORDER:
        events = [event for event in verdict.timeline if event.source == source]
        marks: dict[int, list[str]] = {}
        for event in events:
            x = place(shown, event.at)
            if x is not None:
                marks.setdefault(round(x), []).append(f"{clock(event.at)}  {event.node}: {event.what}")
        if marks:
            drawn = (_mark(x, said, source) for x, said in marks.items())
            yield _Row(name=SOURCES[source], marks=joined(drawn))


def _mark(x: int, said: Sequence[str], source: Source) -> Markup:
    """A mark for all events that are within one pixel. The more events, the taller the mark."""
    more = [f"… and {len(said) - _TOLD} more"] if len(said) > _TOLD else []
    tall = min(8 + 3 * len(said), 18)
    path = f"M{x},{12 - tall / 2:.1f} v{tall}"
    return tag(f"path.event.{source}", tag("title", "\n".join([*said[:_TOLD], *more])), at={"d": path})


def _flows(verdict: Verdict, shown: Sequence[Panel]) -> Iterator[_Row]:
    for track in verdict.tracks:
        outcomes = [flow for flow in verdict.flows if (flow.flow, flow.direction) == (track.flow, track.direction)]
        phases = tuple(outcome.convergence for outcome in outcomes if outcome.convergence)
        broken = tuple(broken_spans(verdict, track.flow, track.direction))
        yield _Row(name=_name(track), marks=flow_row(Felt(track=track, phases=phases, broken=broken), shown))


def _name(track: Track) -> str:
    return f"{track.flow} {ARROWS[track.direction]}"


def _row(row: _Row, y: float) -> Markup:
    name = tag("text.row", row.name, at={"x": f"{_LEFT - 12:.0f}", "y": "16"})
    return tag("g", name, row.marks, at={"transform": f"translate(0 {y:.0f})"})


def _panel(panel: Panel, bottom: float) -> Markup:
    """The background of a part of the time axis, with its ticks and their seconds."""
    box = {"x": f"{panel.x:.1f}", "y": f"{_TOP - 4:.0f}", "width": f"{panel.width:.1f}", "height": f"{bottom - _TOP + 8:.0f}", "rx": "3"}
    lines = []
    words = []
    for instant, written in panel.ticks():
        x = panel.at(instant)
        lines.append(f"M{x:.1f},{_TOP - 4:.0f} V{bottom + 4:.0f}")
        words.append(tag("text.tick", written, at={"x": f"{x:.1f}", "y": f"{bottom + 18:.0f}"}))
    return joined([tag("rect.panel", at=box), tag("path.grid", at={"d": " ".join(lines)}), *words])


def _cuts(shown: Sequence[Panel], bottom: float) -> Iterator[Markup]:
    """Between each two parts of the time axis: how many seconds are cut out there."""
    for earlier, later in pairwise(shown):
        at = {"x": f"{(earlier.right + later.x) / 2:.1f}", "y": f"{_TOP - 9:.0f}"}
        yield tag("text.tick.left", f"{later.begin - earlier.end:.1f} s cut out", at=at)


def _turn(step: StepOutcome, shown: Sequence[Panel], bottom: float) -> Markup:
    """Lines through all rows at the beginning and at the end of a fault."""
    lines = []
    for word, instant in (("in", step.applied[0]), *((("out", step.undone[0]),) if step.undone else ())):
        x = place(shown, instant)
        if x is not None:
            lines.append(tag(f"path.turn.{word}", at={"d": f"M{x:.1f},{_TOP - 4:.0f} V{bottom + 4:.0f}"}))
    return joined(lines)


def _key(verdict: Verdict) -> Markup:
    rows = [("lost", "packets lost"), ("seen", "seen on another path")]
    if any(flow.convergence for flow in verdict.flows):
        rows += [("detection", "detection"), ("control", "control plane"), ("fib", "FIB"), ("data", "data plane")]
    if any(outcome.breaches for outcome in verdict.flows):
        rows.insert(1, ("lost.over", f"lost, and a promise was broken {BROKEN}"))
    marks = (tag("li", tag(f"span.swatch.{kind}"), words) for kind, words in rows)
    return tag("ul.key", *marks, tag("li", "seconds of the check's clock"))
