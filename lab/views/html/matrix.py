"""The matrix: a row for each fault, and a column for each flow.

A cell shows the outages of both directions, during the fault and after it.
"""

from collections.abc import Iterator, Sequence

from lab.model.direction import DIRECTIONS, Direction
from lab.model.outcome import FlowOutcome, Status, Verdict
from lab.views.counted import counted
from lab.views.html.markup import NOTHING, Content, Markup, joined, scrolled, tag
from lab.views.html.parts import has_several_events, of_phase
from lab.views.html.promised import level, mark, most_words
from lab.views.report.promise_words import BROKEN, KEPT, UNTOUCHED
from lab.views.report.words import ARROWS, NOTHING_SAID, PHASES, STATUSES, anchor, faults, link_to, span, state


def matrix(topology: str, verdicts: Sequence[Verdict]) -> Markup:
    """The matrix of one topology's checks. Each row has a link to the check's section."""
    flows = tuple(dict.fromkeys(flow.flow for verdict in verdicts for flow in verdict.flows))
    body = (tag("tr", _check(verdict), *_cells(verdict, flows)) for verdict in verdicts)
    table = tag("table.matrix", tag("thead", *_head(flows)), tag("tbody", *body))
    return scrolled(f"Faults and flows of {topology}", table)


def _head(flows: Sequence[str]) -> Iterator[Markup]:
    named = (tag("th.flow", flow, at={"colspan": "2", "scope": "colgroup"}) for flow in flows)
    yield tag("tr", tag("th", "check and fault", at={"rowspan": "2", "scope": "col"}), *named)
    phases = (tag("th.phase", word, at={"scope": "col"}) for _ in flows for word in ("during", "after"))
    yield tag("tr", *phases)


def _check(verdict: Verdict) -> Markup:
    word = STATUSES[verdict.status]
    badge = tag(f"span.badge.{word}", word)
    name = tag("a", verdict.title, at={"href": link_to(anchor(verdict))})
    events = f"; {counted(len(verdict.events), 'event')}" if has_several_events(verdict) else ""
    words = tag("span.what", name, tag("small.faults", f"{faults(verdict.steps)}{events}"))
    return tag("th", tag("div", badge, words), at={"scope": "row"})


def _cells(verdict: Verdict, flows: Sequence[str]) -> Iterator[Markup]:
    if not verdict.flows and flows:
        reason = verdict.reason.splitlines()[0] if verdict.reason else "nothing was measured"
        yield tag("td.why", reason, at={"colspan": str(2 * len(flows))})
        return
    for name in flows:
        for phase in PHASES:
            own = [outcome for outcome in of_phase(verdict.flows, phase) if outcome.flow == name]
            ways = {direction: [outcome for outcome in own if outcome.direction == direction] for direction in DIRECTIONS}
            if own and all(outcome.untouched and not outcome.breaches for outcome in own):
                yield tag(f"td.{phase}", tag("span.way.untouched", "untouched", at={"title": UNTOUCHED}))
            else:
                yield tag(f"td.{phase}", *(_way(ways[direction], direction) for direction in DIRECTIONS))


def _way(outcomes: Sequence[FlowOutcome], direction: Direction) -> Markup:
    """One direction of a flow in a cell: an arrow, the outage beside its promised limit (words and a bar), and ✓ or ✗."""
    arrow = tag("i", ARROWS[direction])
    if not outcomes:
        return tag("span.way.none", arrow, NOTHING_SAID)
    first = outcomes[0]
    title = f"{first.flow} {ARROWS[direction]} {PHASES[first.phase]}: {first.lost} of {first.sent} packets lost, {state(first)}"
    at = {"title": title, "style": f"--share: {min(first.share or 0.0, 1.0):.0%}"}
    words: list[Content] = [arrow, span(first.outage_seconds), tag("small", most_words(first)), *_notes(outcomes)]
    return tag(f"span.way.{level(outcomes)}", *words, at=at)


def _notes(outcomes: Sequence[FlowOutcome]) -> Iterator[Markup]:
    """ "cut off" or "moved" if the flow left its first path, and a mark (✓ or ✗) if something was promised about it."""
    first = outcomes[0]
    if not first.reachable:
        yield tag("em", "cut off")
    elif first.path != first.path_before:
        yield tag("em", "moved" if first.phase == "during" else "elsewhere")
    is_broken = any(outcome.breaches for outcome in outcomes)
    if is_broken or (first.promised and first.is_judged and not first.untouched):
        yield mark(kept=not is_broken)


def key() -> Markup:
    """An explanation of the colours in the matrix."""
    words = {
        "share0": "nothing lost",
        "share1": "up to half of what was promised",
        "share2": "up to 80 %",
        "share3": "up to all of it",
        "over": f"{BROKEN} a promise was broken",
        "open": "lost, not judged by a promise",
        "untouched": UNTOUCHED,
    }
    shades = (tag("li", tag(f"span.shade.{kind}"), word) for kind, word in words.items())
    arrows = tag("li", f"{KEPT} kept · → from source to target, ← back · outage = packets lost ÷ rate")
    return tag("ul.key", *shades, arrows)


def attention(verdicts: Sequence[Verdict]) -> Markup:
    """All checks that did not pass, each with the reasons."""
    items = [_reasons(verdict) for verdict in verdicts if verdict.status is not Status.PASS]
    return tag("section.attention", tag("h2", "What needs a look"), tag("ul", *items)) if items else NOTHING


def _reasons(verdict: Verdict) -> Markup:
    word = STATUSES[verdict.status]
    name = tag("a", f"{verdict.topology} / {verdict.title}", at={"href": link_to(anchor(verdict))})
    lines = verdict.reason.splitlines()
    more = [tag("p.more", f"and {len(lines) - 3} more")] if len(lines) > 4 else []
    said = (tag("p", line) for line in (lines[:3] if more else lines))
    return tag("li", tag(f"span.badge.{word}", word), name, joined([*said, *more]))
