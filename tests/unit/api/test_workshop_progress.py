"""The progress of a student is kept in one file, and a broken file is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.workshop.grade import grades
from lab.api.workshop.progress import begun, keep, progress_of, students, with_present
from lab.errors import InputError
from lab.model.course import Attempt, Progress
from lab.views.workshop.grades import grades_csv, grades_text

COURSE = "redundant-connections"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _worked(student: str) -> Progress:
    progress = begun(Progress(student=student, course=COURSE), "a-dark-circuit")
    assert progress.present is not None
    attempts = (
        Attempt(at="2026-01-01T10:00:00+00:00", passed=(), failed=("dx-dark",)),
        Attempt(at="later", passed=("dx-dark",), failed=()),
    )
    return with_present(progress, replace(progress.present, attempts=attempts, hints=1))


def test_it_is_the_same_after_it_was_kept() -> None:
    keep(_worked("anna"))
    assert progress_of("anna", COURSE) == _worked("anna")
    assert students() == ("anna",)
    assert [path.name for path in Path("workshop").iterdir()] == ["anna.json"]


def test_a_chapter_that_is_started_again_keeps_its_attempts() -> None:
    again = begun(begun(_worked("anna"), "sitelink"), "a-dark-circuit")
    assert [each.chapter for each in again.standings] == ["sitelink", "a-dark-circuit"]
    assert again.present is not None
    assert again.present.is_solved


@pytest.mark.parametrize("text", ["", "[]", '{"course": 1}', '{"course": "x", "standings": [{}]}'])
def test_a_broken_file_is_told_and_stays(text: str) -> None:
    keep(_worked("anna"))
    Path("workshop/anna.json").write_text(text)
    with pytest.raises(InputError, match=r"workshop/anna\.json: this file is not the progress of a student"):
        progress_of("anna", COURSE)
    assert Path("workshop/anna.json").read_text() == text


def test_grades_have_everybody() -> None:
    keep(_worked("anna"))
    keep(begun(Progress(student="ben", course=COURSE), "sitelink"))
    table = grades(None)
    assert [line.split()[:4] for line in grades_text(table).splitlines()[1:]] == [["anna", "1", "of", "10"], ["ben", "0", "of", "10"]]
    assert [line.split(",")[2:6:2] for line in grades_csv(table).splitlines()[1:]] == [["a-dark-circuit", "2"], ["sitelink", "0"]]


def test_without_a_student_there_are_no_grades() -> None:
    with pytest.raises(InputError, match="nobody has progress here"):
        grades(None)
