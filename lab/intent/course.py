"""Read a course: course.yaml, and one Markdown file for each chapter. All problems are reported at once."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from lab.errors import InputError, Problem
from lab.intent.document.fields import Name, Text, Written, checked
from lab.intent.document.file import Document, document_of, read_document, text_of
from lab.intent.document.finding import Finding
from lab.intent.document.shape import Shaped, shape
from lab.model.course import Chapter, Course
from lab.spelling import way_out

_FENCE = "---"
_MOST_MINUTES = 480


def _minutes(written: object) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or not 1 <= written <= _MOST_MINUTES:
        raise ValueError(f"expected minutes, a whole number from 1 to {_MOST_MINUTES}")
    return written


class CourseDocument(Written):
    """course.yaml: what the course is about, and its chapters in their order."""

    title: Annotated[Text, Field(examples=["Redundant connections to AWS"], description="The course's name for people.")]
    summary: Annotated[Text, Field(examples=["Ten networks that look right."], description="One sentence about it.")]
    chapters: Annotated[
        list[Name],
        Field(min_length=1, examples=[["a-dark-circuit"]], description="Names of Markdown files beside course.yaml, without `.md`."),
    ]


class ChapterDocument(Written):
    """The front matter of a chapter's Markdown file, between two lines `---`."""

    title: Annotated[Text, Field(examples=["A circuit goes dark"], description="The chapter's name for people.")]
    goal: Annotated[Text, Field(examples=["No outage is longer than two seconds."], description="What must hold at its end.")]
    minutes: Annotated[int, checked(_minutes), Field(examples=[30], description="How long it takes.")]
    topology: Annotated[Name, Field(examples=["hybrid-backup"], description="The network: a shipped topology.")]
    flaws: Annotated[list[Name], Field(examples=[["no-bfd"]], description="What is wrong in it. `[]`: nothing.")]
    checks: Annotated[list[Name], Field(min_length=1, examples=[["dx-dark"]], description="The checks that must pass.")]
    hints: Annotated[list[Text], Field(max_length=3, examples=[["Who notices a dark circuit?"]], description="Up to three hints.")]


def read_course(folder: Path) -> Course:
    """The course in a folder. Raises one InputError that lists every mistake in all its files."""
    shaped = shape(read_document(folder / "course.yaml"), CourseDocument)
    problems: list[Problem] = []
    chapters: list[Chapter] = []
    try:
        shaped.document.refuse([*shaped.findings, *_twice(shaped)])
    except InputError as error:
        problems += error.problems
    for name in _names(shaped):
        try:
            chapters.append(_read_chapter(folder / f"{name}.md"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return Course(name=folder.name, title=shaped.text("title"), summary=shaped.text("summary"), chapters=tuple(chapters))


def _names(shaped: Shaped) -> list[str]:
    written = shaped.at(("chapters",))
    entries = list(enumerate(written)) if isinstance(written, list) else []
    return list(dict.fromkeys(name for at, name in entries if isinstance(name, str) and shaped.fits(("chapters", at))))


def _twice(shaped: Shaped) -> list[Finding]:
    written = shaped.at(("chapters",))
    names = written if isinstance(written, list) else []
    return [
        Finding(where=("chapters", at), message=f"the chapter {name!r} is listed twice (remove one)")
        for at, name in enumerate(names)
        if name in names[:at]
    ]


def _read_chapter(path: Path) -> Chapter:
    front, text, line = _parts(path)
    shaped = shape(front, ChapterDocument)
    front.refuse(shaped.findings)
    written = ChapterDocument.model_validate(shaped.document.data)
    return Chapter(
        name=path.stem,
        title=written.title,
        goal=written.goal,
        minutes=written.minutes,
        topology=written.topology,
        flaws=tuple(written.flaws),
        checks=tuple(written.checks),
        hints=tuple(written.hints),
        text=text,
        file=path,
        lines={**{key: front.line((key,)) for key in ChapterDocument.model_fields}, "text": line},
    )


def _parts(path: Path) -> tuple[Document, str, int]:
    """The front matter and the prose of a chapter, and the line in which the prose begins. Lines of the front matter keep their numbers."""
    lines = text_of(path).splitlines()
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if not lines or lines[0].rstrip() != _FENCE or end is None:
        message = f"expected front matter: a line {_FENCE}, keys such as 'title: ...', and a second line {_FENCE} (see the shipped course)"
        raise InputError([Problem(place=f"{path}:1", message=message)])
    prose = "\n".join(lines[end + 1 :])
    blank = len(prose) - len(prose.lstrip("\n"))
    return document_of("\n".join(["", *lines[1:end]]) + "\n", path), prose.strip() + "\n", end + 2 + blank


def unknown(name: str, known: list[str], what: str) -> str:
    """The words for a name that does not exist."""
    return f"there is no {what} named {name[:60]!r} {way_out(name, known)}"
