"""The command line as typed: mistakes give a message in plain words and exit code 2, and help shows every word that a command needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lab.engine import Journal
from lab.model.event import Judged, LabUsed, RunEnded, RunStarted
from lab.model.fault import FAULT_KINDS
from lab.model.outcome import Status
from lab.model.run import HostFacts, LabFacts
from tests.shipped import ROOT
from tests.unit.analysis.samples import lost, recorded, run

PROGRAMS = Path(sys.executable).parent


def _inv(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", "tasks.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_mistake_is_one_line_on_standard_error_and_code_2() -> None:
    result = _inv("lab-tset")
    told = "inv: there is no command 'lab-tset'. Did you mean lab-test? (./inv --list shows all commands)\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", told)


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_the_version_is_one_line(word: str) -> None:
    result = _inv(word)
    assert (result.returncode, result.stdout, result.stderr) == (0, "failover-lab 0.1.0\n", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-R", "lab-down", "--all"], ["would run lab-down all=yes"]),
        (["lab-up", "--dry", "-t", "no such"], ["would run lab-up 'topology=no such' timers=tuned ipsec=userspace"]),
        (["-R", "lab-test", "-t", "a", "-t", "b"], ["would run lab-test topology=a topology=b timers=tuned ipsec=userspace"]),
        (["--dry", "lab-break", "silent-loss", "dci", "--for", "1s"], ["would run lab-break fault=silent-loss target=dci for=1s"]),
        (["-R", "lab-exec", "n", "--", "echo", "a  b"], ["would run lab-exec node=n -- echo 'a  b'"]),
        (["-R", "lab-list", "lab-heal"], ["would run lab-list", "would run lab-heal"]),
        (["-R", "lab-report", "a", "b", "--baseline", "x", "c"], ["would run lab-report journal=a baseline=x also=b also=c"]),
        (
            ["-R", "lab-report", "a", "--json=x", "b", "--report", "y", "lab-report", "c", "d"],
            ["would run lab-report journal=a json=x report=y also=b", "would run lab-report journal=c also=d"],
        ),
    ],
)
def test_a_dry_run_says_what_would_be_run_and_runs_nothing(words: list[str], told: list[str]) -> None:
    result = _inv(*words)
    assert (result.returncode, result.stdout.splitlines(), result.stderr) == (0, told, "")


def test_commands_of_one_line_are_all_run_until_one_does_not_succeed() -> None:
    result = _inv("lab-faults", "schema", "check", "graph", "-t", "nothing", "lab-faults")
    assert result.returncode == 2
    assert result.stdout == _inv("lab-faults").stdout + _inv("schema", "check").stdout
    assert result.stderr.startswith("--topology: there is no topology named 'nothing'")


def test_a_dry_run_of_what_runs_other_programs_shows_their_commands() -> None:
    result = _inv("-R", "lint")
    assert result.returncode == 0
    assert [line.split("/bin/")[1].split()[0] for line in result.stdout.splitlines()] == ["ruff", "ruff", "mypy\x1b[0m", "lint-imports"]


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("lab-break", "./inv lab-break FAULT TARGET [options]"),
        ("lab-shell", "./inv lab-shell NODE [options]"),
        ("lab-capture", "./inv lab-capture LINK [options]"),
        ("lab-report", "./inv lab-report JOURNAL [JOURNAL ...] [options]"),
        ("lab-up", "./inv lab-up [options]"),
        ("lint", "./inv lint"),
        ("lab-exec", "./inv lab-exec NODE [options] -- COMMAND"),
    ],
)
def test_help_shows_the_words_a_command_needs(command: str, usage: str) -> None:
    result = _inv(command, "-h")
    shown = result.stdout.splitlines()
    assert (result.returncode, result.stderr) == (0, "")
    assert shown[0] == f"Usage: {usage}"
    for word in usage.replace("[JOURNAL ...] ", "").replace(" -- COMMAND", "").split()[2:]:
        assert word == "[options]" or any(line.split()[:1] == [word] for line in shown[1:])


def test_the_list_of_faults_says_what_each_does_and_takes() -> None:
    lines = _inv("lab-faults").stdout.splitlines()
    kinds = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert [lines[number].split()[0] for number in kinds] == list(FAULT_KINDS)
    assert all(lines[number + 1].startswith(" " * 22 + "target: ") for number in kinds)
    assert f"{'':22}parameters: loss=5% (needed), way=a-to-b" in lines
    assert len(lines) == 2 * len(kinds) + sum("parameters: " in line for line in lines)


def test_what_is_wrong_with_parameters_is_told_before_any_lab_is_looked_for() -> None:
    result = _inv("lab-break", "partial-loss", "dx1", "--with", "loss=5", "--with", "wy=both")
    assert (result.returncode, result.stdout) == (2, "")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["--with wy", "--with loss"]


@pytest.fixture
def journal(tmp_path: Path) -> str:
    """The journal of a run of one check, in which a flow was out for 0.7 s."""
    return _journal(tmp_path / "journal.jsonl", "6.1")


def _journal(path: Path, kernel: str) -> str:
    host = HostFacts(kernel=kernel, cpus=2, capabilities=())
    lab = {"topology": "active-active-vpn", "timers": "tuned", "ipsec": "userspace", "circuits": "a cable each"}
    facts = LabFacts(**lab, nodes=21, links=30, up_seconds=5.0, down_seconds=1.0)
    writer = Journal(path)
    writer.write(RunStarted(version="0.1.0", host=host, images=(), topologies=("active-active-vpn",)))
    for event in (*run(recorded(lost(610, 70))), Judged(status=Status.PASS, reason=""), LabUsed(lab=facts)):
        writer.write(event, lab="active-active-vpn")
    writer.write(RunEnded(wall_seconds=40.0))
    writer.close()
    return str(path)


def test_a_run_is_saved_as_a_baseline_and_held_against_it(journal: str, tmp_path: Path) -> None:
    baseline = tmp_path / "b.json"
    assert _inv("lab-report", journal, "--save-baseline", str(baseline)).returncode == 0
    same = _inv("lab-report", journal, "--baseline", str(baseline))
    assert (same.returncode, same.stdout.splitlines()[-1]) == (
        0,
        "1 pass, 0 fail, 0 error, 0 worse than the baseline in 40 s; lab up 5.0 s, down 1.0 s",
    )
    baseline.write_text(baseline.read_text().replace("[0.7]", "[0.062]"))
    worse = _inv("lab-report", journal, "--baseline", str(baseline))
    words = "out 0.700 s, baseline 0.062 s (one trial each; longer than timers or a busy host can explain)"
    assert worse.returncode == 1
    assert f"WORSE  active-active-vpn/cut: dc1-app → during: {words}" in worse.stdout.splitlines()
    assert "1 worse than the baseline" in worse.stdout.splitlines()[-1]


def test_several_journals_are_told_as_one_report(journal: str, tmp_path: Path) -> None:
    other = _journal(tmp_path / "other.jsonl", "6.8")
    result = _inv("lab-report", journal, "--json", str(tmp_path / "both.json"), other)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "2 pass, 0 fail, 0 error in 80 s; 2 labs up 10.0 s, down 2.0 s"
    both = json.loads((tmp_path / "both.json").read_text())
    assert [(run["journal"], run["host"]["kernel"], run["wall_seconds"]) for run in both["runs"]] == [
        (journal, "6.1", 40.0),
        (other, "6.8", 40.0),
    ]
    assert [(check["check"], check["run"], check["journal"]) for check in both["checks"]] == [("cut", 1, journal), ("cut", 2, other)]
    again = _inv("lab-report", journal, "--baseline", str(tmp_path / "both.json"))
    assert (again.returncode, again.stdout) == (2, "")
    assert "contains active-active-vpn/cut 2 times, from several runs" in again.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "b.json: this file cannot be read: No such file or directory (give a file from lab-test --save-baseline or --json)"),
        ("nothing", "b.json:1: not valid JSON: Expecting value (give a file from lab-test --save-baseline or --json)"),
        (
            '{"baseline": 7}',
            "b.json: this is a baseline with schema 7, but this version reads schema 2 (save it again with lab-test --save-baseline)",
        ),
    ],
)
def test_a_baseline_that_is_none_is_told_in_plain_words(journal: str, tmp_path: Path, text: str | None, told: str) -> None:
    if text is not None:
        (tmp_path / "b.json").write_text(text)
    result = _inv("lab-report", journal, "--baseline", str(tmp_path / "b.json"))
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"{tmp_path}/{told}\n")


def test_a_run_is_not_saved_over_the_baseline_it_is_held_against(journal: str) -> None:
    result = _inv("lab-report", journal, "--baseline", "b.json", "--save-baseline", "./b.json")
    assert result.returncode == 2
    assert result.stderr.startswith("--save-baseline: ./b.json is the baseline itself")


def test_plain_invoke_finds_the_same_commands() -> None:
    plain = subprocess.run([PROGRAMS / "inv", "--list-format=json", "--list"], cwd=ROOT, capture_output=True, text=True, check=True)
    ours = _inv("--list-format=json", "--list")
    names = [[task["name"] for task in json.loads(listing)["tasks"]] for listing in (plain.stdout, ours.stdout)]
    assert "lab-test" in names[0]
    assert names[0] == names[1]
