"""The table of a sweep: a row for each set of components that failed together, and a column for each flow.

A cell shows the predicted and the measured outages.
"""

from collections.abc import Iterator, Sequence

from lab.model.direction import DIRECTIONS, Direction
from lab.model.outcome import FlowOutcome, Status, Verdict
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.views.counted import counted
from lab.views.html.markup import NOTHING, Content, Markup, scrolled, tag
from lab.views.report.promise_words import seconds
from lab.views.report.words import ARROWS, STATUSES, anchor, link_to, span

_WITHOUT_SECTION = (
    "A set that did what was predicted has only its row here, because there are many. report.json has all that was measured, "
    "and lab-test with --check 'SET' runs one set again."
)
_SLOW = (1.0, 5.0)
"""The predicted outages, in seconds, at which the colour of a cell gets stronger."""


_MOST_SECTIONS = 100
"""A page with a section for each of 950 sets would be 30 MB long."""


def sectioned(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The checks of one topology that have a section of their own on the page.

    In a sweep of many sets, a set that passed has only its row in the table.
    """
    if sum(verdict.is_swept for verdict in verdicts) <= _MOST_SECTIONS:
        return tuple(verdicts)
    return tuple(verdict for verdict in verdicts if not verdict.is_swept or verdict.status is not Status.PASS)


def sets_table(topology: str, verdicts: Sequence[Verdict]) -> Markup:
    """The sets of failed components of one topology's sweep. Empty if there was no sweep.

    First come the sets that were run. Folded below them are the sets of the same classes that were not run.
    """
    swept = [verdict for verdict in verdicts if verdict.is_swept]
    if not swept:
        return NOTHING
    flows = tuple(dict.fromkeys(flow.flow for verdict in swept for flow in verdict.flows))
    alike = [(verdict, each) for verdict in swept for each in verdict.stands_for]
    linked = {anchor(verdict) for verdict in sectioned(verdicts)}
    rows = (_run_row(verdict, flows, is_linked=anchor(verdict) in linked) for verdict in swept)
    run = scrolled(f"Sets of {topology} that were run", _table(flows, rows))
    title = tag("h4", f"{counted(len(swept), 'set')} broken in the lab, predicted and measured")
    note = NOTHING if len(linked) == len(verdicts) else tag("p.summary", _WITHOUT_SECTION)
    if not alike:
        return tag("div.sets", title, note, key(), run)
    folded = tag("summary", f"{counted(len(alike), 'more set')}, predicted but not run: a set of the same class was run")
    rest = scrolled(f"Sets of {topology} that were not run", _table(flows, (_alike_row(*each, flows) for each in alike)))
    return tag("div.sets", title, note, key(), run, tag("details", folded, rest))


def key() -> Markup:
    """An explanation of the colours in the table."""
    words = {
        "share0": "no outage predicted",
        "share1": f"up to {_SLOW[0]:g} s",
        "share2": f"up to {_SLOW[1]:g} s",
        "share3": f"more than {_SLOW[1]:g} s",
        "cut": "cut off",
    }
    return tag("ul.key", *(tag("li", tag(f"span.shade.{kind}"), word) for kind, word in words.items()))


def _table(flows: Sequence[str], rows: Iterator[Markup]) -> Markup:
    head = tag("tr", tag("th", "what fails", at={"scope": "col"}), *(tag("th.flow", flow, at={"scope": "col"}) for flow in flows))
    return tag("table.matrix", tag("thead", head), tag("tbody", *rows))


def _run_row(verdict: Verdict, flows: Sequence[str], *, is_linked: bool) -> Markup:
    during = {(flow.flow, flow.direction): flow for flow in verdict.flows if flow.phase == "during" and flow.foreseen}
    word = STATUSES[verdict.status]
    linked = tag("span.what", tag("a", verdict.title, at={"href": link_to(anchor(verdict))}))
    name = linked if is_linked else tag("span.what", verdict.title, at={"id": anchor(verdict)})
    badge = tag(f"span.badge.{word}", word)
    alarms = (tag("em", "surprise", at={"title": each}) for each in verdict.alarm_surprises)
    cells = (tag("td", *(_run_way(during.get((flow, direction)), direction) for direction in DIRECTIONS)) for flow in flows)
    return tag("tr", tag("th", tag("div", badge, name, *alarms), at={"scope": "row"}), *cells)


def _run_way(outcome: FlowOutcome | None, direction: Direction) -> Markup:
    if outcome is None or outcome.foreseen is None:
        return tag("span.way.none", tag("i", ARROWS[direction]), "not measured")
    as_foreseen_nothing = not outcome.lost and outcome.foreseen.outage_seconds == (0.0, 0.0)
    measured = "" if as_foreseen_nothing else f"measured {span(outcome.outage_seconds) if outcome.reachable else 'cut off'}"
    wrong = (tag("em", "surprise"),) if outcome.surprise else ()
    at = {"title": outcome.surprise} if outcome.surprise else {}
    return _way(outcome.foreseen, tag("small", measured), *wrong, at=at)


def _alike_row(verdict: Verdict, one: SetPrediction, flows: Sequence[str]) -> Markup:
    ways = {(flow.flow, flow.direction): flow for flow in one.flows}
    stands = tag("small", "as ", tag("a", verdict.title, at={"href": link_to(anchor(verdict))}))
    cells = (tag("td", *(_way(ways[flow, direction]) for direction in DIRECTIONS if (flow, direction) in ways)) for flow in flows)
    return tag("tr.alike", tag("th", tag("div", tag("span.what", one.name, stands)), at={"scope": "row"}), *cells)


def _way(flow: FlowPrediction, *more: Content, at: dict[str, str] | None = None) -> Markup:
    return tag(f"span.way.{_level(flow)}", tag("i", ARROWS[flow.direction]), _predicted(flow), *more, at=at or {})


def _predicted(flow: FlowPrediction) -> str:
    if flow.outage_seconds is None:
        return "cut off"
    least, most = flow.outage_seconds
    return f"{seconds(least)} to {seconds(most)} s" if most else "0"


def _level(flow: FlowPrediction) -> str:
    if flow.outage_seconds is None:
        return "cut"
    most = flow.outage_seconds[1]
    return f"share{1 + sum(most > slow for slow in _SLOW)}" if most else "share0"
