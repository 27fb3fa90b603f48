"""Courses are read with all their mistakes at once, each with file and line."""

from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent.course import read_course

CHAPTER = """---
title: A circuit goes dark
goal: No outage is long.
minutes: 30
topology: hybrid-backup
flaws: [no-bfd]
checks: [dx-dark]
hints: [Look closer.]
---
Look at {{ lab }}.

The end.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.yaml").write_text("title: A\nsummary: B.\nchapters: [one]\n")
    (tmp_path / "one.md").write_text(CHAPTER)
    return tmp_path


def _problems(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_course(folder)
    return [f"{each.place.removeprefix(f'{folder}/')}: {each.message}" for each in caught.value.problems]


def test_a_chapter_has_its_front_matter_and_its_text(folder: Path) -> None:
    course = read_course(folder)
    (chapter,) = course.chapters
    assert (course.name, course.title) == (folder.name, "A")
    assert (chapter.name, chapter.minutes, chapter.flaws, chapter.checks) == ("one", 30, ("no-bfd",), ("dx-dark",))
    assert chapter.text == "Look at {{ lab }}.\n\nThe end.\n"


def test_all_mistakes_of_all_files_are_told_with_their_lines(folder: Path) -> None:
    (folder / "course.yaml").write_text("title: A\nsummary: B.\nchapters: [one, two, one]\n")
    (folder / "one.md").write_text(CHAPTER.replace("minutes: 30", "minutes: soon").replace("flaws:", "flaw:"))
    problems = _problems(folder)
    assert "course.yaml:3: chapters[2]: the chapter 'one' is listed twice (remove one)" in problems
    assert any(each.startswith("one.md:4: ") and "whole number from 1 to 480" in each for each in problems)
    assert any(each.startswith("one.md:6: flaw: unknown key") for each in problems)
    assert any(each.startswith("two.md: there is no such file") for each in problems)


@pytest.mark.parametrize("text", ["", "no front matter\n", "---\ntitle: never closed\n"])
def test_a_file_without_front_matter_is_refused(folder: Path, text: str) -> None:
    (folder / "one.md").write_text(text)
    (problem,) = _problems(folder)
    assert problem.startswith("one.md:1: expected front matter")
