"""The table of who noticed each fault: a router, CloudWatch, Prometheus, or nobody."""

from collections.abc import Iterator, Sequence

from lab.model.noticed import EventNotice
from lab.model.outcome import Verdict
from lab.views.counted import counted
from lab.views.html.markup import NOTHING, Markup, joined, scrolled, tag
from lab.views.report.notice_words import NOBODY, cells, heads, noticed_rows
from lab.views.report.words import anchor, link_to

_TITLE = "Who noticed each fault"
_MOST_SHOWN = 4
"""So many rows of a topology fit on the page without making it long."""


def noticed_table(topology: str, verdicts: Sequence[Verdict]) -> Markup:
    """A table with a row for each event in which something broke, and who noticed it. Empty in an old report.

    The first events that nobody would have noticed are shown at once. All others are folded.
    """
    rows = noticed_rows(verdicts)
    if not rows:
        return NOTHING
    columns = heads(verdicts)
    unnoticed = sum(notice.noticed == "nobody" for _, notice in rows)
    shown, rest = rows[: min(unnoticed, _MOST_SHOWN)], rows[min(unnoticed, _MOST_SHOWN) :]
    why = tag("p.more", "The time of an alarm of CloudWatch is computed by its rules, from the event on, if the fault stays.")
    if not unnoticed:
        return tag("details.noticed", tag("summary", _TITLE), _table(_of(topology), rest, columns), why)
    title = tag("summary", _TITLE, tag("b", f": nobody would have noticed {unnoticed} of {len(rows)}"))
    folded = tag("summary", counted(len(rest), "more fault"))
    more = tag("details.noticed", folded, _table(f"{_of(topology)}, the rest", rest, columns), why) if rest else NOTHING
    return tag("details.noticed", title, _table(_of(topology), shown, columns), more, at={"open": ""})


def _of(topology: str) -> str:
    return f"{_TITLE} of {topology}"


def _table(name: str, rows: Sequence[tuple[Verdict, EventNotice]], columns: Sequence[str]) -> Markup:
    head = (tag("th", word, at={"scope": "col"}) for word in ("check and fault", *columns))
    body = (tag("tr", *_row(verdict, notice, len(columns))) for verdict, notice in rows)
    return scrolled(name, tag("table.noticed", tag("thead", tag("tr", *head)), tag("tbody", *body)))


def _row(verdict: Verdict, notice: EventNotice, columns: int) -> Iterator[Markup]:
    name = tag("a", verdict.title, at={"href": link_to(anchor(verdict))})
    yield tag("th", tag("span.what", joined([name, tag("small.faults", notice.event)])), at={"scope": "row"})
    if notice.noticed == "nobody":
        yield tag("td.nobody", NOBODY, at={"colspan": str(columns)})
    else:
        yield from (tag("td", each) for each in cells(verdict, notice, columns))
