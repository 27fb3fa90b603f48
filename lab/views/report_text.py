"""A run on the terminal: one block as each check ends, one line when all have. Reads the same in a log as on a screen."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.model.outcome import LabFacts, Report, Status, Verdict
from lab.views.contrast_text import print_contrast, worse_words
from lab.views.flow_lines import flow_lines
from lab.views.spread_lines import rejected_lines, spread_lines

_STYLES = {Status.PASS: "green", Status.FAIL: "red", Status.ERROR: "magenta"}
_INDENT = 7
_NAME_WIDTH = 20


def print_verdict(console: Console, verdict: Verdict, *, several: bool = False) -> None:
    """Status, name, summary and seconds on a line; under it why it did not pass, and what every flow went through.

    In a run of several topologies the name tells the check's topology, too.
    """
    style = _STYLES[verdict.status]
    first = Table.grid(padding=(0, 2, 0, 0), expand=True)
    first.add_column(width=_INDENT - 2, style=f"bold {style}")
    first.add_column(min_width=_NAME_WIDTH, style="bold", no_wrap=True)
    first.add_column(ratio=1)
    first.add_column(justify="right", no_wrap=True)
    often = f"{verdict.repeats} × in " if verdict.repeats > 1 else ""
    seconds = f"{often}{verdict.wall_seconds:.1f} s"
    first.add_row(
        verdict.status.name, Text(f"{verdict.topology}/{verdict.check}" if several else verdict.check), Text(verdict.summary), seconds
    )
    console.print(first, highlight=False)
    if verdict.status is not Status.PASS:
        for line in verdict.reason.splitlines():
            console.print(Padding(Text(f"! {line}", style), (0, 0, 0, _INDENT), expand=False), highlight=False)
    for line in rejected_lines(verdict.rejected):
        console.print(Padding(Text(line, "yellow"), (0, 0, 0, _INDENT), expand=False), highlight=False)
    for text in _flows(verdict):
        text.pad_left(_INDENT)
        console.print(text, highlight=False, soft_wrap=True)


def print_summary(console: Console, report: Report, written: Sequence[str] = ()) -> None:
    """Where journals and `written` reports lie, what is not as in the baseline, how many checks ended how, and how long it took."""
    for path in dict.fromkeys(verdict.journal for verdict in report.verdicts):
        console.print(Text(f"journal  {path}", "dim"), highlight=False, soft_wrap=True)
    for path in written:
        console.print(Text(f"report   {path}", "dim"), highlight=False, soft_wrap=True)
    if report.contrast:
        print_contrast(console, report.contrast)
    counts = Text(", ").join(_counts(report))
    line = Text.assemble(counts, f" in {report.wall_seconds:.0f} s", _labs(report.labs))
    console.print(line, highlight=False, soft_wrap=True)


def _flows(verdict: Verdict) -> Iterator[Text]:
    """The table of flows; of a check that was repeated the statistics before, and then it is the worst trial's."""
    statistics = tuple(spread_lines(verdict.spreads))
    yield from statistics
    if statistics and verdict.flows:
        yield Text("the worst trial", "dim")
    yield from flow_lines(verdict.flows)


def _counts(report: Report) -> Iterator[Text]:
    for status in Status:
        number = report.count(status)
        yield Text(f"{number} {status.value}", f"bold {_STYLES[status]}" if number else "")
    if report.contrast:
        yield Text(worse_words(report.contrast), "bold red" if report.is_worse else "")


def _labs(labs: Sequence[LabFacts]) -> str:
    """How long labs took to come and go; a lab that was found or left running took no time to."""
    if not labs:
        return ""
    ups = [lab.up_seconds for lab in labs if lab.up_seconds is not None]
    downs = [lab.down_seconds for lab in labs if lab.down_seconds is not None]
    name = "lab" if len(labs) == 1 else f"{len(labs)} labs"
    up = f"up {sum(ups):.1f} s" if ups else "found running"
    down = f"down {sum(downs):.1f} s" if downs else "left running"
    return f"; {name} {up}, {down}"
