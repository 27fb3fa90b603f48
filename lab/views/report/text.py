"""Show a run on the terminal: a block for each check, and a summary at the end. A log has the same text."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.model.outcome import Report, Status, Verdict
from lab.model.run import LabFacts
from lab.views.baseline.contrast_text import print_contrast, worse_words
from lab.views.counted import counted
from lab.views.report.action_lines import action_lines
from lab.views.report.flow_lines import flow_lines
from lab.views.report.notice_table import print_notices
from lab.views.report.notice_words import noticed_line, unnoticed_words
from lab.views.report.promise_lines import folded, promise_lines
from lab.views.report.promise_words import untested_words
from lab.views.report.set_words import proven_words, standing_words
from lab.views.report.spread_lines import rejected_lines, spread_lines
from lab.views.report.words import runs

_STYLES = {Status.PASS: "green", Status.FAIL: "red", Status.ERROR: "magenta"}
_INDENT = 7


def print_verdict(console: Console, verdict: Verdict, *, several: bool = False, verbose: bool = False) -> None:
    """Print status, name and seconds of a check. Then print its summary, why it did not pass, and each promise beside the measured value.

    `several`: the run has several topologies, so the name includes the topology. `verbose`: also print the table of flows.
    """
    style = _STYLES[verdict.status]
    often = f"{verdict.repeats} × in " if verdict.repeats > 1 else ""
    name = f"{verdict.topology}/{verdict.title}" if several else verdict.title
    first = _grid(_INDENT - 2, None)
    first.add_column(justify="right", no_wrap=True)
    first.add_row(Text(verdict.status.name, f"bold {style}"), Text(name, "bold"), f"{often}{verdict.wall_seconds:.1f} s")
    console.print(first, highlight=False)
    lines = [Text(verdict.summary)]
    if verdict.status is not Status.PASS:
        lines += [Text(f"! {line}", style) for line in verdict.reason.splitlines()]
    if verdict.stands_for:
        lines += [Text(standing_words(verdict.stands_for), "dim")]
    lines += [Text(line, "yellow") for line in (*verdict.notes, *rejected_lines(verdict.rejected))]
    lines += _flows(verdict, verbose=verbose)
    for line in lines:
        first_word = len(line.plain) - len(line.plain.lstrip())  # the rest of a long line begins below it
        console.print(Padding(line[first_word:], (0, 0, 0, _INDENT + first_word), expand=False), highlight=False)
    _print_promises(console, verdict)


def print_summary(console: Console, report: Report, written: Sequence[str] = ()) -> None:
    """Print the end of a run, in this order:

    - the checks that did not pass, again in full
    - the table of who noticed each fault
    - the paths of the journals and of the `written` reports
    - the differences from the baseline
    - how many checks passed, failed or were errors, how many promises were not tested, what nobody would have noticed, and the time
    """
    bad = [verdict for verdict in report.verdicts if verdict.status is not Status.PASS]
    if bad and len(report.verdicts) > 1:
        console.print(Text("\nchecks that did not pass, again in full", "bold"))
        for verdict in bad:
            print_verdict(console, verdict, several=len(report.labs) > 1, verbose=True)
        console.print()
    print_notices(console, report)
    for words in dict.fromkeys(limit.words for limit in report.limits):
        console.print(Padding(Text(f"not covered: {words}", "dim"), 0, expand=False), highlight=False)
    for path, words in _journals(report):
        console.print(Text(f"journal  {path}", "dim"), highlight=False, soft_wrap=True)
        if words:
            console.print(Padding(Text(words, "dim"), (0, 0, 0, len("journal  ")), expand=False), highlight=False)
    for path in written:
        console.print(Text(f"report   {path}", "dim"), highlight=False, soft_wrap=True)
    if report.contrast:
        print_contrast(console, report.contrast)
    counts = Text(", ").join(_counts(report))
    for words in filter(None, (untested_words(report.untested_promises), unnoticed_words(report.unnoticed))):
        counts = Text.assemble(counts, "; ", (words, "yellow"))
    if report.surprises or any(verdict.is_swept for verdict in report.verdicts):
        counts = Text.assemble(counts, "; ", (counted(report.surprises, "surprise"), "bold red" if report.surprises else ""))
        counts = Text.assemble(counts, *(f"; {words}" for words in proven_words(report.verdicts)))
    took = f" in {report.wall_seconds:.0f} s" if report.wall_seconds else "; the run was interrupted"
    line = Text.assemble(counts, took, _labs(report.labs))
    console.print(line, highlight=False, soft_wrap=not console.is_terminal)  # one line in a log, because programs search for it


def _journals(report: Report) -> Iterator[tuple[str, str]]:
    """The paths of the journals. If the report has several runs: also the facts of each run."""
    if of_runs := runs(report):
        yield from (
            (run.journal, f"run {number}: {words}") for number, (run, words) in enumerate(zip(report.runs, of_runs, strict=True), 1)
        )
    else:
        yield from ((path, "") for path in dict.fromkeys(verdict.journal for verdict in report.verdicts))


def _flows(verdict: Verdict, *, verbose: bool) -> Iterator[Text]:
    """The statistics of a check that ran several times, then its worst trial. `verbose`: with the table of flows."""
    statistics = tuple(spread_lines(verdict.spreads))
    yield from statistics
    if statistics and verdict.flows:
        yield Text("the worst trial", "dim")
    if verbose:
        yield from flow_lines(verdict.flows)


def _print_promises(console: Console, verdict: Verdict) -> None:
    """Print the flows in one column and what happened to them in the next. On a narrow terminal a long text continues in its own column."""
    lines = tuple(promise_lines(verdict))
    table = _grid(max((len(line.name) for line in lines), default=0), None)
    for line in lines:
        table.add_row(Text(line.name), Text.assemble((f"{line.event}: ", "dim") if line.event else "", line.words))
    if lines:
        console.print(Padding(table, (0, 0, 0, _INDENT)), highlight=False)
    if noticed := noticed_line(verdict):
        style = "yellow" if verdict.noticed == "nobody" else "dim"
        console.print(Padding(Text(noticed, style), (0, 0, 0, _INDENT), expand=False), highlight=False)
    for action in action_lines(verdict):
        console.print(Padding(Text(action, "dim"), (0, 0, 0, _INDENT), expand=False), highlight=False)
    if rest := folded(verdict):
        console.print(Padding(Text(rest, "dim"), (0, 0, 0, _INDENT), expand=False), highlight=False)


def _grid(*widths: int | None) -> Table:
    """A table without lines. A column without a width gets the remaining width."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        table.add_column(width=width, ratio=None if width else 1)
    return table


def _counts(report: Report) -> Iterator[Text]:
    for status in Status:
        number = report.count(status)
        yield Text(f"{number} {status.value}", f"bold {_STYLES[status]}" if number else "")
    if report.contrast:
        yield Text(worse_words(report.contrast), "bold red" if report.is_worse else "")


def _labs(labs: Sequence[LabFacts]) -> str:
    """How long it took to deploy and to remove the labs. For a lab that ran before or still runs, no time is counted."""
    if not labs:
        return ""
    ups = [lab.up_seconds for lab in labs if lab.up_seconds is not None]
    downs = [lab.down_seconds for lab in labs if lab.down_seconds is not None]
    name = "lab" if len(labs) == 1 else f"{len(labs)} labs"
    up = f"up {sum(ups):.1f} s" if ups else "found running"
    down = f"down {sum(downs):.1f} s" if downs else "left running"
    return f"; {name} {up}, {down}"
