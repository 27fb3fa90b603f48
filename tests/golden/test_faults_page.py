"""The page of faults is complete and up to date. RECORD=1 writes it again."""

import os
import re

import pytest

from lab.api.catalogue import fault_kinds, faults_page
from lab.model.fault import FAULT_KINDS
from tests.shipped import ROOT

PAGE = ROOT / "docs" / "reference" / "faults.md"


@pytest.fixture(scope="module")
def page() -> str:
    return faults_page()


def test_the_page_is_what_would_be_made_now(page: str) -> None:
    if os.environ.get("RECORD") == "1":
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_every_kind_has_a_line_that_says_all_of_it(page: str) -> None:
    rows = [re.split(r" ?\| ?", line)[1:-1] for line in page.splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows] == [f"`{kind}`" for kind in FAULT_KINDS]
    for row in rows:
        assert len(row) == 6
        assert all(row), f"{row[0]} does not say all of itself, or no check uses it"


def test_every_kind_says_in_its_docstring_who_can_notice_it() -> None:
    assert [kind.name for kind in fault_kinds() if not kind.noticed] == []
