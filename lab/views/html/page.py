"""The whole page: the verdict, the checks that did not pass, the matrix, every check of every topology, and the hosts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.model.contrast import Contrast
from lab.model.outcome import Report, Status, Verdict
from lab.model.run import LabFacts
from lab.views.counted import counted, counted_checks
from lab.views.graph.style import night
from lab.views.html.check import check_section
from lab.views.html.facts import closing, facts_of_lab, host
from lab.views.html.markup import NOTHING, Markup, joined, tag
from lab.views.html.matrix import attention, key, matrix
from lab.views.html.network import Drawing, definitions
from lab.views.html.noticed import noticed_table
from lab.views.html.sets import sectioned, sets_table
from lab.views.report.change_words import change_words, new_path_words, new_paths_words
from lab.views.report.promise_words import untested_words
from lab.views.report.words import STATUSES, day, headline, lasting, link_to, standing

_STYLE = Path(__file__).with_name("page.css")
_ICON = "data:,"
"""An empty icon. Without it a browser would request one."""


def page(report: Report) -> str:
    """A complete HTML document. It has links to report.json and journal.jsonl in its own folder."""
    drawings = {sketch.name: Drawing(sketch, f"net{number}") for number, sketch in enumerate(report.sketches)}
    head = tag(
        "head",
        tag("meta", at={"charset": "utf-8"}),
        tag("meta", at={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", at={"name": "color-scheme", "content": "light dark"}),
        tag("link", at={"rel": "icon", "href": _ICON}),
        tag("title", f"{headline(report)} – Failover Lab"),
        tag("style", Markup(_STYLE.read_text(encoding="utf-8") + night())),
    )
    main = tag(
        "main", attention(report.verdicts), _against(report.contrast), _overview(report), *_topologies(report, drawings), host(report)
    )
    body = tag("body", definitions(tuple(drawings.values())), _top(report), main, closing(report))
    return f"<!DOCTYPE html>\n{tag('html', head, body, at={'lang': 'en'}).text}\n"


def _top(report: Report) -> Markup:
    topologies = _names(report.verdicts)
    facts = [counted_checks([each.check for each in report.verdicts]), counted(len(topologies), "topology"), *_profiles(report.labs)]
    facts += [day(report.begun)] if report.begun else []
    facts += [f"took {lasting(report.wall_seconds)}"] if report.wall_seconds else []
    counts = (_count(report, status) for status in Status)
    words = tag("div", tag("p.brand", "Failover Lab"), tag("h1", headline(report)), tag("p.facts", " · ".join(facts)))
    return tag(
        f"header.{STATUSES[standing(report)]}", tag("div.inner", words, tag("ul.counts", *counts, _untested(report.untested_promises)))
    )


def _against(contrast: Contrast | None) -> Markup:
    """What is worse than in the baseline, and the paths that the baseline does not have."""
    if contrast is None:
        return NOTHING
    worse = [tag("li", change_words(change)) for change in contrast.worse]
    new = [tag("li", new_path_words(path)) for path in contrast.new_paths]
    failed = tag("div.reason.fail", tag("b", f"Worse than the baseline {contrast.file}"), tag("ul", *worse)) if worse else NOTHING
    told = tag("div.reason.new", tag("b", new_paths_words(contrast)), tag("ul", *new)) if new else NOTHING
    return joined([failed, told])


def _count(report: Report, status: Status) -> Markup:
    number = report.count(status)
    return tag(f"li.{STATUSES[status] if number else 'nought'}", tag("b", str(number)), STATUSES[status])


def _untested(number: int) -> Markup:
    return tag("li.untested", tag("b", str(number)), untested_words(number).removeprefix(f"{number} ")) if number else NOTHING


def _profiles(labs: Sequence[LabFacts]) -> Iterator[str]:
    for timers in dict.fromkeys(lab.timers for lab in labs):
        yield f"{timers} timers"


def _overview(report: Report) -> Markup:
    """The matrix of each topology, below the topology's name."""
    tables: list[Markup] = []
    for topology in _names(report.verdicts):
        tables += [tag("h3", tag("a", topology, at={"href": link_to(topology)})), _faults_and_flows(topology, _of(report, topology))]
    title = tag("h2", "Faults and flows")
    return tag("section.overview", title, key(), *tables) if tables else NOTHING


def _faults_and_flows(topology: str, verdicts: tuple[Verdict, ...]) -> Markup:
    """The matrix of the checks from files, and the table of the sets of components that a sweep broke."""
    written = [verdict for verdict in verdicts if not verdict.is_swept]
    return joined([*([matrix(topology, written)] if written else []), sets_table(topology, verdicts), noticed_table(topology, verdicts)])


def _topologies(report: Report, drawings: dict[str, Drawing]) -> Iterator[Markup]:
    for topology in _names(report.verdicts):
        drawing = drawings.get(topology)
        labs = [lab for lab in report.labs if lab.topology == topology]
        summary = tag("p.summary", drawing.sketch.summary) if drawing else NOTHING
        head = tag("div.chapter", tag("h2", topology), summary, *map(facts_of_lab, labs), _limits(report, topology))
        sections = (check_section(verdict, drawing) for verdict in sectioned(_of(report, topology)))
        yield tag("section.topology", head, joined(sections), at={"id": topology})


def _limits(report: Report, topology: str) -> Markup:
    """What the lab of a topology cannot show."""
    words = tuple(dict.fromkeys(limit.words for limit in report.limits if limit.topology == topology))
    title = tag("summary", f"{counted(len(words), 'thing')} that this lab cannot show and no verdict covers")
    return tag("details.limits", title, tag("ul", *(tag("li", each) for each in words))) if words else NOTHING


def _names(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(verdict.topology for verdict in verdicts))


def _of(report: Report, topology: str) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in report.verdicts if verdict.topology == topology)
