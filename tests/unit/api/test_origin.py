"""A name means the user's own file before a shipped one, and a line says which file was read."""

import shutil
from pathlib import Path

import pytest

from lab.api.files import all_topologies, checks_folder, known_topologies, read_checks, read_plan, topology_path
from lab.api.origin import run_origins, topology_origin
from lab.errors import InputError
from lab.model.plan import Ipsec, Timers
from tests.shipped import ROOT, TOPOLOGIES

NAME = "hybrid-backup"
OTHER = "sitelink"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty, and not the clone."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _own(*copies: str) -> None:
    """Copies of the shipped files in the current folder."""
    for copy in copies:
        Path(copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / copy, copy)


def _plan(word: str = NAME):
    return read_plan(word, Timers.TUNED, Ipsec.USERSPACE)


def test_without_a_file_of_ones_own_the_topology_and_checks_that_come_with_the_program_are_read() -> None:
    plan = _plan()
    assert plan.path == ROOT / "topologies" / f"{NAME}.yaml"
    assert checks_folder(plan) == ROOT / "checks" / NAME
    assert topology_origin(plan) == f"{NAME}: the topology comes with Failover Lab"
    assert run_origins([plan, _plan(OTHER)]) == (f"{NAME}, {OTHER}: topology and checks come with Failover Lab",)


def test_a_topology_of_ones_own_comes_before_the_one_of_its_name_that_comes_with_the_program() -> None:
    _own(f"topologies/{NAME}.yaml")
    plan = _plan()
    assert plan.path == Path("topologies") / f"{NAME}.yaml"
    assert topology_origin(plan) == f"{NAME}: topologies/{NAME}.yaml is read, not the topology that comes with Failover Lab"
    assert run_origins([plan]) == (f"{NAME}: topologies/{NAME}.yaml is read, the checks come with Failover Lab",)


def test_checks_of_ones_own_come_before_those_that_come_with_the_program() -> None:
    _own(f"checks/{NAME}/dx-cut.yaml")
    assert [check.name for check in read_checks(_plan(), None)] == ["dx-cut"]
    assert run_origins([_plan()]) == (f"{NAME}: the topology comes with Failover Lab, the checks are those in checks/{NAME}/",)
    _own(f"topologies/{NAME}.yaml")
    assert [check.name for check in read_checks(_plan(), None)] == ["dx-cut"]
    words = f"topologies/{NAME}.yaml and checks/{NAME}/ are read, not what comes with Failover Lab"
    assert run_origins([_plan()]) == (f"{NAME}: {words}",)


def test_a_name_that_is_only_ones_own_needs_no_line() -> None:
    _own(f"topologies/{NAME}.yaml", f"checks/{NAME}/dx-cut.yaml")
    text = Path(f"topologies/{NAME}.yaml").read_text()
    Path("topologies/mine.yaml").write_text(text.replace(f"name: {NAME}", "name: mine"))
    Path(f"checks/{NAME}").rename("checks/mine")
    assert topology_origin(_plan("mine")) is None
    assert run_origins([_plan("mine")]) == ()


def test_where_the_programs_files_lie_nothing_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert topology_origin(_plan()) is None
    assert run_origins([_plan()]) == ()


def test_all_topologies_are_ones_own_or_without_any_those_that_come_with_the_program() -> None:
    assert all_topologies() == TOPOLOGIES
    Path("topologies").mkdir()
    assert all_topologies() == TOPOLOGIES
    _own(f"topologies/{NAME}.yaml")
    Path("topologies/alone.yaml").touch()
    assert all_topologies() == ("alone", NAME)
    assert known_topologies() == tuple(sorted({"alone", *TOPOLOGIES}))


def test_an_unknown_name_is_reported_with_the_names_of_both_places() -> None:
    _own(f"topologies/{NAME}.yaml")
    Path("topologies/alone.yaml").touch()
    with pytest.raises(
        InputError, match=r"there is no topology named 'alonn' \(did you mean 'alone'\?; known: active-active-vpn, .*, alone, "
    ):
        topology_path("alonn")


def test_a_file_of_ones_own_that_is_pathed_keeps_the_checks_beside_it() -> None:
    Path("work").mkdir()
    _own(f"topologies/{NAME}.yaml", f"checks/{NAME}/dx-cut.yaml", f"checks/{NAME}/dx-dark.yaml")
    shutil.copytree("topologies", "work/topologies")
    Path("work/checks").mkdir()
    shutil.copytree(f"checks/{NAME}", f"work/checks/{NAME}")
    Path(f"work/checks/{NAME}/dx-dark.yaml").unlink()
    assert [check.name for check in read_checks(_plan(f"work/topologies/{NAME}.yaml"), None)] == ["dx-cut"]
