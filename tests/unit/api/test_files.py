"""Which files a word of the command line means, by name or path, and the message if there is none."""

import shutil
from pathlib import Path

import pytest

from lab.api.files import all_topologies, read_checks, read_plan, topology_path
from lab.api.paths import shortest
from lab.errors import InputError
from lab.model.plan import Ipsec, Timers
from tests.shipped import CHECKS, ROOT, TOPOLOGIES

NAME = "active-active-vpn"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, as current folder, with a copy of a shipped topology."""
    shutil.copy(ROOT / "topologies" / f"{NAME}.yaml", tmp_path / "mine.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine.yaml"


def _refusal(call, *args) -> str:
    with pytest.raises(InputError) as caught:
        call(*args)
    return str(caught.value)


def _plan(word: str, timers: Timers = Timers.TUNED):
    return read_plan(word, timers, Ipsec.USERSPACE)


def test_every_topology_of_the_project_is_known_by_name() -> None:
    assert all_topologies() == TOPOLOGIES


def test_a_name_means_the_shipped_file_in_any_current_folder(own: Path) -> None:
    deployable = _plan(NAME)
    assert deployable.path == ROOT / "topologies" / f"{NAME}.yaml"
    assert deployable.plan.name == NAME


def test_a_path_is_shown_relative_to_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert topology_path(NAME) == Path("topologies") / f"{NAME}.yaml"
    assert shortest(Path("/elsewhere/x.yaml")) == Path("/elsewhere/x.yaml")


@pytest.mark.parametrize("word", ["mine.yaml", "./mine.yaml", "../{folder}/mine.yaml", "{absolute}"])
def test_a_path_is_relative_to_the_current_folder(own: Path, word: str) -> None:
    deployable = _plan(word.format(folder=own.parent.name, absolute=own))
    assert deployable.path.resolve() == own


def test_an_unknown_name_is_reported_with_the_known_names() -> None:
    words = _refusal(topology_path, "active-active-vpm")
    assert words.startswith("--topology: there is no topology named 'active-active-vpm' (")
    assert NAME in words
    assert "path to a YAML file" in words


def test_a_missing_path_is_reported_with_a_similar_one(own: Path) -> None:
    assert _refusal(_plan, "mina.yaml") == "mina.yaml: there is no such file (did you mean 'mine.yaml'?)"


def test_every_mistake_of_a_topology_is_reported(own: Path) -> None:
    own.write_text(own.read_text().replace("gateway: vgw", "gateway: vgv").replace("asn: 65002", "asn: 23456"))
    assert len(_refusal(_plan, "mine.yaml").splitlines()) >= 5


@pytest.mark.parametrize("timers", Timers)
def test_a_topologys_checks_are_found_and_read_in_order(timers: Timers) -> None:
    checks = read_checks(_plan(NAME, timers), None)
    assert [check.name for check in checks] == sorted(name for topology, name in CHECKS if topology == NAME)


def test_one_check_can_be_named() -> None:
    assert [check.name for check in read_checks(_plan(NAME), "zone")] == ["zone"]


def test_an_unknown_check_is_reported_with_the_known_ones() -> None:
    words = _refusal(read_checks, _plan(NAME), "zona")
    assert words.startswith("--check: there is no check named 'zona' in ")
    assert "(did you mean 'zone'?; known: control, " in words
    assert all(name in words for topology, name in CHECKS if topology == NAME)


@pytest.mark.parametrize("folder", ["checks", "../checks"])
def test_checks_near_the_users_topology_come_before_the_shipped_ones(own: Path, folder: str) -> None:
    near = (own.parent / folder / NAME).resolve()
    near.mkdir(parents=True)
    shutil.copy(ROOT / "checks" / NAME / "zone.yaml", near / "own-zone.yaml")
    try:
        assert [check.name for check in read_checks(_plan("mine.yaml"), None)] == ["own-zone"]
    finally:
        shutil.rmtree(near.parent)


def test_without_its_own_checks_a_topology_has_the_shipped_checks_of_its_name(own: Path) -> None:
    assert len(read_checks(_plan("mine.yaml"), None)) == len([name for topology, name in CHECKS if topology == NAME])


def test_the_control_run_is_not_a_check_and_can_run_alone() -> None:
    assert read_checks(_plan(NAME), "control") == ()


@pytest.mark.parametrize("asked_for", [None, "control"])
def test_a_check_may_not_have_the_name_of_the_control_run(own: Path, asked_for: str | None) -> None:
    near = own.parent / "checks" / NAME
    near.mkdir(parents=True)
    shutil.copy(ROOT / "checks" / NAME / "zone.yaml", near / "control.yaml")
    words = _refusal(read_checks, _plan("mine.yaml"), asked_for)
    assert words.startswith(f"checks/{NAME}/control.yaml:1: 'control' is the name of the built-in check without a fault")


def test_the_mistakes_of_all_checks_are_reported_at_once(own: Path) -> None:
    near = own.parent / "checks" / NAME
    near.mkdir(parents=True)
    for name in ("one", "two"):
        text = (ROOT / "checks" / NAME / "interconnect.yaml").read_text()
        (near / f"{name}.yaml").write_text(text.replace("target: dci", "target: dcj"))
    places = [line.partition(" ")[0] for line in _refusal(read_checks, _plan("mine.yaml"), None).splitlines()]
    assert places == [f"checks/{NAME}/{name}.yaml:3:" for name in ("one", "two")]
