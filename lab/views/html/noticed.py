"""The table of who noticed each fault: a router, CloudWatch, Prometheus, or nobody."""

from collections.abc import Iterator, Sequence

from lab.model.noticed import EventNotice
from lab.model.outcome import Verdict
from lab.views.html.markup import NOTHING, Markup, joined, scrolled, tag
from lab.views.report.notice_words import NOBODY, PROMETHEUS, cells, prometheus_cells
from lab.views.report.words import anchor, link_to


def noticed_table(topology: str, verdicts: Sequence[Verdict]) -> Markup:
    """A table with a row for each event in which something broke, and who noticed it. Empty in an old report.

    The table is folded. Its title says how many of the events nobody would have noticed.
    """
    rows = [(verdict, notice) for verdict in verdicts for notice in verdict.notices if notice.noticed]
    if not rows:
        return NOTHING
    unnoticed = sum(notice.noticed == "nobody" for _, notice in rows)
    words = f": nobody would have noticed {unnoticed} of {len(rows)}" if unnoticed else ""
    title = tag("summary", "Who noticed each fault", tag("b", words) if words else NOTHING)
    among = [notice for _, notice in rows]
    names = ["check and fault", "first router", "first alarm of CloudWatch", *(PROMETHEUS for _ in prometheus_cells(among[0], among))]
    head = (tag("th", word, at={"scope": "col"}) for word in names)
    body = (tag("tr", *_row(verdict, notice, among)) for verdict, notice in rows)
    table = tag("table.noticed", tag("thead", tag("tr", *head)), tag("tbody", *body))
    why = tag("p.more", "An alarm's time is computed by CloudWatch's rules, from the event on, if the fault stays.")
    scroll = scrolled(f"Who noticed each fault of {topology}", table)
    return tag("details.noticed", title, scroll, why)


def _row(verdict: Verdict, notice: EventNotice, among: Sequence[EventNotice]) -> Iterator[Markup]:
    name = tag("a", verdict.title, at={"href": link_to(anchor(verdict))})
    yield tag("th", tag("span.what", joined([name, tag("small.faults", notice.event)])), at={"scope": "row"})
    found = (*cells(notice), *prometheus_cells(notice, among))
    if notice.noticed == "nobody":
        yield tag("td.nobody", NOBODY, at={"colspan": str(len(found))})
    else:
        yield from (tag("td", each) for each in found)
