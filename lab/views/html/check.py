"""One check's section: what was asked, what came out, what was broken, when what happened, and what each flow felt."""

from collections.abc import Sequence

from lab.model.evidence import TimelineEvent
from lab.model.outcome import Status, StepOutcome, Verdict
from lab.model.sketch import Sketch
from lab.views.html.evidence import evidence
from lab.views.html.flows import flow_table
from lab.views.html.markup import NOTHING, Markup, joined, tag
from lab.views.html.network import Drawing
from lab.views.html.timeline import timeline_plot
from lab.views.html.ways import paths
from lab.views.report_words import NOTHING_SAID, SOURCES, STATUSES, anchor, clock, link_to, span

_MOST_EVENTS = 300
"""More are in report.json; a page must stay light."""


def check_section(verdict: Verdict, drawing: Drawing | None) -> Markup:
    """Everything about one check; parts it has nothing for are left out."""
    name = anchor(verdict)
    often = f"{verdict.repeats} × in " if verdict.repeats > 1 else ""
    head = tag(
        "header",
        tag(f"span.badge.{STATUSES[verdict.status]}", STATUSES[verdict.status]),
        tag("h3", tag("a", verdict.check, at={"href": link_to(name)})),
        tag("span.took", f"{often}{verdict.wall_seconds:.1f} s"),
    )
    parts = (
        tag("p.summary", verdict.summary),
        _reason(verdict),
        joined([tag("p.note", note) for note in verdict.notes]),
        _steps(verdict.steps, drawing.sketch if drawing else None),
        flow_table(verdict),
        timeline_plot(verdict),
        paths(verdict, drawing),
        evidence(verdict),
        _events(verdict.timeline),
    )
    return tag("article", head, *parts, at={"id": name})


def _reason(verdict: Verdict) -> Markup:
    if verdict.status is Status.PASS:
        return NOTHING
    title = "A promise was broken" if verdict.status is Status.FAIL else "This could not be judged"
    lines = (tag("li", line) for line in verdict.reason.splitlines())
    return tag(f"div.reason.{STATUSES[verdict.status]}", tag("b", title), tag("ul", *lines))


def _steps(steps: Sequence[StepOutcome], sketch: Sketch | None) -> Markup:
    if not steps:
        return NOTHING
    whats = {target.name: target.what for target in sketch.targets} if sketch else {}
    words = ("fault", "target", "put in between", "taken out between", "in force")
    head = tag("thead", tag("tr", *(tag("th", word, at={"scope": "col"}) for word in words)))
    body = (_step(step, whats.get(step.target, "")) for step in steps)
    return tag("div.scroll", tag("table.steps", head, tag("tbody", *body)))


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


def _events(events: Sequence[TimelineEvent]) -> Markup:
    """Every event in a row; where there are too many, what probes felt is left to the plot, then the last ones to report.json."""
    if not events:
        return NOTHING
    shown = [event for event in events if event.source != "probe"] if len(events) > _MOST_EVENTS else list(events)
    left = len(events) - len(shown[:_MOST_EVENTS])
    rows = (_event(event) for event in shown[:_MOST_EVENTS])
    more = tag("p.more", f"{left} more are in report.json.") if left else NOTHING
    title = tag("summary", f"Every event ({len(events)})")
    return tag("details.events", title, tag("div.scroll", tag("table", tag("tbody", *rows))), more)


def _event(event: TimelineEvent) -> Markup:
    return tag("tr", tag("td.number", clock(event.at)), tag("td", SOURCES[event.source]), tag("td", event.node), tag("td", event.what))
