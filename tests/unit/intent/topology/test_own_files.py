"""The files of own configurations: they are hostile input, and only those in the topology's folder are read."""

import os
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent import read_topology
from tests.unit.compiler.own import CONFIGURATION, TOPOLOGY, written


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../outside.conf", "is not in the folder of own.yaml"),
        ("/etc/passwd", "is not in the folder of own.yaml"),
        ("/dev/zero", "is not in the folder of own.yaml"),
        ("link.conf", "is not in the folder of own.yaml"),
        ("nothing.conf", "there is no file 'nothing.conf' beside own.yaml"),
        ("folder", "there is no file 'folder' beside own.yaml"),
        ("pipe", "there is no file 'pipe' beside own.yaml"),
        ("loop", "cannot be read|there is no file"),
    ],
)
def test_only_regular_files_in_the_folder_of_the_topology_are_read(tmp_path: Path, name: str, words: str):
    (tmp_path / "outside.conf").write_text(CONFIGURATION)
    folder = tmp_path / "inside"
    (folder / "folder").mkdir(parents=True)
    (folder / "link.conf").symlink_to(tmp_path / "outside.conf")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    path = written(folder, topology=TOPOLOGY.replace("my-frr.conf", name))
    with pytest.raises(InputError, match=words):
        read_topology(path)


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "is empty"),
        (b"router bgp 65001\n" * 5000, "more than 64 KiB"),
        (b"\xff\xfe", "is not text"),
        (b"router bgp 1\x00\n", r"U\+0000"),
        (b"router bgp 1 \x1b[2J\n", r"U\+001B"),
        (b"x" * 2000, "more than 1000 characters"),
    ],
)
def test_a_file_that_is_no_configuration_is_refused(tmp_path: Path, octets: bytes, words: str):
    path = written(tmp_path)
    (tmp_path / "my-frr.conf").write_bytes(octets)
    with pytest.raises(InputError, match=words):
        read_topology(path)


def test_a_file_from_windows_and_comments_in_any_language_are_read(tmp_path: Path):
    path = written(tmp_path)
    (tmp_path / "my-frr.conf").write_bytes(("\ufeff! schön\n" + CONFIGURATION).replace("\n", "\r\n").encode())
    assert "\r" not in read_topology(path).data_centers[0].own[0].text


def test_only_an_edge_has_an_own_configuration(tmp_path: Path):
    path = written(tmp_path, topology=TOPOLOGY.replace("routers: {dc1-r1:", "routers: {dc1-core:"))
    with pytest.raises(InputError, match="the core router is the lab's"):
        read_topology(path)
