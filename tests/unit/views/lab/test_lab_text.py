"""The output about removed and repaired labs, as text and as JSON."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from lab.model.status import Comparison, Difference, Healed
from lab.views.console import console_on
from lab.views.lab.changes import healed_json, print_healed, print_removed, removed_json

FROZEN = Difference(place="dc1-gw1", found="frozen", planned="running")
WHOLE = Comparison(
    nodes=14,
    daemons=36,
    interfaces=31,
    addresses=28,
    static_routes=11,
    learned_routes=21,
    sessions=18,
    tunnels=2,
    differences=(),
)


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


@pytest.mark.parametrize(
    ("learned", "words"), [(21, "11 static and 21 learned routes"), (None, "11 static and routes learned by BGP: not known before")]
)
def test_what_was_put_right_is_told_and_what_was_compared(learned: int | None, words: str) -> None:
    healed = Healed(found=(FROZEN,), comparison=replace(WHOLE, learned_routes=learned))
    first, second = _shown(lambda console: print_healed(console, healed)).splitlines()
    assert first == "dc1-gw1: frozen, now running"
    assert second == (
        "the lab equals its plan; every flow works  (compared: 14 nodes without a packet filter, 36 daemons, 31 interfaces, 28 addresses, "
        f"{words}, 18 sessions, 2 tunnels)"
    )
    told = json.loads(healed_json(healed))
    assert told["healed"] == [{"place": "dc1-gw1", "found": "frozen", "planned": "running", "learned": False}]
    assert (told["compared"]["sessions"], told["compared"]["differences"]) == (18, [])
