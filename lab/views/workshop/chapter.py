"""The text of a chapter, its hints and its solution, for the terminal."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

from lab.model.course import Chapter, Standing
from lab.model.flaw import Typed
from lab.program import COMMAND, as_typed
from lab.views.counted import counted
from lab.views.plain_text import plain

_WIDEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """How the commands of a student are written: with a name and a course only if the student gave one."""

    words: str

    def command(self, verb: str) -> str:
        """A command of the workshop, as this student types it."""
        return f"{COMMAND} workshop-{verb}{self.words}"


LAB = "{{ lab }}"
"""The place in a chapter's prose for the name of the student's lab."""


def chapter_text(chapter: Chapter, lab: str, student: Student, columns: int | None) -> str:
    """A chapter as the student reads it: title, goal, time, prose, and the names of the lab and of the next command."""
    width = min(columns or shutil.get_terminal_size().columns, _WIDEST)
    heading = f"{chapter.title}  ({chapter.minutes} min)"
    return plain(
        f"\n{heading}\n{'=' * min(len(heading), width)}\n\nGoal: {chapter.goal}\n\n{as_typed(chapter.text.replace(LAB, lab))}\n"
        f"Your lab:  {lab}\nCheck it:  {student.command('check')}\nStuck:     {student.command('hint')}\n"
    )


def result_text(chapter: Chapter, standing: Standing, student: Student, *, is_last: bool) -> str:
    """The last lines of a check of a chapter."""
    attempt = standing.attempts[-1]
    tries = counted(len(standing.attempts), "attempt")
    if attempt.is_solved:
        further = "That was the last chapter." if is_last else f"Next: {student.command('next')}"
        return f"Solved: {chapter.goal} ({tries}) {further}\n"
    return f"Not yet: {', '.join(attempt.failed)} ({tries}). Goal: {chapter.goal} (stuck: {student.command('hint')})\n"


def hints_text(hints: Sequence[str], of: int) -> str:
    """The hints that the student has seen."""
    if not hints:
        return "This chapter has no hints.\n"
    return "".join(f"Hint {number} of {of}: {plain(hint)}\n" for number, hint in enumerate(hints, start=1))


def solution_text(solution: Sequence[Typed], lab: str) -> str:
    """What to type, and where."""
    if not solution:
        return "Nothing is wrong in this chapter's network.\n"
    return "\n".join(_typed(each, lab) for each in solution)


def _typed(typed: Typed, lab: str) -> str:
    if typed.in_shell:
        return f"{COMMAND} lab-shell {typed.node} -t {lab}\n{indent(chr(10).join(typed.lines), '  ')}\n"
    lines = ("vtysh", "configure terminal", *typed.lines, "end", "write memory", "exit")
    return f"{COMMAND} lab-shell {typed.node} -t {lab}\n{indent(chr(10).join(lines), '  ')}\n"
