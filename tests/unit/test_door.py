"""The door for people: errors as messages and exit codes, words of the command line, files written where asked."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest

from lab import door, errors
from lab.errors import InputError, LabBusyError, LabError, Problem
from lab.model.outcome import HostFacts, Report, Status, Verdict
from lab.views.report_folder import NAMES
from tests.shipped import ROOT


class Colour(Enum):
    """Words to choose from."""

    RED = "red"
    BLUE = "blue"


@pytest.fixture
def ended() -> Iterator[Callable[[Callable[[], int]], int]]:
    """Run a function as a task; the exit code. Leaves the process's handling of SIGTERM as it was."""
    before = signal.getsignal(signal.SIGTERM)

    def run(function: Callable[[], int]) -> int:
        with pytest.raises(SystemExit) as caught:
            door.verb(function)()
        return caught.value.code

    yield run
    signal.signal(signal.SIGTERM, before)


def _raising(error: BaseException) -> Callable[[], int]:
    def task() -> int:
        raise error

    return task


def _report_of(status: Status) -> Report:
    verdict = Verdict(
        topology="a",
        check="cut",
        summary="",
        status=status,
        reason="",
        repeats=1,
        steps=(),
        flows=(),
        timeline=(),
        wall_seconds=1.0,
        journal="j",
    )
    host = HostFacts(kernel="6.1", cpus=2, capabilities=())
    return Report(version="0", host=host, images=(), labs=(), verdicts=(verdict,), wall_seconds=1.0)


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_task_ends_with_its_own_code(ended, code: int) -> None:
    assert ended(lambda: code) == code


def test_a_task_is_called_with_the_words_it_was_given(ended) -> None:
    assert ended(lambda: 0) == 0

    @door.verb
    def task(one: str, *, other: int) -> int:
        """What help shows."""
        return other if one == "x" else -1

    assert (task.__name__, task.__doc__) == ("task", "What help shows.")
    with pytest.raises(SystemExit, match=r"^2$"):
        task("x", other=2)


def test_a_mistake_of_the_writer_is_its_message_and_code_2(ended, capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem(place="lab.yaml:3", message="one"), Problem(place="lab.yaml:7", message="two")]
    assert ended(_raising(InputError(problems))) == 2
    assert capsys.readouterr() == ("", "lab.yaml:3: one\nlab.yaml:7: two\n")


def test_what_we_could_not_tell_is_code_3(ended, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(_raising(LabBusyError("lab x: held by 'lab-up', process 7"))) == 3
    assert capsys.readouterr().err == "lab x: held by 'lab-up', process 7\n"


def test_every_error_of_ours_has_the_code_that_the_tree_of_errors_says() -> None:
    tree = re.findall(r"^(?:[├└]── )?(\w+Error) .*\((\d)\)$", errors.__doc__ or "", flags=re.MULTILINE)
    ours = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, LabError)}
    assert {name: kind.exit_code for name, kind in ours.items()} == {name: int(code) for name, code in tree}


def test_ctrl_c_is_a_word_with_the_way_out_and_code_130(ended, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(_raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err.startswith("interrupted (./inv lab-list")


def test_being_told_to_terminate_is_like_ctrl_c(ended, capsys: pytest.CaptureFixture[str]) -> None:
    def task() -> int:
        signal.raise_signal(signal.SIGTERM)
        return 0

    assert ended(task) == 130
    assert "interrupted" in capsys.readouterr().err


def test_an_error_that_is_none_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        door.verb(_raising(ZeroDivisionError()))()


def test_a_reader_that_has_enough_ends_a_task_quietly() -> None:
    script = "from lab import door\ndoor.verb(lambda: [print('x' * 70000) for _ in range(100)] and 0)()"
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    door.say("deploying")
    assert capsys.readouterr() == ("", "· deploying\n")


def test_what_a_verb_shows_makes_room_for_json_on_standard_output() -> None:
    assert door.console("-").file is sys.stderr
    assert door.console("report.json").file is door.console().file is sys.stdout


def test_text_is_written_to_a_file_to_standard_output_or_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    door.write(str(path), "Zürich →\n")
    assert path.read_bytes() == "Zürich →\n".encode()
    door.write("-", "to be read\n\n")
    door.write("-", "to be read")
    door.write(None, "nowhere")
    assert capsys.readouterr().out == "to be read\n" * 2


def test_a_file_that_cannot_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no/report\.txt: cannot be written \(No such file or directory\)"):
        door.write(str(tmp_path / "no" / "report.txt"), "x")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("no/out.json", "no/out.json: cannot be written (No such file or directory)"),
        (".", ".: cannot be written (Is a directory)"),
        ("", "--json: names no file (give a path, or - for standard output)"),
    ],
)
@pytest.mark.parametrize("option", ["json", "junit", "file"])
@pytest.mark.usefixtures("ended")
def test_a_file_that_cannot_be_written_is_refused_before_the_task_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str, reason: str, option: str
) -> None:
    monkeypatch.chdir(tmp_path)

    def task(**_files: str) -> int:
        return pytest.fail("the task began")

    with pytest.raises(SystemExit, match=r"^2$"):
        door.verb(task)(**{option: word})
    assert capsys.readouterr() == ("", reason.replace("--json", f"--{option}") + "\n")


def test_every_file_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        door.require_writable({"json": str(tmp_path), "junit": str(tmp_path / "no" / "x")})
    assert len(caught.value.problems) == 2


def test_looking_whether_a_file_can_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("kept")
    os.mkfifo(tmp_path / "pipe")
    files = {"json": str(tmp_path / "old"), "junit": str(tmp_path / "new"), "file": str(tmp_path / "pipe"), "other": "-"}
    door.require_writable(files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "pipe"]
    assert (tmp_path / "old").read_text() == "kept"


@pytest.mark.parametrize(("status", "code"), [(Status.PASS, 2), (Status.FAIL, 1), (Status.ERROR, 3)])
def test_a_report_that_cannot_be_written_in_the_end_masks_neither_summary_nor_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], status: Status, code: int
) -> None:
    report = _report_of(status)
    assert door.finish(report, str(tmp_path), str(tmp_path / "out.xml")) == code
    shown = capsys.readouterr()
    assert f"1 {status.value}" in shown.out
    assert "out.xml" in shown.out
    assert shown.err == f"{tmp_path}: cannot be written (Is a directory)\n"


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("file", "file: is no folder"),
        ("file/below", "file/below: cannot be made ({tmp}/file is no folder)"),
        ("taken", "taken: index.html there cannot be written (Is a directory)"),
        ("", "--report: names no folder (give a path)"),
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


def test_a_report_as_a_folder_has_the_journal_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = tmp_path / "run" / "journal.jsonl"
    journal.parent.mkdir()
    journal.write_text("every word\n")
    report = replace(_report_of(Status.PASS), journal=str(journal))
    for folder in (tmp_path / "new" / "report", journal.parent):
        assert door.finish(report, None, None, str(folder)) == 0
        assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
        assert (folder / "journal.jsonl").read_text() == "every word\n"
        assert f"report   {folder}/index.html" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_in_the_end_masks_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert door.finish(_report_of(Status.FAIL), None, None, str(tmp_path / "file")) == 1
    shown = capsys.readouterr()
    assert "1 fail" in shown.out
    assert shown.err == f"{tmp_path}/file: cannot be written (File exists)\n"


def test_a_word_chooses_and_another_is_told_with_those_there_are() -> None:
    assert door.choice("blue", "--colour", Colour) is Colour.BLUE
    with pytest.raises(InputError, match=r"^--colour: 'green' is none \(known: red, blue\)$"):
        door.choice("green", "--colour", Colour)


def test_a_number_is_whole_and_positive_and_may_be_left_out() -> None:
    assert (door.number("12", "--jobs"), door.number(None, "--jobs")) == (12, None)


@pytest.mark.parametrize("word", ["0", "-1", "many", "", "1.5", "²", "1e3"])
def test_a_word_that_is_no_such_number_is_told(word: str) -> None:
    with pytest.raises(InputError, match=rf"^--jobs: '{re.escape(word)}' is none \(a whole number was expected, 1 or more\)$"):
        door.number(word, "--jobs")


@pytest.mark.parametrize(
    ("words", "after"),
    [(["lab-exec", "node", "--", "sh", "-c", "echo 'a  b' --", "--", ""], ["sh", "-c", "echo 'a  b' --", "--", ""]), (["lab-exec"], [])],
)
def test_what_follows_the_dashes_is_kept_as_it_was_typed(words: list[str], after: list[str]) -> None:
    script = "import json; from lab import door; print(json.dumps(door.after_dashes()))"
    # `python -c` would eat the first "--" if it stood right behind it
    result = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert json.loads(result.stdout) == after
