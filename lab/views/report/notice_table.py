"""The table of who noticed each fault, for the terminal and for a log."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import Report, Verdict
from lab.views.report.notice_words import NOBODY, UNWATCHED, noticed_rows, seconds_words
from lab.views.report.words import NOTHING_SAID, span

_FEWEST_ROWS, _MOST_ROWS = 2, 20
"""A single row would repeat the line of its check. More rows would hide the rest of the output."""
_BLANKS = "  "


def print_notices(console: Console, report: Report) -> None:
    """Print a row for each event in which something broke. Nothing for less than two events."""
    rows = noticed_rows(report.verdicts)
    if len(rows) < _FEWEST_ROWS:
        return
    console.print(Text("who noticed each fault", "bold"))
    for line in _lines(report, rows[:_MOST_ROWS]):
        console.print(line, highlight=False, soft_wrap=True)
    if len(rows) > _MOST_ROWS:
        console.print(Text(f"{_BLANKS}and {len(rows) - _MOST_ROWS} more (--json and --report have all)", "dim"), highlight=False)
    console.print()


def _lines(report: Report, rows: Sequence[tuple[Verdict, EventNotice]]) -> Iterator[Text]:
    """The head and the rows. Prometheus has a column if it watched a lab."""
    heads = ["check", "first router", "CloudWatch (computed)"]
    heads += ["Prometheus"] if any(verdict.is_monitored for verdict in report.verdicts) else []
    table = [tuple(heads), *((_title(report, *row), *_cells(*row, len(heads) - 1)) for row in rows)]
    whole = [row for row in table if len(row) == len(heads)]  # what nobody noticed goes over all columns
    widths = [max(len(row[0]) for row in table), *(max(len(row[column]) for row in whole) for column in range(1, len(heads)))]
    for number, row in enumerate(table):
        words = _BLANKS.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        yield Text(f"{_BLANKS}{words}", "dim" if number == 0 else "yellow" if row[1] == NOBODY else "")


def _title(report: Report, verdict: Verdict, notice: EventNotice) -> str:
    """The name of the check. If the report has several topologies, with the topology. If the check has several events, with the event."""
    several = len({each.topology for each in report.verdicts}) > 1
    events = Counter(bool(each.noticed) for each in verdict.notices)[True]
    title = f"{verdict.topology}/{verdict.title}" if several else verdict.title
    return f"{title}: {notice.event.removesuffix(' begins')}" if events > 1 else title


def _cells(verdict: Verdict, notice: EventNotice, columns: int) -> tuple[str, ...]:
    if notice.noticed == "nobody":
        return (NOBODY,)
    router = f"{notice.router.node} {span(notice.router_after)}" if notice.router else NOTHING_SAID
    heard = _first(notice, "prometheus") if verdict.is_monitored else UNWATCHED
    return (router, _first(notice, "cloudwatch"), heard)[:columns]


def _first(notice: EventNotice, source: str) -> str:
    """The first alarm of a source, and after how long it rings."""
    first: Ring | None = next((ring for ring in notice.rings if ring.source == source), None)
    return f"{first.rule} {seconds_words(first)}" if first else NOTHING_SAID
