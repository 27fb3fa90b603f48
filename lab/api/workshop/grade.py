"""See how far students are, and look for mistakes in a course."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.api.workshop.courses import course_named, prepared
from lab.api.workshop.progress import progress_of, students
from lab.errors import InputError, Problem
from lab.model.course import Course, Progress, Standing
from lab.model.plan import Circuits
from lab.views.counted import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A course, and how far a student is."""

    course: Course
    progress: Progress

    def standing(self, chapter: str) -> Standing | None:
        """The student's standing in a chapter. None if it was not started."""
        return next((each for each in self.progress.standings if each.chapter == chapter), None)


def overview(course: str | None, student: str) -> Overview:
    """A course, and how far a student is in it."""
    read = course_named(course)
    return Overview(course=read, progress=progress_of(student, read.name))


def grades(course: str | None) -> tuple[Overview, ...]:
    """The progress of every student in the current folder. Raises InputError if there is none."""
    read = course_named(course)
    everybody = tuple(Overview(course=read, progress=progress_of(name, read.name)) for name in students())
    if not everybody:
        raise InputError([Problem(place="workshop/", message="nobody has progress here (run this where workshop-start was run)")])
    return everybody


def validated(course: str | None) -> Iterator[str]:
    """A line for each chapter of a course without mistakes. Raises one InputError that lists every mistake of all chapters."""
    read = course_named(course)
    problems: list[Problem] = []
    lines: list[str] = []
    for chapter in read.chapters:
        try:
            checks = prepared(chapter, Circuits.CABLES).checks
            lines.append(f"{chapter.name}: {counted(len(chapter.flaws), 'flaw')}, {counted(len(checks), 'check')}, {chapter.minutes} min")
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    yield from lines
    yield f"{read.name}: {counted(len(lines), 'chapter')}, {sum(each.minutes for each in read.chapters)} min, no mistakes"
