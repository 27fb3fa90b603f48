"""The command line as typed: what is not understood is told in plain words with code 2, and help shows every word a command needs."""

import re
import subprocess
import sys

import pytest

from lab.door import plain_words
from lab.model.fault import FAULT_KINDS
from tests.shipped import ROOT


def _inv(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", "tasks.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lab-break", "silent-loss", "dci", "--for"], "--for needs a value behind it"),
        (["lab-up", "-t"], "--topology needs a value behind it"),
        (["lab-break", "silent-loss", "dci", "--for", "1s", "--for", "3s"], "--for is there more than once, expected once"),
        (["lab-up", "-t", "a", "-t", "b"], "-t is there more than once, expected once"),
        (["lab-break", "silent-loss"], "lab-break needs TARGET behind it"),
        (["lab-break"], "lab-break needs FAULT TARGET behind it"),
        (["lab-up", "--foo"], "no option --foo here"),
        (["lab-up", "-t", "a", "b"], "'b' is one word too many"),
        (["lab-upp"], "no command 'lab-upp'"),
    ],
)
def test_words_that_are_not_understood_are_told_in_plain_words(words: list[str], told: str) -> None:
    result = _inv(*words)
    way_out = "(./inv --list shows the commands, ./inv COMMAND --help one of them)"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"inv: {told} {way_out}\n")


def test_what_has_no_words_of_ours_is_told_as_it_is() -> None:
    assert plain_words("something new", ["lab-up"]) == "something new"


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("lab-break", "./inv lab-break FAULT TARGET [options]"),
        ("lab-shell", "./inv lab-shell NODE [options]"),
        ("lab-capture", "./inv lab-capture LINK [options]"),
        ("lab-up", "./inv lab-up [options]"),
        ("lint", "./inv lint"),
    ],
)
def test_help_shows_the_words_a_command_needs(command: str, usage: str) -> None:
    result = _inv(command, "-h")
    shown = result.stdout.splitlines()
    assert (result.returncode, result.stderr) == (0, "")
    assert shown[0] == f"Usage: {usage}"
    for word in usage.split()[2:]:
        assert word == "[options]" or any(line.split()[:1] == [word] for line in shown[1:])


@pytest.mark.parametrize("command", ["lab-up", "lab-down", "lab-status", "lab-shell", "lab-capture", "lab-break", "lab-test", "graph"])
def test_t_is_short_for_the_topology_everywhere(command: str) -> None:
    assert re.search(r"^  -t(?: STRING)?, --topology", _inv(command, "-h").stdout, re.MULTILINE)


def test_the_list_of_faults_says_what_each_does_and_takes() -> None:
    lines = _inv("lab-faults").stdout.splitlines()
    kinds = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert [lines[number].split()[0] for number in kinds] == list(FAULT_KINDS)
    assert all(lines[number + 1].startswith(" " * 14 + "target: ") for number in kinds)
    assert f"{'':14}parameters: loss=5% (needed), way=a-to-b" in lines
    assert len(lines) == 2 * len(kinds) + sum("parameters: " in line for line in lines)


def test_what_is_wrong_with_parameters_is_told_before_any_lab_is_looked_for() -> None:
    result = _inv("lab-break", "partial-loss", "dx1", "--with", "loss=5", "--with", "wy=both")
    assert (result.returncode, result.stdout) == (2, "")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["--with wy", "--with loss"]
