"""Commands for workshops: start a chapter, check it, ask for a hint, and see how far everybody is."""

from typing import TYPE_CHECKING

from invoke.context import Context

from lab.door import columns, console, say, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import JSON_HELP
from lab.door.progress import progress, staying

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.views.workshop.chapter import Student

_COURSE = {"course NAME": "the name of a course in workshops/, or of a shipped one (needed only if there are several)"}
_STUDENT = {"as NAME": "the name of the student. Several students may use one machine, each has a lab of their own (default: me)"}
ALONE = "me"
"""The name of a student who gives none."""

_WHO = {**_STUDENT, **_COURSE}


@command({**_WHO, "json FILE": JSON_HELP})
@verb
def workshop(_: Context, as_: str = ALONE, course: str | None = None, json: str | None = None) -> int:
    """List the chapters of a course, and what is solved.

    Needs no lab and no root.
    """
    from lab.api.workshop.grade import overview
    from lab.views.workshop.listing import overview_json, overview_text

    seen = overview(course, as_)
    if json != "-":
        write("-", overview_text(seen, columns()))
    write(json, overview_json(seen))
    return 0


@command({"chapter": "the number or the name of a chapter", **_WHO})
@verb
def workshop_start(_: Context, chapter: str, as_: str = ALONE, course: str | None = None) -> int:
    """Start a chapter: print its text, and deploy its network.

    Something in this network is wrong. You may change every router of the sites: ./inv lab-shell NODE, then vtysh.
    """
    from lab.api.workshop import lab
    from lab.views.workshop.chapter import chapter_text

    with progress(None) as shown:
        desk = lab.start(chapter, course, as_, shown.say)
    write("-", chapter_text(desk.opened.chapter, _student(desk.lab, as_, course), desk.picture, columns()))
    return 0


@command({**_WHO, "json FILE": JSON_HELP})
@verb
def workshop_check(_: Context, as_: str = ALONE, course: str | None = None, json: str | None = None) -> int:
    """Check the chapter: which promises the network keeps now.

    What you configured counts as saved. The check undoes its own faults, and nothing that you did.
    """
    from functools import partial

    from lab.api.workshop import lab
    from lab.model.outcome import Status
    from lab.views.report.as_json import report_json
    from lab.views.report.text import print_verdict
    from lab.views.workshop.chapter import result_text

    with progress(json) as shown:
        desk, report = lab.check(course, as_, staying(shown, partial(print_verdict, console(json))), shown.say)
    write(json, report_json(report))
    if report.count(Status.ERROR):
        say(f"this was not an attempt, because it could not be judged (again: {_student(desk.lab, as_, course).command('check')})")
        return 3
    if json != "-":
        write("-", result_text(desk.opened.chapter, desk.standing, _student(desk.lab, as_, course), is_last=desk.is_last))
    return 0 if desk.standing.attempts[-1].is_solved else 1


@command(_WHO)
@verb
def workshop_hint(_: Context, as_: str = ALONE, course: str | None = None) -> int:
    """Show one more hint for the present chapter."""
    from lab.api.workshop import lab
    from lab.views.workshop.chapter import hints_text

    desk, hints = lab.hint(course, as_)
    write("-", hints_text(hints, len(desk.opened.chapter.hints), _student(desk.lab, as_, course)))
    return 0


@command({"what solution": "what to show: the word solution", **_WHO})
@verb
def workshop_show(_: Context, what: str, as_: str = ALONE, course: str | None = None) -> int:
    """Show the solution: what to type in which router."""
    from lab.api.workshop import lab
    from lab.views.workshop.chapter import solution_text

    desk = lab.show(course, as_)
    write("-", solution_text(desk.opened.solution, desk.lab))
    return 0


@command(_WHO)
@verb
def workshop_reset(_: Context, as_: str = ALONE, course: str | None = None) -> int:
    """Begin the chapter anew. What you configured is lost."""
    from lab.api.workshop import lab

    with progress(None) as shown:
        desk = lab.reset(course, as_, shown.say)
    say(f"{desk.lab} is as the chapter {desk.opened.chapter.name} starts")
    return 0


@command(_WHO)
@verb
def workshop_save(_: Context, as_: str = ALONE, course: str | None = None) -> int:
    """Save what you configured in the present chapter to a file."""
    from lab.api.workshop import lab

    desk, path = lab.save(course, as_)
    say(f"saved in {path} ({_student(desk.lab, as_, course).command('restore')} brings it back)")
    return 0


@command(_WHO)
@verb
def workshop_restore(_: Context, as_: str = ALONE, course: str | None = None) -> int:
    """Begin the chapter anew, with what workshop-save saved."""
    from lab.api.workshop import lab

    with progress(None) as shown:
        desk = lab.restore(course, as_, shown.say)
    say(f"{desk.lab} is as it was when you saved it")
    return 0


@command(_WHO)
@verb
def workshop_next(_: Context, as_: str = ALONE, course: str | None = None) -> int:
    """Start the chapter after the present one."""
    from lab.api.workshop import lab
    from lab.views.workshop.chapter import chapter_text

    with progress(None) as shown:
        desk = lab.start_next(course, as_, shown.say)
    write("-", chapter_text(desk.opened.chapter, _student(desk.lab, as_, course), desk.picture, columns()))
    return 0


@command({"course NAME": _COURSE["course NAME"], "csv": "print comma-separated values", "json FILE": JSON_HELP})
@verb
def workshop_grade(_: Context, course: str | None = None, csv: bool = False, json: str | None = None) -> int:
    """Show how far every student is.

    Reads the progress in the current folder.
    """
    from lab.api.workshop.grade import grades
    from lab.views.workshop.grades import grades_csv, grades_json, grades_text

    table = grades(course)
    if json != "-":
        write("-", grades_csv(table) if csv else grades_text(table))
    write(json, grades_json(table))
    return 0


@command(_COURSE)
@verb
def workshop_validate(_: Context, course: str | None = None) -> int:
    """Find every mistake in a course.

    Looks at its chapters, and at the networks, flaws and checks that they name.
    """
    from lab.api.workshop.grade import validated

    for line in validated(course):
        write("-", f"{line}\n")
    return 0


def _student(lab: str, name: str, course: str | None) -> "Student":
    from lab.views.workshop.chapter import Student

    return Student(lab=lab, words=f"{'' if name == ALONE else f' --as {name}'}{f' --course {course}' if course else ''}")
