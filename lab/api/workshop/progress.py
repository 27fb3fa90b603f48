"""The progress of a student: one JSON file in the current folder. It survives a reboot. Law: one writer, and never half a file."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from lab.errors import InputError, Problem
from lab.model.course import Attempt, Progress, Standing

FOLDER = Path("workshop")
"""The folder for progress files, in the current folder."""


def progress_of(student: str, course: str) -> Progress:
    """The progress of a student in a course. An empty one if there is none. Raises InputError if the file cannot be read."""
    path = _path(student)
    try:
        kept = json.loads(path.read_text())
        progress = Progress(
            student=student,
            course=kept["course"],
            standings=tuple(
                Standing(
                    chapter=each["chapter"],
                    started=each["started"],
                    attempts=tuple(
                        Attempt(at=one["at"], passed=tuple(one["passed"]), failed=tuple(one["failed"])) for one in each["attempts"]
                    ),
                    hints=int(each["hints"]),
                    is_shown=bool(each["is_shown"]),
                )
                for each in kept["standings"]
            ),
        )
    except FileNotFoundError:
        return Progress(student=student, course=course)
    except (OSError, ValueError, LookupError, TypeError) as error:
        message = f"this file is not the progress of a student: {type(error).__name__} (remove it to begin anew)"
        raise InputError([Problem(place=str(path), message=message)]) from None
    return progress if progress.course == course else Progress(student=student, course=course)


def keep(progress: Progress) -> None:
    """Write the progress. If we are killed meanwhile, the old file remains."""
    path = _path(progress.student)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(progress), indent=2) + "\n")
    fresh.replace(path)


def begun(progress: Progress, chapter: str) -> Progress:
    """The chapter becomes the present one. What was done in it earlier is kept."""
    earlier = next((each for each in progress.standings if each.chapter == chapter), Standing(chapter=chapter, started=now()))
    return replace(progress, standings=(*(each for each in progress.standings if each.chapter != chapter), earlier))


def with_present(progress: Progress, standing: Standing) -> Progress:
    """The progress with another standing in the present chapter."""
    return replace(progress, standings=(*progress.standings[:-1], standing))


def now() -> str:
    """This instant, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def students() -> tuple[str, ...]:
    """The names of all students with progress in the current folder."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def _path(student: str) -> Path:
    return FOLDER / f"{student}.json"
