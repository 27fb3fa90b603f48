"""The results of a run: reports, baselines and its exit code."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lab import door
from lab.errors import InputError
from lab.model.contrast import Change, Contrast
from lab.model.outcome import Status
from lab.views.report.folder import NAMES
from tests.shipped import ROOT
from tests.unit.door.samples import report_of


@pytest.mark.parametrize(("status", "code"), [(Status.PASS, 2), (Status.FAIL, 1), (Status.ERROR, 3)])
def test_a_report_that_cannot_be_written_in_the_end_masks_neither_summary_nor_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], status: Status, code: int
) -> None:
    report = report_of(status)
    assert door.finish(report, str(tmp_path), str(tmp_path / "out.xml")) == code
    shown = capsys.readouterr()
    assert f"1 {status.value}" in shown.out
    assert "out.xml" in shown.out
    assert shown.err == f"{tmp_path}: this file cannot be written (Is a directory)\n"


def test_junit_on_standard_output_is_alone_there(capsys: pytest.CaptureFixture[str]) -> None:
    door.finish(report_of(Status.PASS), None, "-")
    shown = capsys.readouterr()
    assert shown.out.startswith("<?xml")
    assert shown.out.rstrip().endswith("</testsuites>")
    assert "1 pass" in shown.err


@pytest.mark.parametrize(("worse", "code"), [((), 0), ((Change(what="status", topology="a", check="cut"),), 1)])
def test_a_run_that_got_worse_than_its_baseline_is_broken_though_it_kept_its_promises(
    capsys: pytest.CaptureFixture[str], worse: tuple[Change, ...], code: int
) -> None:
    contrast = Contrast(file="b.json", worse=worse, better=(), unsure=(), new=(), unlike=())
    assert door.finish(replace(report_of(Status.PASS), contrast=contrast), None, None) == code
    assert f"1 pass, 0 fail, 0 error, {len(worse)} worse than the baseline in 1 s" in capsys.readouterr().out


def test_what_we_could_not_tell_outweighs_what_got_worse() -> None:
    contrast = Contrast(file="b.json", worse=(Change(what="status", topology="a", check="c"),), better=(), unsure=(), new=(), unlike=())
    assert door.finish(replace(report_of(Status.ERROR), contrast=contrast), None, None) == 3


@pytest.mark.parametrize("status", [Status.PASS, Status.FAIL])
def test_a_run_is_saved_as_a_baseline(tmp_path: Path, status: Status) -> None:
    path = tmp_path / "b.json"
    door.finish(report_of(status), None, None, save_baseline=str(path))
    assert json.loads(path.read_text())["checks"][0]["status"] == status.value


def test_a_run_that_could_not_be_judged_is_no_baseline_and_that_is_said_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.json"
    assert door.finish(report_of(Status.ERROR), None, None, save_baseline=str(path)) == 3
    assert not path.exists()
    words = "not saved: 1 check could not be judged (a/cut). A baseline needs a verdict on every check (run again)"
    assert capsys.readouterr().err == f"{path}: {words}\n"


def test_a_run_of_no_check_is_no_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.finish(replace(report_of(Status.PASS), verdicts=()), None, None, save_baseline=str(tmp_path / "b.json")) == 3
    assert "not saved: no check was run. A baseline needs" in capsys.readouterr().err


def test_a_check_that_was_run_twice_has_no_baseline_and_of_control_runs_the_first_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "b.json", report_of(Status.PASS)
    control, cut = (replace(report.verdicts[0], check=check) for check in ("control", "cut"))
    twice = [replace(verdict, run=number) for number in (1, 2) for verdict in (control, cut)]
    assert door.finish(replace(report, verdicts=tuple(twice)), None, None, save_baseline=str(path)) == 2
    words = "not saved: a/cut ran in several of these runs. A baseline has each check once (save one of the runs)"
    assert capsys.readouterr().err == f"{path}: {words}\n"
    assert door.finish(replace(report, verdicts=(twice[0], cut, twice[2])), None, None, save_baseline=str(path)) == 0
    assert [check["check"] for check in json.loads(path.read_text())["checks"]] == ["control", "cut"]


def test_a_baseline_saved_from_a_run_that_broke_promises_is_called_doubtful_last_of_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, (cut,) = tmp_path / "b.json", report_of(Status.FAIL).verdicts
    checks = [replace(cut, check=f"cut-{number}", status=Status.PASS if number == 1 else Status.FAIL) for number in range(1, 10)]
    assert door.finish(replace(report_of(Status.FAIL), verdicts=tuple(checks)), None, None, save_baseline=str(path)) == 1
    named = "8 of 9 checks FAILED (a/cut-2, a/cut-3, a/cut-4, a/cut-5, a/cut-6, a/cut-7 and 2 more)"
    way_out = "Later runs are compared with these figures: save again when all checks pass"
    assert capsys.readouterr().err == f"{path}: WARNING: saved, although {named}. {way_out}\n"


def test_a_baseline_saved_from_a_good_run_is_not_spoken_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.finish(report_of(Status.PASS), None, None, save_baseline=str(tmp_path / "b.json")) == 0
    assert capsys.readouterr().err == ""


def test_of_a_baseline_that_could_not_be_written_nothing_is_called_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert door.finish(report_of(Status.FAIL), None, None, save_baseline=str(tmp_path)) == 1
    assert capsys.readouterr().err == f"{tmp_path}: this file cannot be written (Is a directory)\n"


def test_an_earlier_run_is_a_file_or_none_and_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (door.earlier("b.json", "c.json"), door.earlier("b.json", None), door.earlier(None, "c.json")) == (
        Path("b.json"),
        Path("b.json"),
        None,
    )
    with pytest.raises(InputError, match=r"^--save-baseline: \./b\.json is the baseline itself \(save to another file"):
        door.earlier("b.json", "./b.json")
    with pytest.raises(InputError, match=r"^--baseline: the path is empty"):
        door.earlier("", None)


def test_a_report_as_a_folder_has_the_journal_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = tmp_path / "run" / "journal.jsonl"
    journal.parent.mkdir()
    journal.write_text("every word\n")
    report = replace(report_of(Status.PASS), journal=str(journal))
    for folder in (tmp_path / "new" / "report", journal.parent):
        assert door.finish(report, None, None, str(folder)) == 0
        assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
        assert (folder / "journal.jsonl").read_text() == "every word\n"
        assert f"report   {folder}/index.html" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_in_the_end_masks_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert door.finish(report_of(Status.FAIL), None, None, str(tmp_path / "file")) == 1
    shown = capsys.readouterr()
    assert "1 fail" in shown.out
    assert shown.err == f"{tmp_path}/file: this folder cannot be written (File exists)\n"


@pytest.mark.parametrize(("status", "code"), [(Status.PASS, 0), (Status.FAIL, 1), (Status.ERROR, 3)])
@pytest.mark.parametrize("json_to", ["-", None])
def test_a_reader_that_has_enough_of_a_report_changes_neither_the_verdict_nor_the_other_files(
    tmp_path: Path, status: Status, code: int, json_to: str | None
) -> None:
    """With None, nobody reads the summary."""
    script = (
        "import sys; from lab import door; from lab.model.outcome import Status; from tests.unit.door.samples import report_of;"
        f"sys.stdin.read(); door.verb(lambda: door.finish(report_of(Status.{status.name}), {json_to!r}, {str(tmp_path / 'j.xml')!r}))()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, **pipes) as process:
        process.stdout.close()
        process.stdin.close()
        assert process.wait() == code, process.stderr.read()
    assert (tmp_path / "j.xml").exists()
