"""The table of AWS's behaviours is complete, and its page is up to date. This needs no lab. RECORD=1 writes the page again."""

import os
from pathlib import Path

from tests.live.behaviour.book import page
from tests.live.behaviour.labs import TOPOLOGIES, VPN
from tests.live.behaviour.table import FAITHFUL, ROWS

PAGE = Path("tests/live/behaviour/README.md")


def test_all_that_is_called_faithful_has_a_row() -> None:
    assert sorted({name for row in ROWS for name in row.of}) == sorted(FAITHFUL)


def test_a_row_shows_its_behaviour_or_says_why_it_cannot() -> None:
    assert ROWS
    for row in ROWS:
        assert row.source, row.behaviour
        if row.shown_by:
            assert (bool(row.lab), bool(row.done), bool(row.seen), row.why_not) == (True, True, True, ""), row.behaviour
        else:
            assert (row.lab, row.done, row.seen) == ("", "", ""), row.behaviour
            assert row.why_not, row.behaviour


def test_no_behaviour_stands_twice() -> None:
    names = [row.behaviour for row in ROWS]
    assert len(set(names)) == len(names)


def test_every_lab_of_the_table_is_there_and_used() -> None:
    assert {row.lab for row in ROWS if row.shown_by} == {VPN, *(path.stem for path in TOPOLOGIES.glob("*.yaml"))}


def test_the_page_says_what_the_rows_say() -> None:
    if os.environ.get("RECORD") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
