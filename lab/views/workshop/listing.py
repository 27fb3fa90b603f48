"""The chapters of a course, and what a student has solved."""

from typing import Protocol

from lab.model.course import Course, Progress, Standing
from lab.program import COMMAND
from lab.views.json_text import Json, json_text
from lab.views.plain_text import plain


class Seen(Protocol):
    """A course, and how far a student is."""

    @property
    def course(self) -> Course:
        """The course."""
        ...

    @property
    def progress(self) -> Progress:
        """The student's progress."""
        ...

    def standing(self, chapter: str) -> Standing | None:
        """The student's standing in a chapter. None if it was not started."""
        ...


def state_of(standing: Standing | None) -> str:
    """A standing in one or two words."""
    if standing is None:
        return "–"
    return "solved" if standing.is_solved else "started"


def overview_text(seen: Seen, columns: int | None) -> str:
    """A line for each chapter: number, name, title, minutes and state."""
    course = seen.course
    name_width = max(len(chapter.name) for chapter in course.chapters)
    title_width = max(len(chapter.title) for chapter in course.chapters)
    lines = [f"{course.title} ({course.name}): {course.summary}", ""]
    present = seen.progress.present
    for number, chapter in enumerate(course.chapters, start=1):
        mark = "→" if present and present.chapter == chapter.name else " "
        state = state_of(seen.standing(chapter.name))
        line = f"{mark} {number:>2}  {chapter.name:<{name_width}}  {chapter.title:<{title_width}}  {chapter.minutes:>3} min  {state}"
        lines.append(line if columns is None or len(line) <= columns else f"{mark} {number:>2}  {chapter.name:<{name_width}}  {state}")
    lines += ["", f"Start one: {COMMAND} workshop-start NUMBER"]
    return plain("\n".join(lines) + "\n")


def overview_json(seen: Seen) -> str:
    """The same as JSON."""
    present = seen.progress.present
    chapters: list[Json] = []
    for chapter in seen.course.chapters:
        standing = seen.standing(chapter.name)
        chapters.append(
            {
                "chapter": chapter.name,
                "title": chapter.title,
                "minutes": chapter.minutes,
                "attempts": len(standing.attempts) if standing else 0,
                "solved": bool(standing and standing.is_solved),
            }
        )
    return json_text(
        {
            "course": seen.course.name,
            "student": seen.progress.student,
            "present": present.chapter if present else None,
            "chapters": chapters,
        }
    )
