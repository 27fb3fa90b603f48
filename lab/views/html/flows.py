"""The table of flows: the outage, the promise and the path, for each phase or event."""

from collections.abc import Iterator

from lab.model.direction import DIRECTIONS
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import NOTHING, Content, Markup, scrolled, tag
from lab.views.html.parts import Part, parts
from lab.views.html.promised import level, meter, path_cell, promise_cell
from lab.views.report.promise_lines import BOTH_WAYS
from lab.views.report.promise_words import UNTOUCHED
from lab.views.report.words import ARROWS, NOTHING_SAID, span

_COLUMNS = ("flow", "outage", "promised", "share of the promise", "path", "sent", "lost", "longest", "resolution")
_NUMBERS = frozenset({"outage", "sent", "lost", "longest", "resolution"})


def flow_table(verdict: Verdict) -> Markup:
    """The table of flows. Each phase has a group of rows, with one row for each direction of a flow. A run without a fault has one phase.

    With several events there is a group for the whole time of the faults, and a group for each event.
    """
    if not verdict.flows:
        return NOTHING
    head = tag("tr", *(tag("th.number" if word in _NUMBERS else "th", word, at={"scope": "col"}) for word in _COLUMNS))
    groups = (tag("tbody", _title(part), *_rows(part)) for part in parts(verdict))
    return scrolled(f"Flows of {verdict.title}", tag("table.flows", tag("thead", head), *groups))


def _title(part: Part) -> Markup:
    return tag("tr", tag("th.part", part.title, at={"colspan": str(len(_COLUMNS)), "scope": "rowgroup"}))


def _rows(part: Part) -> Iterator[Markup]:
    for name in dict.fromkeys(outcome.flow for outcome in part.outcomes):
        ways = [outcome for direction in DIRECTIONS if (outcome := part.of(name, direction))]
        if all(outcome.untouched and not outcome.breaches for outcome in ways):
            yield _untouched(ways)
        else:
            yield from map(_row, ways)


def _untouched(ways: list[FlowOutcome]) -> Markup:
    """One row for both directions of a flow that no fault touched."""
    promises = dict.fromkeys(text for outcome in ways if isinstance(text := promise_cell(outcome), str) and text)
    arrow = BOTH_WAYS if len(ways) > 1 else ARROWS[ways[0].direction]
    way = tag("th", f"{ways[0].flow} ", tag("i", arrow), at={"scope": "row"})
    rest = tag("td.untouched", tag("span.chip.untouched", UNTOUCHED), at={"colspan": str(len(_COLUMNS) - 3)})
    return tag("tr", way, tag("td.number", "0"), tag("td", " or ".join(promises) or NOTHING_SAID), rest)


def _row(outcome: FlowOutcome) -> Markup:
    way = tag("th", f"{outcome.flow} ", tag(f"i.{outcome.direction}", ARROWS[outcome.direction]), at={"scope": "row"})
    share: Content = tag("span.chip.untouched", UNTOUCHED) if outcome.untouched else meter(outcome)
    return tag(
        "tr",
        way,
        tag("td.number", tag(f"span.chip.{level([outcome])}", span(outcome.outage_seconds))),
        tag("td", promise_cell(outcome) or NOTHING_SAID),
        tag("td", share),
        tag(f"td.{'same' if outcome.path == outcome.path_before and outcome.reachable else 'other'}", path_cell(outcome)),
        tag("td.number", grouped(outcome.sent)),
        tag("td.number", grouped(outcome.lost)),
        tag("td.number", span(outcome.longest_loss_seconds)),
        tag("td.number", span(outcome.resolution_seconds)),
    )


def grouped(number: int) -> str:
    """A number with thin spaces between groups of three digits."""
    return f"{number:,}".replace(",", "\u202f")
