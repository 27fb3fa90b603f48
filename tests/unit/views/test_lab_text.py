"""What is said of labs that were removed and put right, to people and to programs."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from lab.model.status import Difference
from lab.views.console import console_on
from lab.views.lab_text import healed_json, print_healed, print_removed, removed_json

FROZEN = Difference(place="dc1-gw1", found="frozen", planned="running")


def _shown(show: Callable[[Console], None]) -> str:
    stream = StringIO()
    show(console_on(stream))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("labs", "named", "lines"),
    [(("a", "b"), None, "a removed\nb removed\n"), ((), "a", "a: nothing to remove\n"), ((), None, "labs: nothing to remove\n")],
)
def test_every_lab_removed_is_told_and_where_there_was_none_that(labs: tuple[str, ...], named: str | None, lines: str) -> None:
    assert _shown(lambda console: print_removed(console, labs, named)) == lines
    assert json.loads(removed_json(labs)) == {"schema": 1, "removed": list(labs)}


def test_what_was_put_right_is_told() -> None:
    told = _shown(lambda console: print_healed(console, [FROZEN]))
    assert told == "dc1-gw1: frozen, now running\nthe lab equals its plan; all flows pass\n"
    assert json.loads(healed_json([FROZEN])) == {
        "schema": 1,
        "healed": [{"place": "dc1-gw1", "found": "frozen", "planned": "running", "learned": False}],
    }
