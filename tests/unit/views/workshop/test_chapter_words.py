"""What a student reads: a chapter, and hints, with the student's own lab and commands."""

from dataclasses import replace
from pathlib import Path

from lab.model.course import Chapter
from lab.views.workshop.chapter import Student, chapter_text, hints_text

ANNA = Student(lab="hybrid-backup@anna", words=" --as anna")
CHAPTER = Chapter(
    name="one",
    title="A circuit goes dark",
    goal="No outage is long.",
    minutes=30,
    topology="hybrid-backup",
    flaws=("no-bfd",),
    checks=("dx-dark",),
    hints=("Look at {{ lab }}.",),
    text="Ask: `./inv workshop-check`. Look: `./inv lab-status -t {{ lab }}`.\n",
    file=Path("one.md"),
    lines={},
)


def test_the_prose_has_the_students_lab_and_name() -> None:
    read = chapter_text(CHAPTER, ANNA, Path("workshop/hybrid-backup.svg"), 100)
    assert "Ask: `./inv workshop-check --as anna`. Look: `./inv lab-status -t hybrid-backup@anna`." in read
    assert "Picture:   workshop/hybrid-backup.svg (open it in a browser)\n" in read


def test_a_hint_has_the_students_lab() -> None:
    assert hints_text(("Look at {{ lab }}.",), 3, ANNA) == "Hint 1 of 3: Look at hybrid-backup@anna.\n"


def test_paragraphs_and_list_items_fit_the_screen_and_code_stays() -> None:
    prose = f"{'word ' * 20}\n\n1. {'one ' * 20}\n   and more\n2. two\n\n```\n{'code ' * 20}\n```\n"
    lines = chapter_text(replace(CHAPTER, text=prose), ANNA, Path("a.svg"), 60).splitlines()
    assert [line for line in lines if len(line) > 60] == ["code " * 20]
    begin = next(number for number, line in enumerate(lines) if line.startswith("1. one"))
    assert lines[begin + 1].startswith("   one")
    assert lines[begin + 2].startswith("2. two")
