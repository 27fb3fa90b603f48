"""The rules of this code: those that `inv lint` checks, and those that no tool knows."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
SOURCES = [*sorted((ROOT / "lab").rglob("*.py")), ROOT / "tasks.py"]


@pytest.mark.parametrize("command", ["ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo"])
def test_lint_finds_nothing(command: str) -> None:
    program, *words = command.split()
    result = subprocess.run([PROGRAMS / program, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [path.name for path in (*SOURCES, *(ROOT / "tests").rglob("*.py")) if len(path.read_text().splitlines()) > 300]
    assert long == []


def test_no_test_sleeps_or_patches_our_modules() -> None:
    forbidden = re.compile(r"time\.sleep\(|mock\.patch|monkeypatch\.setattr")
    found = [path.name for path in sorted((ROOT / "tests").rglob("*.py")) if path != Path(__file__) and forbidden.search(path.read_text())]
    assert found == []


def test_no_two_test_files_have_the_same_name() -> None:
    """pytest cannot import two of them in one run."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_topology_has_checks() -> None:
    topologies = [path.stem for path in (ROOT / "topologies").glob("*.yaml")]
    assert topologies
    assert [name for name in topologies if not list((ROOT / "checks" / name).glob("*.yaml"))] == []


def test_the_readme_names_every_fault_and_command_it_should() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = (
        "doctor",
        "lab-up",
        "lab-down",
        "lab-status",
        "lab-exec",
        "lab-shell",
        "lab-capture",
        "lab-break",
        "lab-heal",
        "lab-test",
        "graph",
    )
    assert [command for command in commands if command not in readme] == []
