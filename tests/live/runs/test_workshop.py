"""A student's way through the shipped course: a chapter's checks fail, the solution is typed into the routers, and then they pass.

`EVERY_CHAPTER=1` tries all of them, in about ten minutes. Without it two are tried.
"""

import json
import os
from pathlib import Path

import pytest

from lab.api.workshop.courses import Prepared, course_named, prepared
from lab.model.flaw import Typed
from lab.model.plan import Circuits
from tests.live.commands import inv, leftovers

SOME = ("a-dark-circuit", "the-preferred-backup")
"""After the repair of the first one AWS's end changes, too. After that of the second one other routes are right than before."""

STUDENT = "anna"
EVERY = tuple(chapter.name for chapter in course_named("redundant-connections").chapters)


@pytest.mark.parametrize("name", EVERY if os.environ.get("EVERY_CHAPTER") else SOME)
def test_the_checks_of_a_chapter_fail_until_its_solution_is_typed(name: str, tmp_path: Path) -> None:
    chapter = _chapter(name)
    lab = f"{chapter.chapter.topology}@{STUDENT}"
    try:
        started = inv("workshop-start", name, "--as", STUDENT, cwd=tmp_path)
        assert (started.returncode, lab in started.stdout) == (0, True), started.stderr
        first = inv("workshop-check", "--as", STUDENT, cwd=tmp_path)
        assert (first.returncode, "Not yet: " in first.stdout) == (1, True), first.stdout + first.stderr
        for typed in chapter.solution:
            _type(lab, typed, tmp_path)
        second = inv("workshop-check", "--as", STUDENT, cwd=tmp_path)
        assert (second.returncode, "Solved: " in second.stdout) == (0, True), second.stdout + second.stderr
        graded = json.loads(inv("workshop-grade", "--json", "-", cwd=tmp_path).stdout)
        (student,) = graded["students"]
        assert [(each["chapter"], each["attempts"], each["solved"]) for each in student["chapters"]] == [(name, 2, True)]
    finally:
        inv("lab-down", "-t", lab, cwd=tmp_path)
    assert leftovers(lab) == []


def _chapter(name: str) -> Prepared:
    (found,) = (each for each in course_named("redundant-connections").chapters if each.name == name)
    return prepared(found, Circuits.CABLES)


def _type(lab: str, typed: Typed, folder: Path) -> None:
    """Type lines in a node, as a student does."""
    if typed.in_shell:
        words = ["sh", "-c", "; ".join(typed.lines)]
    else:
        words = ["vtysh", *(word for line in ("configure terminal", *typed.lines, "end", "write memory") for word in ("-c", line))]
    done = inv("lab-exec", typed.node, "-t", lab, "--", *words, cwd=folder)
    assert (done.returncode, "% " in done.stdout) == (0, False), done.stdout + done.stderr
