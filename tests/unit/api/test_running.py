"""Which lab a word of the command line means, and how lab-down handles a lab that is gone."""

import shutil
from pathlib import Path

import pytest

from lab.api.running import lab_named, labs_left, listing_of, require_whole
from lab.errors import InputError, LabBusyError, NotRunningError
from lab.model.status import LabListing
from lab.runtime.docker.containers import Container, LabTag
from lab.runtime.home import Home
from tests.shipped import ROOT

NAME = "active-active-vpn"


def _listing(lab: str, topology: str = "") -> LabListing:
    return LabListing(lab=lab, topology=topology, timers="tuned", ipsec="userspace", nodes=21, running=21, held_by=None)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder. It has a topology of the user whose name is not its file's name."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "topologies" / f"{NAME}.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(text.replace(f"name: {NAME}", "name: my-lab"))
    return tmp_path


@pytest.mark.parametrize("word", ["my-lab", "mine.yaml", "./mine.yaml", "../{folder}/mine.yaml"])
@pytest.mark.parametrize("meaning", [lab_named, lambda word, present: labs_left(word, present)[0]])
def test_a_lab_is_known_by_its_name_its_file_and_the_name_in_that_file(folder: Path, meaning, word: str) -> None:
    assert meaning(word.format(folder=folder.name), [_listing("other"), _listing("my-lab", "/elsewhere.yaml")]) == "my-lab"


@pytest.mark.parametrize("listed_as", ["gone.yaml", "{folder}/gone.yaml"])
@pytest.mark.parametrize("word", ["gone.yaml", "./gone.yaml", "{folder}/gone.yaml"])
def test_a_lab_is_known_by_its_file_even_if_the_file_is_gone(folder: Path, word: str, listed_as: str) -> None:
    present = [_listing("other"), _listing("my-lab", listed_as.format(folder=folder))]
    assert labs_left(word.format(folder=folder), present) == ("my-lab",)


@pytest.mark.parametrize("word", [NAME, "mine.yaml"])
def test_a_known_topology_without_a_lab_leaves_nothing_to_remove(word: str) -> None:
    assert labs_left(word, [_listing("other")]) == ()
    with pytest.raises(NotRunningError, match=r"no lab named \S+ runs here \(running: other\)"):
        lab_named(word, [_listing("other")])


def test_without_a_name_the_only_lab_is_meant() -> None:
    assert labs_left(None, []) == ()
    assert labs_left(None, [_listing("one")]) == ("one",)
    with pytest.raises(NotRunningError, match=r"^several labs run here: one, two \(choose one with -t"):
        labs_left(None, [_listing("one"), _listing("two")])


@pytest.mark.parametrize("word", ["gone", "mine"])
def test_of_a_name_that_means_nothing_there_is_nothing_to_remove_either(folder: Path, word: str) -> None:
    shutil.copytree(ROOT / "topologies", folder / "mine")
    assert labs_left(word, [_listing("other")]) == ()


@pytest.mark.parametrize("word", ["gone.yaml", "./gone", "mine/"])
def test_the_path_of_no_file_is_a_mistake(folder: Path, word: str) -> None:
    shutil.copytree(ROOT / "topologies", folder / "mine")
    with pytest.raises(InputError, match=rf"^--topology: there is no file '{word}', and no lab was deployed from it \(running: other\)$"):
        labs_left(word, [_listing("other")])


TAG = LabTag(lab="alpha", topology="", fingerprint="7", timers="tuned", ipsec="userspace", circuits="")
THREE = [
    Container(node=node, tag=TAG, id=node, pid=pid, state="running" if pid else "created") for node, pid in (("a", 1), ("b", 2), ("c", 0))
]


def test_a_lab_left_half_made_is_listed_with_the_nodes_it_should_have_and_not_opened(folder: Path) -> None:
    home = Home("alpha", folder)
    home.mark_partial(14)
    listing = listing_of(home, THREE)
    assert (listing.running, listing.nodes, listing.partial, listing.held_by) == (2, 14, True, None)
    ways_out = r"\(\./inv lab-up deploys it again, \./inv lab-down removes it\)"
    words = (
        rf"^lab alpha is incomplete \(2 of 14 nodes run\), because a command was killed while it deployed or removed the lab {ways_out}$"
    )
    with pytest.raises(NotRunningError, match=words):
        require_whole(listing)


def test_a_lab_that_is_being_made_is_busy(folder: Path) -> None:
    home = Home("alpha", folder)
    with home.held("lab-up"):
        home.mark_partial(14)
        with pytest.raises(
            LabBusyError, match=r"^lab alpha is being deployed or removed by 'lab-up', process \d+, of .* \(wait for this command\)$"
        ):
            require_whole(listing_of(home, THREE))


def test_a_whole_lab_is_listed_with_the_nodes_it_has(folder: Path) -> None:
    listing = listing_of(Home("alpha", folder), THREE[:2])
    assert (listing.running, listing.nodes, listing.partial) == (2, 2, False)
    require_whole(listing)
