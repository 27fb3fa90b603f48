"""Find courses: those in `workshops/` of the current folder, or the shipped ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lab.api.files import read_checks, read_plan
from lab.api.paths import Deployable
from lab.compiler.flaws import FLAWS
from lab.errors import InputError, Problem
from lab.intent.course import read_course, unknown
from lab.intent.live_values import filled, misfits
from lab.model.check import Check
from lab.model.course import Chapter, Course
from lab.model.flaw import Typed
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from lab.program import shipped

_WORKSHOPS = "workshops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A chapter with everything that it names: the sound network, the flawed one, and its checks."""

    chapter: Chapter
    sound: Deployable
    flawed: Plan
    checks: tuple[Check, ...]

    @property
    def solution(self) -> tuple[Typed, ...]:
        """What a student may type to repair every flaw."""
        return tuple(typed for name in self.chapter.flaws for typed in FLAWS[name].spoil.solution(self.sound.plan))


def course_folders() -> tuple[Path, ...]:
    """The folders of all courses: those of the current folder, or the shipped ones if there are none."""
    own = _courses_in(Path.cwd() / _WORKSHOPS)
    return own or _courses_in(shipped() / _WORKSHOPS)


def _courses_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path.parent for path in folder.glob("*/course.yaml")))


def course_named(name: str | None) -> Course:
    """A course by name, or the only one. Raises InputError that lists every mistake in it."""
    folders = {folder.name: folder for folder in course_folders()}
    if not folders:
        raise InputError([Problem(place=_WORKSHOPS, message="there is no course here (a course is a folder with a file course.yaml)")])
    if name is None and len(folders) > 1:
        raise InputError([Problem(place="--course", message=f"there are several courses: {', '.join(folders)} (choose one with --course)")])
    chosen = name or next(iter(folders))
    if chosen not in folders:
        raise InputError([Problem(place="--course", message=unknown(chosen, list(folders), "course"))])
    return read_course(folders[chosen])


def chapter_named(course: Course, word: str) -> Chapter:
    """A chapter by its name or number. Raises InputError."""
    if word.isdigit() and 1 <= int(word) <= len(course.chapters):
        return course.chapters[int(word) - 1]
    for chapter in course.chapters:
        if chapter.name == word:
            return chapter
    known = [chapter.name for chapter in course.chapters]
    raise InputError([Problem(place=course.name, message=unknown(word, known, f"chapter (1 to {len(known)}, or a name)"))])


def prepared(chapter: Chapter, circuits: Circuits) -> Prepared:
    """Compile a chapter's network and read its checks. Raises one InputError that lists every mistake of the chapter."""
    try:
        sound = read_plan(chapter.topology, Timers.TUNED, Ipsec.USERSPACE, circuits)
    except InputError as error:
        raise InputError(
            [Problem(place=chapter.place("topology"), message=f"topology: {each.message}") for each in error.problems]
        ) from None
    problems = [*_wrong_flaws(chapter), *_wrong_values(chapter, sound.plan)]
    checks: list[Check] = []
    for name in chapter.checks:
        try:
            checks += read_checks(sound, name)
        except InputError as error:
            problems += [Problem(place=chapter.place("checks"), message=f"checks: {each.message}") for each in error.problems]
    if problems:
        raise InputError(problems)
    flawed = sound.plan
    for name in chapter.flaws:
        flawed = FLAWS[name].spoil.change(flawed)
    flawed = replace(flawed, flaws=tuple(FLAWS[name].summary for name in chapter.flaws))
    read = replace(chapter, text=filled(chapter.text, sound.plan), hints=tuple(filled(hint, sound.plan) for hint in chapter.hints))
    return Prepared(chapter=read, sound=sound, flawed=flawed, checks=tuple(checks))


def _wrong_flaws(chapter: Chapter) -> Iterator[Problem]:
    for name in chapter.flaws:
        if name not in FLAWS:
            yield Problem(place=chapter.place("flaws"), message=f"flaws: {unknown(name, list(FLAWS), 'flaw')}")
        elif FLAWS[name].topology != chapter.topology:
            message = f"flaws: {name} spoils {FLAWS[name].topology}, not {chapter.topology} (choose another one)"
            yield Problem(place=chapter.place("flaws"), message=message)


def _wrong_values(chapter: Chapter, plan: Plan) -> Iterator[Problem]:
    for hint in chapter.hints:
        yield from (Problem(place=chapter.place("hints"), message=f"hints: {message}") for _, message in misfits(hint, plan))
    yield from (Problem(place=chapter.place("text", line), message=message) for line, message in misfits(chapter.text, plan))
