"""The installed package has all files that a clone has, every command works from any folder, and nothing is written into the package."""

import json
import re
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from lab import __version__
from lab.runtime.docker.image import NODE, image_tag
from tests.installing import Installed, build_wheel, install
from tests.shipped import CHECKS, ROOT, TOPOLOGIES

_FOLDERS = ("topologies", "checks", "docs/checks", "docs/ci", "workshops")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(wheel, tmp_path_factory.mktemp("environment") / "env")


def test_the_wheel_has_all_that_comes_with_a_clone_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    code = {str(path.relative_to(ROOT)) for path in _files(ROOT / "lab")}
    shipped = {f"lab/shipped/{path.relative_to(ROOT)}" for folder in _FOLDERS for path in _files(ROOT / folder)}
    assert len(shipped) > len(CHECKS) + len(TOPOLOGIES)
    assert inside == code | shipped


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_wheel_says_the_version_that_reports_say(wheel: Path) -> None:
    assert wheel.name == f"failover_lab-{__version__}-py3-none-any.whl"


def test_libraries_are_named_alike_for_the_package_and_for_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.split(r"[<>=~]", each)[0].lower() for each in needed}
    assert all(">=" in each for each in needed)
    assert names <= {line.lower() for line in (ROOT / "requirements.in").read_text(encoding="utf-8").split()}


def test_the_locked_versions_are_new_enough_for_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    for each in project["project"]["dependencies"]:
        name, _, least = each.partition(">=")
        assert _numbers(locked[name]) >= _numbers(least)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part]


def test_the_lock_names_no_index() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_program_says_its_version(installed: Installed, tmp_path: Path) -> None:
    result = installed.run("--version", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert __version__ in result.stdout


def test_the_program_has_the_verbs_of_a_clone_but_not_those_of_developers(installed: Installed, tmp_path: Path) -> None:
    result = installed.run("--list", cwd=tmp_path)
    verbs = set(re.findall(r"^ {2}([a-z][a-z-]+)\b", result.stdout, re.MULTILINE))
    assert result.returncode == 0
    assert {"doctor", "lab-up", "lab-test", "lab-report", "graph", "validate"} <= verbs
    assert not verbs & {"test", "lint"}


def test_a_shipped_topology_is_drawn_from_an_empty_folder_and_the_output_says_whose_it_is(installed: Installed, tmp_path: Path) -> None:
    result = installed.run("graph", "-t", "hybrid-backup", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "· hybrid-backup: the topology comes with Failover Lab\n")
    assert "graph" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_topology_of_ones_own_is_drawn_first(installed: Installed, tmp_path: Path) -> None:
    text = (ROOT / "topologies" / "hybrid-backup.yaml").read_text(encoding="utf-8")
    (tmp_path / "topologies").mkdir()
    (tmp_path / "topologies" / "hybrid-backup.yaml").write_text(text.replace("summary: ", "summary: Mine. "), encoding="utf-8")
    result = installed.run("graph", "-t", "hybrid-backup", cwd=tmp_path)
    assert result.stderr == "· hybrid-backup: topologies/hybrid-backup.yaml is read, not the topology that comes with Failover Lab\n"
    assert "Mine. " in result.stdout


def test_every_shipped_topology_and_check_is_valid(installed: Installed, tmp_path: Path) -> None:
    result = installed.run("validate", "--json", "-", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    seen = json.loads(result.stdout)
    assert {(each["name"], check) for each in seen["topologies"] for check in each["checks"]} == set(CHECKS)


def test_every_kind_of_fault_is_listed_with_the_command_a_person_types(installed: Installed, tmp_path: Path) -> None:
    result = installed.run("lab-faults", "--markdown", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "`failover-lab lab-break KIND NAME" in result.stdout
    assert "checks/hybrid-backup/association-lost.yaml" in result.stdout
    assert "checks/redundant-dx/slow-circuit.yaml" in result.stdout
    assert "./inv" not in result.stdout


@pytest.mark.parametrize(
    "words", [["--list"], ["lab-upp"], ["lab-exec", "-h"], ["lab-break", "-h"], ["lab-test", "-h"], ["lab-test", "-t", "none"]]
)
def test_help_and_mistakes_name_the_installed_program(installed: Installed, tmp_path: Path, words: list[str]) -> None:
    result = installed.run(*words, cwd=tmp_path)
    assert "./inv" not in result.stdout + result.stderr
    assert result.stdout or result.stderr


def test_the_node_image_of_a_package_is_that_of_a_clone(installed: Installed) -> None:
    assert image_tag(replace(NODE, sources=installed.package / "images" / "node")) == image_tag()


def test_nothing_is_written_into_the_package(installed: Installed, tmp_path: Path) -> None:
    before = installed.files()
    for words in (["graph"], ["validate"], ["lab-faults", "--markdown"], ["schema", "check"], ["lab-test", "-t", "none"]):
        installed.run(*words, cwd=tmp_path)
    assert installed.files() == before
