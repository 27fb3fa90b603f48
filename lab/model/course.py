"""Courses: chapters of a workshop, and how far a student has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.model.plan import File, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter of a course.

    - `name`: of its file, without number and ending
    - `goal`: what must hold at its end, in one sentence
    - `flaws`: names of the flaws in its network. () is a sound network.
    - `checks`: names of the checks of the topology that must pass
    - `hints`: one after the other, each says more
    - `text`: its prose, Markdown
    - `lines`: in which line of the file each key is, and the prose (`text`)
    """

    name: str
    title: str
    goal: str
    minutes: int
    topology: str
    flaws: tuple[str, ...]
    checks: tuple[str, ...]
    hints: tuple[str, ...]
    text: str
    file: Path
    lines: Mapping[str, int]

    def place(self, key: str, after: int = 0) -> str:
        """The file and line of a key, or of the prose (`text`). `after`: so many lines after its first one."""
        return f"{self.file}:{self.lines.get(key, 1) + after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course: its name is the name of its folder."""

    name: str
    title: str
    summary: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A check of a chapter: when (ISO 8601), which checks passed, and which did not."""

    at: str
    passed: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def is_solved(self) -> bool:
        """Whether every check passed."""
        return not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a student is in a chapter. `hints`: how many were shown. `is_shown`: the solution was shown."""

    chapter: str
    started: str
    attempts: tuple[Attempt, ...] = ()
    hints: int = 0
    is_shown: bool = False

    @property
    def is_solved(self) -> bool:
        """Whether an attempt solved the chapter."""
        return any(attempt.is_solved for attempt in self.attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a student is in a course. The last chapter in `standings` is the present one."""

    student: str
    course: str
    standings: tuple[Standing, ...] = ()

    @property
    def present(self) -> Standing | None:
        """The chapter that was started last. None if none was started."""
        return self.standings[-1] if self.standings else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What a student has configured in one router: the files of FRR's daemons, and the static routes in its kernel."""

    node: str
    files: tuple[File, ...]
    routes: tuple[Route, ...]
