"""A check given as a topology: one message that says so, and what to type."""

import shutil
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent import read_topology
from tests.shipped import CHECKS, ROOT, TOPOLOGIES


def _told(path: str) -> str:
    with pytest.raises(InputError) as caught:
        read_topology(Path(path))
    return str(caught.value)


def _is_a_check(way_out: str) -> str:
    return f"this file is a check, and a topology is wanted here (to run it: ./inv lab-test {way_out})"


@pytest.mark.parametrize(("topology", "check"), CHECKS)
def test_every_shipped_check_is_known_as_one(topology: str, check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path = f"checks/{topology}/{check}.yaml"
    assert _told(path) == f"{path}:1: {_is_a_check(f'-t {topology} --check {check}')}"


@pytest.mark.parametrize(
    ("place", "way_out"),
    [
        ("topologies/mine.yaml", "-t {tmp}/topologies/mine.yaml --check cut"),
        ("mine.yml", "-t {tmp}/mine.yml --check cut"),
        ("other.yaml", "-t mine --check cut"),
    ],
)
def test_the_topology_beside_it_is_named_by_its_file(tmp_path: Path, place: str, way_out: str) -> None:
    check = tmp_path / "checks" / "mine" / "cut.yaml"
    check.parent.mkdir(parents=True)
    shutil.copy(ROOT / "checks" / "hybrid-backup" / "dx-cut.yaml", check)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).touch()
    assert _told(str(check)).endswith(_is_a_check(way_out.format(tmp=tmp_path)))


def test_of_a_check_that_lies_anywhere_the_topology_is_left_open(tmp_path: Path) -> None:
    shutil.copy(ROOT / "checks" / "hybrid-backup" / "dx-cut.yaml", tmp_path / "cut.yaml")
    assert _told(str(tmp_path / "cut.yaml")).endswith(_is_a_check("-t TOPOLOGY --check cut"))


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_topology_with_a_key_of_a_check_has_a_wrong_key_and_is_no_check(name: str, tmp_path: Path) -> None:
    text = (ROOT / "topologies" / f"{name}.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(f"{text}\nsteps: []\n", encoding="utf-8")
    assert "steps: unknown key" in _told(str(tmp_path / "mine.yaml"))
