"""A report as Markdown, for a pull request or the summary of a CI job: the verdict, the checks that did not pass, and tables of outages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lab.model.contrast import NewPath
from lab.model.direction import DIRECTIONS
from lab.model.outcome import FlowOutcome, Report, Status, Verdict
from lab.views.counted import counted
from lab.views.plain_text import plain
from lab.views.report.change_words import change_words, new_path_words, new_paths_words
from lab.views.report.notice_words import NOBODY, cells, heads, noticed_rows
from lab.views.report.promise_words import BROKEN, KEPT, seconds, untested_words
from lab.views.report.set_words import proven_words
from lab.views.report.words import ARROWS, NOTHING_SAID, faults, headline, lasting, runs, span

_MARKS = {Status.PASS: "✅", Status.FAIL: "❌", Status.ERROR: "⚠️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@])")
_MOST_LINES = 6


def report_markdown(report: Report) -> str:
    """A heading with the verdict, the reasons of each check that did not pass, and the outages of each flow. Long tables are folded."""
    topologies = tuple(dict.fromkeys(verdict.topology for verdict in report.verdicts))
    counts = "; ".join(
        filter(None, [", ".join(f"{report.count(status)} {status.value}" for status in Status), untested_words(report.untested_promises)])
    )
    profiles = ", ".join(f"{timers} timers" for timers in dict.fromkeys(lab.timers for lab in report.labs))
    facts = [counts, counted(len(topologies), "topology"), profiles, f"took {lasting(report.wall_seconds)}"]
    lines = [f"## {headline(report)}", "", " · ".join(filter(None, facts)), ""]
    for verdict in report.verdicts:
        if verdict.status is not Status.PASS:
            lines += _reasons(verdict)
    if report.is_worse and report.contrast:
        lines += [f"- 📉 {_escaped(change_words(change))}" for change in report.contrast.worse] + [""]
    if report.contrast and report.contrast.new_paths:
        lines += [f"- {_escaped(new_paths_words(report.contrast))}", *(_new_path(path) for path in report.contrast.new_paths), ""]
    for topology in topologies:
        verdicts = [verdict for verdict in report.verdicts if verdict.topology == topology]
        lines += _folded(topology, verdicts) if len(topologies) > 1 else _table(verdicts)
    lines += _noticed(report.verdicts)
    lines += _limits(report)
    lines += _hosts(report)
    return "\n".join(lines) + "\n"


def _hosts(report: Report) -> Iterator[str]:
    """The host of each run, on one line each."""
    of_runs = runs(report)
    for number, (run, words) in enumerate(zip(report.runs, of_runs, strict=False), start=1):
        yield f"- run {number}: {_escaped(words)}, {_escaped(run.journal)}"
    if not of_runs:
        host = report.host
        yield f"failover-lab {_escaped(report.version)}, Linux {_escaped(host.kernel)}, {counted(host.cpus, 'processor')}"


def _new_path(path: NewPath) -> str:
    return f"  - {_escaped(new_path_words(path))}"


def _reasons(verdict: Verdict) -> Iterator[str]:
    yield f"- {_MARKS[verdict.status]} **{_escaped(verdict.topology)} / {_escaped(verdict.title)}**: {_escaped(verdict.summary)}"
    said = verdict.reason.splitlines()
    yield from (f"  - {_escaped(line)}" for line in said[:_MOST_LINES])
    if len(said) > _MOST_LINES:
        yield f"  - … and {len(said) - _MOST_LINES} more"
    yield from (f"  - {_escaped(note)}" for note in verdict.notes)
    yield ""


def _limits(report: Report) -> Iterator[str]:
    """What the lab cannot show. Each limit is listed once. With several topologies, it has the names of the topologies that it concerns."""
    words = tuple(dict.fromkeys(limit.words for limit in report.limits))
    if words:
        yield "The lab cannot show this, so no verdict covers it:"
        yield ""
    for each in words:
        about = ", ".join(limit.topology for limit in report.limits if limit.words == each)
        yield f"- {_escaped(f'{each} ({about})' if len(report.sketches) > 1 else each)}"
    if words:
        yield ""


def _folded(topology: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    passed = sum(verdict.status is Status.PASS for verdict in verdicts)
    worst = next((status for status in (Status.ERROR, Status.FAIL) if any(verdict.status is status for verdict in verdicts)), Status.PASS)
    yield f"<details><summary>{_MARKS[worst]} <b>{_escaped(topology)}</b>: {passed} of {len(verdicts)} pass</summary>"
    yield ""
    yield from _table(verdicts)
    yield "</details>"
    yield ""


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A table with a row for each check, and a column for each flow.

    A cell has the outages of both directions during the fault. It also has those after the fault if there were any.
    """
    flows = tuple(dict.fromkeys(flow.flow for verdict in verdicts for flow in verdict.flows))
    yield _line(["", "check", "fault", *map(_escaped, flows)])
    yield _line(["---"] * (3 + len(flows)))
    for verdict in verdicts:
        title = _escaped(verdict.title) + (f" (and {len(verdict.stands_for)} alike)" if verdict.stands_for else "")
        cells = (_cell([flow for flow in verdict.flows if flow.flow == name]) for name in flows)
        yield _line([_MARKS[verdict.status], title, _escaped(faults(verdict.steps)), *cells])
    yield ""
    if flows:
        yield (
            "A cell has the outage while the fault was in force, *of* the longest one promised; *after*: the outage after the fault. "
            "→ from source to target, ← back. **cut off**: nothing got through. "
            "untouched: the fault broke nothing on the flow's way, so nothing was proven."
        )
        if words := tuple(proven_words(verdicts)):
            yield f"{words[0].capitalize()}: sets that are alike take the same paths and are noticed by the same detectors."
        yield ""


def _noticed(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A row for each event in which something broke: who noticed it."""
    rows = noticed_rows(verdicts)
    if not rows:
        return
    yield "<details><summary>Who noticed each fault</summary>"
    yield ""
    columns = heads(verdicts)
    yield _line(["check", "fault", *columns])
    yield _line(["---"] * (2 + len(columns)))
    for verdict, notice in rows:
        found = cells(verdict, notice, len(columns))
        seen = (f"**{NOBODY}**", *("" for _ in found[1:])) if notice.noticed == "nobody" else tuple(map(_escaped, found))
        yield _line([f"{_escaped(verdict.topology)} / {_escaped(verdict.title)}", _escaped(notice.event), *seen])
    yield ""
    yield "</details>"
    yield ""


def _cell(flows: Sequence[FlowOutcome]) -> str:
    after = [flow for flow in flows if flow.phase == "after"]
    during = _both_ways([flow for flow in flows if flow.phase == "during"])
    return f"{during}; *after* {_both_ways(after)}" if any(flow.lost or flow.breaches for flow in after) else during


def _both_ways(flows: Sequence[FlowOutcome]) -> str:
    both = [_with_every_breach([flow for flow in flows if flow.direction == direction]) for direction in DIRECTIONS]
    if all(flow is not None and not flow.lost and not flow.breaches for flow in both):
        return "untouched" if all(flow and flow.untouched for flow in both) else "0"
    return ", ".join(f"{ARROWS[direction]} {_lost(flow)}" for direction, flow in zip(DIRECTIONS, both, strict=True))


def _with_every_breach(flows: Sequence[FlowOutcome]) -> FlowOutcome | None:
    """The first outcome, which is that of the whole phase.

    It gets the broken promises of all events of the phase. None if there is no outcome.
    """
    return replace(flows[0], breaches=tuple(breach for flow in flows for breach in flow.breaches)) if flows else None


def _lost(flow: FlowOutcome | None) -> str:
    if flow is None:
        return NOTHING_SAID
    if not flow.reachable:
        return f"{span(flow.outage_seconds)} **cut off**{_mark(flow)}"
    if flow.is_swept and flow.foreseen and flow.foreseen.outage_seconds:
        low, high = map(seconds, flow.foreseen.outage_seconds)
        return f"{span(flow.outage_seconds)}, predicted {low} to {high} s{_mark(flow)}"
    most = flow.promised.outage_at_most if flow.promised else None
    return f"{span(flow.outage_seconds)}{'' if most is None else f' of {most:g} s'}{_mark(flow)}"


def _mark(flow: FlowOutcome) -> str:
    """The mark for a kept or a broken promise. "" if nothing was promised, or if the check is an error."""
    return f" {BROKEN}" if flow.breaches else f" {KEPT}" if flow.promised and flow.is_judged else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """The text on one line. Each character that has a meaning in Markdown gets a backslash before it."""
    return _SPECIAL.sub(r"\\\1", " ".join(plain(text).split()))
