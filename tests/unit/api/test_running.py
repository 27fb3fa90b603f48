"""Which lab a word of the command line means, and what lab-down makes of one that is gone."""

import shutil
from pathlib import Path

import pytest

from lab.api.running import lab_named, labs_left
from lab.errors import InputError, NotRunningError
from lab.model.status import LabListing
from tests.shipped import ROOT

NAME = "active-active-vpn"


def _listing(lab: str, topology: str = "") -> LabListing:
    return LabListing(lab=lab, topology=topology, timers="tuned", ipsec="userspace", nodes=21, running=21, held_by=None)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person stands, with a topology of theirs whose name is not its file's."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "topologies" / f"{NAME}.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(text.replace(f"name: {NAME}", "name: my-lab"))
    return tmp_path


@pytest.mark.parametrize("word", ["my-lab", "mine.yaml", "./mine.yaml", "../{folder}/mine.yaml"])
@pytest.mark.parametrize("meaning", [lab_named, lambda word, present: labs_left(word, present)[0]])
def test_a_lab_is_meant_by_its_name_its_file_and_the_name_in_that(folder: Path, meaning, word: str) -> None:
    assert meaning(word.format(folder=folder.name), [_listing("other"), _listing("my-lab", "/elsewhere.yaml")]) == "my-lab"


@pytest.mark.parametrize("listed_as", ["gone.yaml", "{folder}/gone.yaml"])
@pytest.mark.parametrize("word", ["gone.yaml", "./gone.yaml", "{folder}/gone.yaml"])
def test_a_lab_is_meant_by_the_file_it_was_deployed_from_though_that_is_gone(folder: Path, word: str, listed_as: str) -> None:
    present = [_listing("other"), _listing("my-lab", listed_as.format(folder=folder))]
    assert labs_left(word.format(folder=folder), present) == ("my-lab",)


@pytest.mark.parametrize("word", [NAME, "mine.yaml"])
def test_of_a_known_topology_without_a_lab_there_is_nothing_to_remove(word: str) -> None:
    assert labs_left(word, [_listing("other")]) == ()
    with pytest.raises(NotRunningError, match=r"no such lab runs here \(running: other\)"):
        lab_named(word, [_listing("other")])


def test_without_a_word_the_only_lab_is_meant_and_none_where_there_is_none() -> None:
    assert labs_left(None, []) == ()
    assert labs_left(None, [_listing("one")]) == ("one",)
    with pytest.raises(NotRunningError, match=r"^lab: several run here \(one, two\); say which with -t"):
        labs_left(None, [_listing("one"), _listing("two")])


def test_a_word_that_means_nothing_is_told_with_what_was_probably_meant() -> None:
    with pytest.raises(InputError, match=r"^--topology: no lab and no topology 'my-lap' \(did you mean 'my-lab'\?; known: active-active"):
        labs_left("my-lap", [_listing("my-lab")])


def test_a_folder_is_no_topology(folder: Path) -> None:
    shutil.copytree(ROOT / "topologies", folder / "mine")
    with pytest.raises(InputError, match="no lab and no topology 'mine'"):
        labs_left("mine", [])
