"""The text of a chapter, its hints and its solution, for the terminal."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill, indent

from lab.intent.live_values import LAB
from lab.model.course import Chapter, Standing
from lab.model.flaw import Typed
from lab.program import COMMAND, as_typed
from lab.views.counted import counted
from lab.views.plain_text import plain

_WIDEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """A student: the name of the lab, and how commands are written: with a name and a course only if the student gave one."""

    lab: str
    words: str

    def command(self, verb: str) -> str:
        """A command of the workshop, as this student types it."""
        return f"{COMMAND} workshop-{verb}{self.words}"

    def reads(self, prose: str) -> str:
        """Prose, with the name of this student's lab, and with the commands of the workshop as this student types them."""
        typed = as_typed(prose.replace(LAB, self.lab))
        return re.sub(rf"{re.escape(COMMAND)} workshop-[a-z]+", lambda found: f"{found[0]}{self.words}", typed)


def chapter_text(chapter: Chapter, student: Student, picture: Path, columns: int | None) -> str:
    """A chapter as the student reads it: title, goal, time, prose, and where the picture, the lab and the next commands are."""
    width = min(columns or shutil.get_terminal_size().columns, _WIDEST)
    heading = f"{chapter.title}  ({chapter.minutes} min)"
    return plain(
        f"\n{heading}\n{'=' * min(len(heading), width)}\n\n{_fitted(f'Goal: {chapter.goal}', width)}\n"
        f"{_fitted(student.reads(chapter.text), width)}\n"
        f"Picture:   {picture} (open it in a browser)\n"
        f"Your lab:  {student.lab}\nCheck it:  {student.command('check')}\nStuck:     {student.command('hint')}\n"
    )


def _fitted(prose: str, width: int) -> str:
    """Markdown whose paragraphs and list items fit the screen. Blocks of code, which are indented or fenced, stay as they are."""
    fitted: list[str] = []
    for block in prose.split("\n\n"):
        if block.startswith(("    ", "```")):
            fitted.append(block)
            continue
        for item in re.split(r"\n(?=(?:\d+\.|-) )", block.strip()):
            mark = re.match(r"(?:\d+\.|-) ", item)
            further = " " * len(mark[0]) if mark else ""
            words = " ".join(item.split())
            fitted.append(fill(words, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False))
        fitted[-1] += "\n"
    return "\n".join(fitted)


def result_text(chapter: Chapter, standing: Standing, student: Student, *, is_last: bool) -> str:
    """The last lines of a check of a chapter."""
    attempt = standing.attempts[-1]
    tries = counted(len(standing.attempts), "attempt")
    if attempt.is_solved:
        further = "That was the last chapter." if is_last else f"Next: {student.command('next')}"
        return f"Solved: {chapter.goal} ({tries}) {further}\n"
    return f"Not yet: {', '.join(attempt.failed)} ({tries}). Goal: {chapter.goal} (stuck: {student.command('hint')})\n"


def hints_text(hints: Sequence[str], of: int, student: Student) -> str:
    """The hints that the student has seen."""
    if not hints:
        return "This chapter has no hints.\n"
    return "".join(f"Hint {number} of {of}: {plain(student.reads(hint))}\n" for number, hint in enumerate(hints, start=1))


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
