"""The section of one check: its promises, its verdict, its faults, its timeline, and the outcome of each flow."""

from lab.model.check import Expectation
from lab.model.evidence import TimelineEvent
from lab.model.outcome import Status, StepOutcome, Verdict
from lab.model.sketch import Sketch
from lab.views.html.evidence import evidence
from lab.views.html.flows import flow_table
from lab.views.html.gist import gist
from lab.views.html.markup import NOTHING, Markup, joined, scrolled, tag
from lab.views.html.network import Drawing
from lab.views.html.timeline import timeline_plot
from lab.views.html.ways import paths
from lab.views.report.notice_words import noticed_line
from lab.views.report.promise_words import premise_words, untested_words
from lab.views.report.words import ARROWS, NOTHING_SAID, SOURCES, STATUSES, anchor, clock, span

_MOST_EVENTS = 300
"""The page shows at most this many events, to stay small. report.json has all."""


def check_section(verdict: Verdict, drawing: Drawing | None) -> Markup:
    """The section of one check on the page. The section of a check that passed is folded: the reader must click to open it.

    Links lead to an element inside the folded part, because a browser then opens it (HTML: ancestor details revealing algorithm).
    """
    body = (
        tag("p.summary", verdict.summary),
        _reason(verdict),
        joined([tag("p.note", note) for note in verdict.notes]),
        _untested(verdict),
        _steps(verdict, drawing.sketch if drawing else None),
        _premises(verdict),
        _noticed(verdict),
        flow_table(verdict),
        timeline_plot(verdict),
        paths(verdict, drawing),
        evidence(verdict),
        _events(verdict),
    )
    unfolded = {} if verdict.status is Status.PASS else {"open": ""}
    return tag("article", tag("details.check", _head(verdict), tag("div.body", *body, at={"id": anchor(verdict)}), at=unfolded))


def _head(verdict: Verdict) -> Markup:
    """The line of a check that a reader sees even if its section is folded."""
    often = f"{verdict.repeats} × in " if verdict.repeats > 1 else ""
    return tag(
        "summary",
        tag(f"span.badge.{STATUSES[verdict.status]}", STATUSES[verdict.status]),
        tag("h3", verdict.title),
        tag("span.gist", gist(verdict)),
        tag("span.took", f"{often}{verdict.wall_seconds:.1f} s"),
    )


def _reason(verdict: Verdict) -> Markup:
    if verdict.status is Status.PASS:
        return NOTHING
    title = "A promise was broken" if verdict.status is Status.FAIL else "This could not be judged"
    lines = (tag("li", line) for line in verdict.reason.splitlines())
    return tag(f"div.reason.{STATUSES[verdict.status]}", tag("b", title), tag("ul", *lines))


def _untested(verdict: Verdict) -> Markup:
    """The promises that were not tested. A note says why an alarm was not."""
    if not verdict.not_tested:
        return NOTHING
    title = tag("b", f"{untested_words(len(verdict.not_tested))}: ")
    of_flows = " No fault broke anything on the way, so a kept promise proves nothing." if verdict.untested else ""
    return tag("p.untested", title, f"{', '.join(verdict.not_tested)}.{of_flows}")


def _noticed(verdict: Verdict) -> Markup:
    words = noticed_line(verdict)
    return tag("p.noticed", words) if words else NOTHING


def _premises(verdict: Verdict) -> Markup:
    """Lines about promises for the first paths of flows, and for symmetric flows."""
    asked = ((each, words) for each in verdict.expectations if (words := " · ".join(premise_words(each, verdict))))
    rows = [tag("li", tag("b", each.flow + _one_way(each)), f" {words}") for each, words in asked]
    return tag("ul.premises", *rows) if rows else NOTHING


def _one_way(expectation: Expectation) -> str:
    return f" {ARROWS[expectation.directions[0]]}" if len(expectation.directions) == 1 else ""


def _steps(verdict: Verdict, sketch: Sketch | None) -> Markup:
    if not verdict.steps:
        return NOTHING
    whats = {target.name: target.what for target in sketch.targets} if sketch else {}
    words = ("fault", "target", "began between", "ended between", "in force")
    head = tag("thead", tag("tr", *(tag("th", word, at={"scope": "col"}) for word in words)))
    body = (_step(step, whats.get(step.target, "")) for step in verdict.steps)
    return scrolled(f"Faults of {verdict.title}", tag("table.steps", head, tag("tbody", *body)))


def _step(step: StepOutcome, what: str) -> Markup:
    return tag(
        "tr",
        tag("td", tag("b", step.kind)),
        tag("td", tag("code", step.target), tag("small", f" {what}")),
        tag("td", _bracket(step.applied)),
        tag("td", _bracket(step.undone) if step.undone else "never"),
        tag("td", span(step.undone[0] - step.applied[0]) if step.undone else NOTHING_SAID),
    )


def _bracket(instants: tuple[float, float]) -> str:
    return f"{clock(instants[0])[:-2]} and {clock(instants[1])}"


def _events(verdict: Verdict) -> Markup:
    """A table with a row for each event.

    If there are too many, events of probes are left out (the plot shows them), and then the last events.
    """
    events = verdict.timeline
    if not events:
        return NOTHING
    shown = [event for event in events if event.source != "probe"] if len(events) > _MOST_EVENTS else list(events)
    left = len(events) - len(shown[:_MOST_EVENTS])
    rows = (_event(event) for event in shown[:_MOST_EVENTS])
    more = tag("p.more", f"{left} more are in report.json.") if left else NOTHING
    title = tag("summary", f"Every event ({len(events)})")
    return tag("details.events", title, scrolled(f"Every event of {verdict.title}", tag("table", tag("tbody", *rows))), more)


def _event(event: TimelineEvent) -> Markup:
    return tag("tr", tag("td.number", clock(event.at)), tag("td", SOURCES[event.source]), tag("td", event.node), tag("td", event.what))
