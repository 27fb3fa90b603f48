"""Which files of a folder are checks, how the others are reported, and what is said of a topology without checks."""

import shutil
from pathlib import Path

import pytest

from lab.api import test as test_api
from lab.api.check_files import unread, yaml_files
from lab.api.files import all_topologies, checks_folder, read_checks, read_plan, topology_path
from lab.api.paths import Deployable
from lab.errors import HostError, InputError
from lab.model.plan import Ipsec, Timers
from tests.shipped import ROOT

NAME = "my-network"
CHECK = ROOT / "checks" / "active-active-vpn" / "zone.yaml"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployable:
    """The user's own topology, in the current folder. It has no check yet."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    text = (ROOT / "topologies" / "active-active-vpn.yaml").read_text()
    Path("mine.yaml").write_text(text.replace("name: active-active-vpn", f"name: {NAME}"))
    return read_plan("mine.yaml", Timers.TUNED, Ipsec.USERSPACE)


def _put(*files: str) -> None:
    for file in files:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECK, file)


def _refusal(own: Deployable, name: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_checks(own, name)
    return str(caught.value)


def test_a_check_counts_with_either_suffix_of_yaml(own: Deployable) -> None:
    _put(f"checks/{NAME}/b.yml", f"checks/{NAME}/a.yaml", f"checks/{NAME}/c.yml")
    assert [(check.name, check.file) for check in read_checks(own, None)] == [
        ("a", f"checks/{NAME}/a.yaml"),
        ("b", f"checks/{NAME}/b.yml"),
        ("c", f"checks/{NAME}/c.yml"),
    ]
    assert [check.name for check in read_checks(own, "b")] == ["b"]


@pytest.mark.parametrize("asked_for", [None, "dx", "control"])
def test_two_files_of_the_same_check_are_both_named(own: Deployable, asked_for: str | None) -> None:
    _put(f"checks/{NAME}/dx.yaml", f"checks/{NAME}/dx.yml", f"checks/{NAME}/other.yml")
    words = "this file and dx.yml beside it are both the check 'dx' (rename or remove one of the two)"
    assert _refusal(own, asked_for) == f"checks/{NAME}/dx.yaml: {words}"


@pytest.mark.usefixtures("own")
def test_a_topology_is_known_by_name_with_either_suffix_and_only_once() -> None:
    _put("topologies/a.yaml", "topologies/a.yml", "topologies/b.yml")
    assert all_topologies() == ("a", "b")
    assert topology_path("b") == Path("topologies/b.yml")
    with pytest.raises(InputError, match=r"^topologies/a\.yaml: this file and a\.yml beside it are both the topology 'a'"):
        topology_path("a")


def test_every_file_of_a_folder_is_read_or_named(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", "notes.txt", "dx-cut.yaml.bak", ".hidden", "LOUD.YAML"):
        (tmp_path / name).touch()
    for name in ("old", "folder.yaml"):
        (tmp_path / name).mkdir()
    assert [path.name for path in yaml_files(tmp_path)] == ["a.yaml", "b.yml"]
    assert unread(tmp_path) == (".hidden", "LOUD.YAML", "dx-cut.yaml.bak", "folder.yaml/", "notes.txt", "old/")
    assert (yaml_files(tmp_path / "none"), unread(tmp_path / "none")) == ((), ())


@pytest.mark.parametrize("asked_for", [None, "zone"])
def test_a_topology_without_checks_is_a_mistake_that_names_every_folder_looked_at(own: Deployable, asked_for: str | None) -> None:
    places = f"checks/{NAME}/, {Path.cwd().parent}/checks/{NAME}/, {ROOT}/checks/{NAME}/"
    way_out = (
        "A check is a *.yaml or *.yml file there. Two runs need none: --sweep 1 breaks each component once, --check control breaks nothing"
    )
    assert _refusal(own, asked_for) == f"mine.yaml: no check of '{NAME}' was found (looked in {places}). {way_out}"
    assert checks_folder(own) == Path.cwd() / "checks" / NAME


def test_the_control_run_alone_needs_no_check(own: Deployable) -> None:
    assert read_checks(own, "control") == ()


@pytest.mark.parametrize(
    ("files", "meant"),
    [
        ([f"cheks/{NAME}/a.yaml"], f"cheks/{NAME}/"),
        (["cheks/a.yaml"], "cheks/"),
        (["Checks/a.txt"], "Checks/"),
        (["checks/my-netwrok/a.yaml"], "checks/my-netwrok/"),
        (["check/my-netwrok/a.yaml"], "check/my-netwrok/"),
        (["checks/mine/a.yaml"], "checks/mine/"),
        (["checks/a.yaml"], "checks/"),
        (["../cheks/my_network/a.yaml"], "{above}/cheks/my_network/"),
        (["cheks/a.yaml", "checks/my-net/a.yaml"], "checks/my-net/, cheks/"),
    ],
)
def test_a_folder_that_was_probably_meant_is_named(own: Deployable, files: list[str], meant: str) -> None:
    _put(*files)
    assert f". Did you mean {meant.format(above=Path.cwd().parent)}? A check is" in _refusal(own)


@pytest.mark.parametrize("files", [["docs/a.yaml"], ["checks/another/a.yaml"], ["tests/my-network/a.yaml"], ["checks.yaml"]])
def test_a_folder_with_another_name_is_not_suggested(own: Deployable, files: list[str]) -> None:
    _put(*files)
    assert "you mean" not in _refusal(own)


def test_a_nearer_folder_without_checks_is_named_with_its_files(own: Deployable) -> None:
    _put(f"../checks/{NAME}/a.yaml", f"checks/{NAME}/a.yaml.bak")
    assert f"(looked in checks/{NAME}/; files that are not read: a.yaml.bak)" in _refusal(own)


@pytest.mark.parametrize(("asked_for", "told"), [(None, 1), ("a", 1), ("control", 0)])
@pytest.mark.usefixtures("own")
def test_a_run_names_what_it_does_not_read(monkeypatch: pytest.MonkeyPatch, asked_for: str | None, told: int) -> None:
    _put(f"checks/{NAME}/a.yaml", f"checks/{NAME}/old/b.yaml")
    Path(f"checks/{NAME}/notes.txt").touch()
    monkeypatch.setenv("DOCKER_HOST", "tcp://elsewhere")  # refused: the run need not get further
    said: list[str] = []
    with pytest.raises(HostError):
        test_api.test(test_api.TestOptions(topologies=("mine.yaml",), check=asked_for), lambda _verdict: None, said.append)
    line = f"{NAME}: these files in checks/{NAME}/ are not read: notes.txt, old/ (a check is a *.yaml or *.yml file)"
    assert said.count(line) == told
