"""Reading apt's sources, and what the tag of the node image depends on. Runs without Docker."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from lab.runtime.docker.base import BASE, SUITE
from lab.runtime.docker.image import MONITOR, NODE, Recipe, image_tag
from lab.runtime.docker.sources import Source, debian_mirror, paragraphs, parse_deb822, parse_one_line

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME="bookworm"\n'
MIRROR = "http://mirror.example/debian"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "etc/apt/sources.list.d").mkdir(parents=True)
    (tmp_path / "etc/os-release").write_text(DEBIAN)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("deb http://a/debian bookworm main contrib", [Source(uri="http://a/debian", suite="bookworm", components=("main", "contrib"))]),
        (
            "deb [ arch=amd64 signed-by=/k.gpg ] http://a/debian sid main",
            [Source(uri="http://a/debian", suite="sid", components=("main",))],
        ),
        ("deb [arch=amd64] http://a/x ./", [Source(uri="http://a/x", suite="./", components=())]),
        ("# deb http://a/debian bookworm main", []),
        ("deb-src http://a/debian bookworm main", []),
        ("", []),
        ("deb", [Source(uri="", suite="", components=())]),
    ],
)
def test_a_line_of_sources_list_is_read(line: str, sources: list[Source]) -> None:
    assert list(parse_one_line(line)) == sources


def test_a_deb822_paragraph_stands_for_many_sources() -> None:
    text = "Types: deb deb-src\n# a comment\nURIs: http://a/debian\n http://b/debian\nSuites: bookworm\nComponents: main\n"
    assert [source.uri for source in parse_deb822(text)] == ["http://a/debian", "http://b/debian"]


def test_a_disabled_deb822_paragraph_counts_for_nothing() -> None:
    assert list(parse_deb822("Types: deb\nURIs: http://a\nSuites: sid\nComponents: main\nEnabled: no\n")) == []


def test_the_mirror_is_that_of_the_hosts_release_not_of_security_or_strangers(root: Path) -> None:
    (root / "etc/apt/sources.list").write_text(
        "deb cdrom:[Debian]/ bookworm main\n"
        "deb http://security.example/debian-security bookworm-security main\n"
        "deb https://stranger.example/tool bookworm stable\n"
    )
    (root / "etc/apt/sources.list.d/debian.sources").write_text(f"Types: deb\nURIs: {MIRROR}\nSuites: bookworm\nComponents: main\n")
    assert debian_mirror(root) == MIRROR


def test_another_distribution_has_no_mirror_of_debian(root: Path) -> None:
    (root / "etc/os-release").write_text("ID=ubuntu\nVERSION_CODENAME=noble\n")
    (root / "etc/apt/sources.list").write_text("deb http://archive.example/ubuntu noble main\n")
    assert debian_mirror(root) is None


def test_a_host_without_apt_has_no_mirror(tmp_path: Path) -> None:
    assert debian_mirror(tmp_path) is None


def test_paragraphs_join_continued_lines() -> None:
    assert list(paragraphs("Package: frr\nDescription: a\n b\n\n\nPackage: tini\n")) == [
        [("Package", "frr"), ("Description", "a b")],
        [("Package", "tini")],
    ]


@pytest.mark.parametrize("recipe", [NODE, MONITOR], ids=lambda recipe: recipe.name)
def test_the_dockerfile_starts_from_the_base_we_can_make(recipe: Recipe) -> None:
    assert f"FROM {BASE}\n" in (recipe.sources / "Dockerfile").read_text()
    assert SUITE in BASE


def _tag(folder: Path) -> str:
    return image_tag(replace(NODE, sources=folder))


def test_a_tag_depends_on_the_content_not_on_dates(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    tag = _tag(tmp_path)
    os.utime(tmp_path / "Dockerfile", (0, 0))
    assert _tag(tmp_path) == tag
    (tmp_path / "Dockerfile").write_text("FROM other\n")
    assert _tag(tmp_path) != tag


def test_a_script_that_becomes_executable_is_another_image(tmp_path: Path) -> None:
    (tmp_path / "start").write_text("#!/bin/sh\n")
    tag = _tag(tmp_path)
    (tmp_path / "start").chmod(0o755)
    assert _tag(tmp_path) != tag
