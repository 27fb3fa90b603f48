"""A report as a folder of files: a page for people, a summary for a pull request, and files for programs."""

from dataclasses import dataclass

from lab.model.outcome import Report
from lab.views.html import page
from lab.views.report.as_json import report_json
from lab.views.report.junit import report_junit
from lab.views.report.markdown import report_markdown
from lab.views.report.words import JOURNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to write: its name in the folder, and its text."""

    name: str
    text: str


NAMES = ("index.html", "summary.md", "report.json", "junit.xml", JOURNAL)
"""The names of all files in the folder. In a report of several runs each run has its own journal."""


def report_folder(report: Report) -> tuple[Document, ...]:
    """All files of the folder, except the journals."""
    texts = (page(report), report_markdown(report), report_json(report), report_junit(report))
    return tuple(Document(name=name, text=text) for name, text in zip(NAMES[:-1], texts, strict=True))
