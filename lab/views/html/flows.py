"""The tables of a check: flows with what they lost and where they went, and the evidence that makes the figures believable."""

from collections.abc import Iterator, Sequence

from lab.model.check import DIRECTIONS, Direction
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import NOTHING, Markup, tag
from lab.views.html.matrix import heat
from lab.views.html.words import ARROWS, NOTHING_SAID, span, state

_COUNTS = ("sent", "lost", "outage", "longest")


def flow_table(verdict: Verdict) -> Markup:
    """A row a direction: packets and outages while the faults were in force and after them, and where the flow was in the end."""
    if not verdict.flows:
        return NOTHING
    numbers = (tag("th.number", word, at={"scope": "col"}) for _ in range(2) for word in _COUNTS)
    groups = (
        tag("th", "flow", at={"rowspan": "2", "scope": "col"}),
        tag("th.group", "while the fault was in force", at={"colspan": "5", "scope": "colgroup"}),
        tag("th.group", "after it was taken out", at={"colspan": "5", "scope": "colgroup"}),
        tag("th.number", "resolution", at={"rowspan": "2", "scope": "col"}),
    )
    words = list(numbers)
    second = [*words[:4], tag("th", "path", at={"scope": "col"}), *words[4:], tag("th", "path", at={"scope": "col"})]
    head = tag("thead", tag("tr", *groups), tag("tr", *second))
    body = tag("tbody", *_rows(verdict.flows))
    return tag("div.scroll", tag("table.flows", head, body))


def _rows(flows: Sequence[FlowOutcome]) -> Iterator[Markup]:
    for name in dict.fromkeys(flow.flow for flow in flows):
        for direction in DIRECTIONS:
            phases = {flow.phase: flow for flow in flows if (flow.flow, flow.direction) == (name, direction)}
            if phases:
                yield _row(name, direction, (phases.get("during"), phases.get("after")))


def _row(name: str, direction: Direction, phases: tuple[FlowOutcome | None, FlowOutcome | None]) -> Markup:
    known = next(flow for flow in phases if flow)
    cells = [cell for flow in phases for cell in _cells(flow)]
    way = tag("th", f"{name} ", tag(f"i.{direction}", ARROWS[direction]), at={"scope": "row"})
    return tag("tr", way, *cells, tag("td.number", span(known.resolution_seconds)))


def _cells(flow: FlowOutcome | None) -> Iterator[Markup]:
    if flow is None:
        yield from (tag("td.number.none", NOTHING_SAID) for _ in _COUNTS)
        yield tag("td.none", NOTHING_SAID)
        return
    yield tag("td.number", grouped(flow.sent))
    yield tag("td.number", grouped(flow.lost))
    yield tag(f"td.number.{heat(flow)}", span(flow.outage_seconds))
    yield tag("td.number", span(flow.longest_loss_seconds))
    yield tag(f"td.{'good' if flow.path == flow.path_before and flow.reachable else 'other'}", state(flow))


def grouped(number: int) -> str:
    """A count with thin gaps between thousands."""
    return f"{number:,}".replace(",", "\u202f")
