"""Files and folders are written where the user named them, or refused before anything begins."""

import os
from pathlib import Path

import pytest

from lab import door
from lab.door.invocation import Door
from lab.door.verbs import groups
from lab.errors import InputError


def test_text_is_written_to_a_file_to_standard_output_or_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    door.write(str(path), "Zürich →\n")
    assert path.read_bytes() == "Zürich →\n".encode()
    door.write("-", "to be read\n\n")
    door.write("-", "to be read")
    door.write(None, "nowhere")
    assert capsys.readouterr().out == "to be read\n" * 2


def test_a_file_that_cannot_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no/report\.txt: this file cannot be written \(No such file or directory\)"):
        door.write(str(tmp_path / "no" / "report.txt"), "x")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("no/out.json", "no/out.json: this file cannot be written (No such file or directory)"),
        (".", ".: this file cannot be written (Is a directory)"),
        ("", "--json: the path is empty (give a path, or - for standard output)"),
    ],
)
@pytest.mark.parametrize("option", ["json", "junit", "file", "save_baseline"])
@pytest.mark.usefixtures("ended")
def test_a_file_that_cannot_be_written_is_refused_before_the_task_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str, reason: str, option: str
) -> None:
    monkeypatch.chdir(tmp_path)

    def task(**_files: str) -> int:
        return pytest.fail("the task began")

    with pytest.raises(SystemExit, match=r"^2$"):
        door.verb(task)(**{option: word})
    assert capsys.readouterr() == ("", reason.replace("--json", f"--{option.replace('_', '-')}") + "\n")


def test_every_file_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        door.require_writable({"json": str(tmp_path), "junit": str(tmp_path / "no" / "x")})
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("verb", ["lab-test", "lab-report no.jsonl", "audit"])
@pytest.mark.parametrize("path", ["-", "out/../one"])
def test_two_documents_in_one_file_are_refused_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    second = "sarif" if verb == "audit" else "junit"
    with pytest.raises(SystemExit) as ended:
        Door(groups()).answer([*verb.split(), "--json", path, f"--{second}", path.replace("out/../", "")])
    said = f"--{second}: '{path.replace('out/../', '')}' is also where --json is written (give another file)"
    assert (ended.value.code, capsys.readouterr()) == (2, ("", f"{said}\n"))
    assert not (tmp_path / "one").exists()


def test_a_device_may_be_named_twice_and_three_options_for_one_file_are_two_mistakes(tmp_path: Path) -> None:
    door.require_writable({"json": "/dev/null", "junit": "/dev/null"})
    door.require_writable({"json": str(tmp_path / "a"), "junit": str(tmp_path / "b"), "save_baseline": "-"})
    with pytest.raises(InputError) as caught:
        door.require_writable({"json": "-", "junit": "-", "save_baseline": "-"})
    assert [problem.place for problem in caught.value.problems] == ["--junit", "--save-baseline"]


def test_looking_whether_a_file_can_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("kept")
    os.mkfifo(tmp_path / "pipe")
    files = {"json": str(tmp_path / "old"), "junit": str(tmp_path / "new"), "file": str(tmp_path / "pipe"), "other": "-"}
    door.require_writable(files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "pipe"]
    assert (tmp_path / "old").read_text() == "kept"


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("file", "file: this is not a folder (give the path of a folder)"),
        ("file/below", "file/below: this folder cannot be made: {tmp}/file is not a folder"),
        ("taken", "taken: index.html in it: this file cannot be written (Is a directory)"),
        ("", "--report: the path is empty (give the path of a folder)"),
    ],
)
@pytest.mark.usefixtures("ended")
def test_a_folder_that_cannot_be_written_is_refused_before_the_task_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: str, reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "index.html").mkdir(parents=True)

    def task(*, report: str) -> int:
        return pytest.fail(f"the task began with {report}")

    with pytest.raises(SystemExit, match=r"^2$"):
        door.verb(task)(report=folder)
    assert capsys.readouterr().err == reason.format(tmp=tmp_path) + "\n"


def test_looking_whether_a_folder_can_be_written_makes_none(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "index.html").write_text("kept")
    for folder in (tmp_path / "new" / "deep", tmp_path / "old"):
        door.require_folder(str(folder))
    door.require_folder(None)
    assert [path.name for path in tmp_path.rglob("*")] == ["old", "index.html"]
    assert (tmp_path / "old" / "index.html").read_text() == "kept"
