"""The documentation: every link leads to an existing place, and every page can be reached from the README."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.shipped import ROOT

README = ROOT / "README.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "tests").rglob("README.md")))

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"(?:\]\(|(?:href|src|srcset)=\")([^)\"\s]+)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_ANCHOR = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> Iterator[tuple[str, str]]:
    """The links of a page to places in this repository, as path and anchor. Either may be empty."""
    text = _CODE.sub("", _FENCED.sub("", page.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            yield path, anchor


def target(page: Path, path: str) -> Path:
    return (page.parent / path).resolve() if path else page


@cache
def anchors(page: Path) -> frozenset[str]:
    """The possible words after `#`: headings as GitHub and GitLab write them, and anchors written by hand."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for heading in _HEADING.findall(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found[slug] = found.get(slug, -1) + 1
    repeated = {f"{slug}-{number}" for slug, most in found.items() for number in range(1, most + 1)}
    return frozenset({*found, *repeated, *_ANCHOR.findall(text)})


def wrong_links(page: Path) -> Iterator[str]:
    for path, anchor in links(page):
        there = target(page, path)
        if not there.exists():
            yield f"{path}: no such file"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there):
            yield f"{path}#{anchor}: no such heading"


def reached() -> set[Path]:
    """Every page that can be reached from the README."""
    found, waiting = {README}, [README]
    while waiting:
        page = waiting.pop()
        nexts = {target(page, path) for path, _ in links(page)}
        new = {each for each in nexts if each.suffix == ".md" and each.is_file()} - found
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    assert list(wrong_links(page)) == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    assert sorted(name_of(page) for page in {*PAGES} - reached() - {ROOT / "CHANGELOG.md"}) == []


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120


def test_a_wrong_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Two words\n\n[a](page.md#two-words) [b](#three) [c](gone.md) `[d](code.md)` [e](https://example.net/x)\n")
    assert list(wrong_links(page)) == ["#three: no such heading", "gone.md: no such file"]
