"""The lab of a student: start a chapter, check what the student did, and begin anew."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from lab.api.jobs.job import run_and_judge
from lab.api.jobs.messages import Activity
from lab.api.journals import begin_journal, new_journal
from lab.api.labs import GOOD_WITHIN_SECONDS, raise_lab, require_copy_name
from lab.api.paths import Deployable
from lab.api.reports import report_again
from lab.api.running import opened
from lab.api.workshop.courses import Prepared, chapter_named, course_named, prepared
from lab.api.workshop.layers import keep_layers, kept_layers, layers_path
from lab.api.workshop.progress import FOLDER, begun, keep, now, progress_of, with_present
from lab.api.workshop.spent import Spent
from lab.engine import Journal, Settings
from lab.engine.arrival import wait_until_good
from lab.errors import InputError, NotRunningError, Problem
from lab.model.course import Attempt, Chapter, Course, Progress, Standing
from lab.model.event import RunEnded
from lab.model.outcome import Report, Status, Verdict
from lab.model.plan import Plan
from lab.model.progress import Say
from lab.model.sketch import sketch_of
from lab.model.status import Difference
from lab.program import COMMAND
from lab.runtime.deploy import remove
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.home import Home
from lab.runtime.host.facts import circuits_here
from lab.runtime.host.turn import building
from lab.runtime.lab import RunningLab
from lab.runtime.stage import adopt, layers, mishaps, with_layers
from lab.views.graph import svg

_CONFIGURED = ("reconfigured", "route ", "no route ")
"""How differences begin that a student may have made on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A student at work: the course, the progress, and the chapter that is open."""

    course: Course
    progress: Progress
    standing: Standing
    opened: Prepared

    @property
    def lab(self) -> str:
        """The name of the student's lab."""
        return _lab_of(self.opened, self.progress.student)

    @property
    def picture(self) -> Path:
        """The file with the picture of the chapter's network."""
        return FOLDER / f"{self.opened.chapter.topology}.svg"

    @property
    def is_last(self) -> bool:
        """Whether the chapter is the last one of the course."""
        return self.course.chapters[-1].name == self.opened.chapter.name


def start(word: str, course: str | None, student: str, say: Say) -> Desk:
    """Start a chapter: remove the student's earlier lab, and deploy the chapter's network with its flaws."""
    student = _student(student)
    read = course_named(course)
    chapter = prepared(chapter_named(read, word), circuits_here())
    earlier = progress_of(student, read.name)
    if earlier.present and earlier.present.chapter != chapter.chapter.name:
        _remove(prepared(_chapter(read, earlier.present), circuits_here()), student, say)
    progress = begun(earlier, chapter.chapter.name)
    _deploy(chapter, student, say)
    keep(progress)
    begun_at = Desk(course=read, progress=progress, standing=progress.standings[-1], opened=chapter)
    begun_at.picture.write_text(svg(sketch_of(chapter.sound.plan)))
    return begun_at


def start_next(course: str | None, student: str, say: Say) -> Desk:
    """Start the chapter after the present one. Raises InputError after the last one."""
    present = desk(course, student)
    names = [chapter.name for chapter in present.course.chapters]
    if present.is_last:
        message = f"{names[-1]} was the last chapter (any chapter again: {COMMAND} workshop-start N)"
        raise InputError([Problem(place=present.course.name, message=message)])
    return start(names[names.index(present.opened.chapter.name) + 1], course, student, say)


def desk(course: str | None, student: str) -> Desk:
    """What a student works on. Raises NotRunningError if no chapter was started."""
    student = _student(student)
    read = course_named(course)
    progress = progress_of(student, read.name)
    if progress.present is None:
        raise NotRunningError(f"{student} has started no chapter of {read.name} (try: {COMMAND} workshop-start 1)")
    chapter = prepared(_chapter(read, progress.present), circuits_here())
    return Desk(course=read, progress=progress, standing=progress.present, opened=chapter)


def reset(course: str | None, student: str, say: Say) -> Desk:
    """Deploy the present chapter anew. What the student configured is gone."""
    present = desk(course, student)
    _remove(present.opened, present.progress.student, say)
    _deploy(present.opened, present.progress.student, say)
    return present


def save(course: str | None, student: str) -> tuple[Desk, Path]:
    """Write what the student has configured in the present chapter to a file. Return its path, too."""
    present = desk(course, student)
    with _at_work(present, "workshop-save") as running:
        found = layers(running, present.opened.sound.plan)
    return present, keep_layers(student, present.opened.chapter.name, found)


def restore(course: str | None, student: str, say: Say) -> Desk:
    """Deploy the present chapter anew, with what was saved. Raises InputError if nothing was saved, or if the file cannot be read."""
    present = desk(course, student)
    saved = kept_layers(student, present.opened.chapter.name)
    known = {node.name for node in present.opened.flawed.nodes}
    if strangers := [layer.node for layer in saved if layer.node not in known]:
        message = f"{present.opened.chapter.topology} has no node named {strangers[0][:40]!r} (this file is of another network)"
        raise InputError([Problem(place=str(layers_path(student, present.opened.chapter.name)), message=message)])
    _remove(present.opened, student, say)
    _deploy(replace(present.opened, flawed=with_layers(present.opened.flawed, saved)), student, say)
    return present


def hint(course: str | None, student: str) -> tuple[Desk, tuple[str, ...]]:
    """The hints of the present chapter that the student has seen, and one more."""
    present = desk(course, student)
    hints = present.opened.chapter.hints
    seen = min(present.standing.hints + 1, len(hints))
    keep(with_present(present.progress, replace(present.standing, hints=seen)))
    return present, hints[:seen]


def show(course: str | None, student: str) -> Desk:
    """The desk, with the note in the progress that the solution was shown."""
    present = desk(course, student)
    keep(with_present(present.progress, replace(present.standing, is_shown=True)))
    return present


def check(course: str | None, student: str, shown: Callable[[Verdict], None], say: Say) -> tuple[Desk, Report]:
    """Run the checks of the present chapter on the lab as the student has configured it, and write the result into the progress.

    A check that cannot be judged is no attempt. Raises InputError if a part of the network is gone.
    """
    present = desk(course, student)
    at, spent = now(), Spent("waiting for sessions", say)
    with _at_work(present, "workshop-check") as running:
        _require_whole(running, lambda each: not each.found.startswith(_CONFIGURED))  # a daemon that is dead cannot say its configuration
        for mishap in mishaps(running):
            say(mishap)
        say("taking what you configured as saved; a session that is down gets 20 s to come up")
        adopt(running, present.opened.sound.plan)
        _require_whole(running, lambda _: True)
        report = _run(running, present.opened, spent)
    spent.say_why()
    for verdict in report.verdicts:
        shown(verdict)
    if report.count(Status.ERROR):
        return present, report
    passed = tuple(each.check for each in report.verdicts if each.status is Status.PASS)
    failed = tuple(each.check for each in report.verdicts if each.status is not Status.PASS)
    attempt = Attempt(at=at, passed=passed, failed=failed)
    standing = replace(present.standing, attempts=(*present.standing.attempts, attempt))
    progress = with_present(present.progress, standing)
    keep(progress)
    return replace(present, progress=progress, standing=standing), report


@contextmanager
def _at_work(present: Desk, command: str) -> Iterator[RunningLab]:
    """The student's lab, which no other command changes meanwhile. Raises NotRunningError if it does not run."""
    try:
        with opened(present.lab) as running, Home(present.lab).held(command):
            yield running
    except NotRunningError:
        again = f"{COMMAND} workshop-start {present.opened.chapter.name}"
        raise NotRunningError(f"the lab {present.lab} does not run (start the chapter again: {again})") from None


def _require_whole(running: RunningLab, counts: Callable[[Difference], bool]) -> None:
    """Raise one InputError that lists every part of the network that is gone."""
    if gone := [each for each in running.differences() if not each.learned and counts(each)]:
        raise InputError([_gone(running.plan.lab, each) for each in gone])


def _gone(lab: str, difference: Difference) -> Problem:
    way_out = f"put it back, or: {COMMAND} workshop-reset"
    return Problem(place=f"lab {lab}", message=f"{difference.place}: found {difference.found}, expected {difference.planned} ({way_out})")


def _run(running: RunningLab, chapter: Prepared, say: Say) -> Report:
    journal = new_journal()
    here = _Here(journal, say)
    begin = time.monotonic()
    try:
        begin_journal(journal, (chapter.sound.plan,), (), None)
        for each in chapter.checks:
            run_and_judge(running, each, here, Settings(say=say), strict=False)
        journal.write(RunEnded(wall_seconds=time.monotonic() - begin))
    finally:
        journal.close()
    return report_again(journal.path)


class _Here:
    """Tells the events of a check to a journal. Nothing else runs, so it is always its turn."""

    def __init__(self, journal: Journal, say: Say) -> None:
        self.tell = journal.write
        self.say = say

    def turn(self, _: Activity) -> AbstractContextManager[None]:
        """The check may begin at once."""
        return nullcontext()


def _deploy(chapter: Prepared, student: str, say: Say) -> None:
    plan = replace(_copy(chapter.flawed, student), is_editable=True)
    deployable = Deployable(plan=plan, path=chapter.sound.path)
    with Home(plan.lab).held("workshop-start"), building(say), ExitStack() as afterwards:
        raised = raise_lab(deployable, say)
        afterwards.callback(raised.lab.close)
        wait_until_good(raised.lab, GOOD_WITHIN_SECONDS, say)


def _remove(chapter: Prepared, student: str, say: Say) -> None:
    lab = _lab_of(chapter, student)
    with Home(lab).held("workshop-reset"):
        if remove(Containers(ready_engine(say)), lab):
            say(f"{lab}: removed")


def _lab_of(chapter: Prepared, student: str) -> str:
    return _copy(chapter.flawed, student).lab


def _copy(plan: Plan, student: str) -> Plan:
    return replace(plan, copy=student)


def _chapter(course: Course, standing: Standing) -> Chapter:
    return chapter_named(course, standing.chapter)


def _student(name: str) -> str:
    require_copy_name(name)
    return name
