"""The tables of a check: flows with what they lost and where they went, and the evidence that makes the figures believable."""

from collections.abc import Iterator, Sequence

from lab.model.check import DIRECTIONS, Direction, Phase
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import NOTHING, Markup, tag
from lab.views.html.matrix import heat
from lab.views.report_words import ARROWS, NOTHING_SAID, span, state

_COUNTS = ("sent", "lost", "outage", "longest")
_TITLES: dict[Phase, str] = {"during": "while the fault was in force", "after": "after it was taken out"}
_UNBROKEN: dict[Phase, str] = {"during": "nothing broken", "after": "afterwards"}
_TALL = {"rowspan": "2", "scope": "col"}


def flow_table(verdict: Verdict) -> Markup:
    """A row a direction: packets and outages while the faults were in force and after them, and where the flow was in the end.

    A run without a fault has one phase.
    """
    if not verdict.flows:
        return NOTHING
    phases = tuple(phase for phase in _TITLES if any(flow.phase == phase for flow in verdict.flows))
    titles = _TITLES if verdict.steps else _UNBROKEN
    groups = (tag("th.group", titles[phase], at={"colspan": "5", "scope": "colgroup"}) for phase in phases)
    first = (tag("th", "flow", at=_TALL), *groups, tag("th.number", "resolution", at=_TALL))
    second = (column for _ in phases for column in _columns())
    body = (_row(name, direction, ways) for name, direction, ways in _ways(verdict.flows, phases))
    table = tag("table.flows", tag("thead", tag("tr", *first), tag("tr", *second)), tag("tbody", *body))
    return tag("div.scroll", table)


def _columns() -> Iterator[Markup]:
    yield from (tag("th.number", word, at={"scope": "col"}) for word in _COUNTS)
    yield tag("th", "path", at={"scope": "col"})


def _ways(flows: Sequence[FlowOutcome], phases: Sequence[Phase]) -> Iterator[tuple[str, Direction, tuple[FlowOutcome | None, ...]]]:
    """Each direction of each flow with what it came to in each phase."""
    for name in dict.fromkeys(flow.flow for flow in flows):
        for direction in DIRECTIONS:
            ways = {flow.phase: flow for flow in flows if (flow.flow, flow.direction) == (name, direction)}
            if ways:
                yield name, direction, tuple(map(ways.get, phases))


def _row(name: str, direction: Direction, phases: Sequence[FlowOutcome | None]) -> Markup:
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
