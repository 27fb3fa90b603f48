"""The matrix: faults down, flows across, and in each cell what both directions lost while the fault was in force and after it."""

from collections.abc import Iterator, Sequence

from lab.model.check import DIRECTIONS, Direction, Phase
from lab.model.outcome import FlowOutcome, Status, Verdict
from lab.views.html.markup import NOTHING, Markup, joined, tag
from lab.views.report_words import ARROWS, NOTHING_SAID, PHASES, STATUSES, anchor, faults, link_to, span, state

_STEPS = (0.05, 0.5, 1.5, 5.0)
"""Seconds of outage at which a cell gets darker."""


def matrix(verdicts: Sequence[Verdict]) -> Markup:
    """The table of one topology's checks; a row leads to the check's section."""
    flows = tuple(dict.fromkeys(flow.flow for verdict in verdicts for flow in verdict.flows))
    body = (tag("tr", _check(verdict), *_cells(verdict, flows)) for verdict in verdicts)
    table = tag("table.matrix", tag("thead", *_head(flows)), tag("tbody", *body))
    return tag("div.scroll", table)


def _head(flows: Sequence[str]) -> Iterator[Markup]:
    named = (tag("th.flow", flow, at={"colspan": "2", "scope": "colgroup"}) for flow in flows)
    yield tag("tr", tag("th", "check and fault", at={"rowspan": "2", "scope": "col"}), *named)
    phases = (tag("th.phase", word, at={"scope": "col"}) for _ in flows for word in ("during", "after"))
    yield tag("tr", *phases)


def _check(verdict: Verdict) -> Markup:
    word = STATUSES[verdict.status]
    badge = tag(f"span.badge.{word}", word)
    name = tag("a", verdict.check, at={"href": link_to(anchor(verdict))})
    words = tag("span.what", name, tag("small", faults(verdict.steps)))
    return tag("th", tag("div", badge, words), at={"scope": "row"})


def _cells(verdict: Verdict, flows: Sequence[str]) -> Iterator[Markup]:
    if not verdict.flows and flows:
        reason = verdict.reason.splitlines()[0] if verdict.reason else "nothing was measured"
        yield tag("td.why", reason, at={"colspan": str(2 * len(flows))})
        return
    found = {(flow.flow, flow.phase, flow.direction): flow for flow in verdict.flows}
    phases: tuple[Phase, ...] = ("during", "after")
    for name in flows:
        for phase in phases:
            ways = (_way(found.get((name, phase, direction)), direction) for direction in DIRECTIONS)
            yield tag(f"td.{phase}", *ways)


def _way(flow: FlowOutcome | None, direction: Direction) -> Markup:
    """One direction in a cell: its arrow, what it lost, and a mark where it ended elsewhere than it should."""
    arrow = tag("i", ARROWS[direction])
    if flow is None:
        return tag("span.way.none", arrow, NOTHING_SAID)
    note = _note(flow)
    title = f"{flow.flow} {ARROWS[direction]} {PHASES[flow.phase]}: {flow.lost} of {flow.sent} packets lost, {state(flow)}"
    return tag(f"span.way.{heat(flow)}", arrow, span(flow.outage_seconds), note, at={"title": title})


def _note(flow: FlowOutcome) -> Markup:
    if not flow.reachable:
        return tag("b", "cut off")
    if flow.path != flow.path_before:
        return tag("em", "moved" if flow.phase == "during" else "elsewhere")
    return NOTHING


def heat(flow: FlowOutcome) -> str:
    """The class of an outage's colour: heat0 (nothing lost) to heat5, or cut for a flow that nothing gets through in the end."""
    if not flow.reachable:
        return "cut"
    if not flow.lost:
        return "heat0"
    return f"heat{1 + sum(flow.outage_seconds > step for step in _STEPS)}"


def key() -> Markup:
    """What the colours of the matrix mean."""
    words = ("nothing lost", "up to 50 ms", "0.5 s", "1.5 s", "5 s", "longer")
    shades = (tag("li", tag(f"span.shade.heat{number}"), word) for number, word in enumerate(words))
    cut = tag("li", tag("span.shade.cut"), "nothing got through at the end")
    arrows = tag("li", "→ from source to target, ← back; outage = packets lost ÷ rate")
    return tag("ul.key", *shades, cut, arrows)


def attention(verdicts: Sequence[Verdict]) -> Markup:
    """Every check that did not pass, with its reasons; nothing where all did."""
    items = [_reasons(verdict) for verdict in verdicts if verdict.status is not Status.PASS]
    return tag("section.attention", tag("h2", "What needs a look"), tag("ul", *items)) if items else NOTHING


def _reasons(verdict: Verdict) -> Markup:
    word = STATUSES[verdict.status]
    name = tag("a", f"{verdict.topology} / {verdict.check}", at={"href": link_to(anchor(verdict))})
    lines = verdict.reason.splitlines()
    more = [tag("p.more", f"and {len(lines) - 3} more")] if len(lines) > 4 else []
    said = (tag("p", line) for line in (lines[:3] if more else lines))
    return tag("li", tag(f"span.badge.{word}", word), name, joined([*said, *more]))
