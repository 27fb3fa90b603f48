"""Recorded accounts with wrong values in random places: each is imported, or refused in our words, and never with a traceback."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.errors import InputError
from lab.importers.build import chosen, mistakes, topology_of
from lab.importers.draft import sites_draft
from lab.importers.files import account_from
from lab.importers.printed import Printed
from lab.importers.regions import region_in
from lab.intent import read_commented_text, read_sites
from tests.shipped import ROOT

SHAPES = sorted(path.parent for path in (ROOT / "tests" / "golden" / "importers").glob("*/sites.yaml"))
WRONG = (None, True, 0, -1, 10**9, "", "x", "9" * 5000, "10.0.0.0/8", "0.0.0.0/0", "::/0", "\n- a: b", "deleted", [], {}, ["a"], {"a": 1})
TRIES = 25


def outputs(shape: Path) -> list[Printed]:
    files = sorted(shape.rglob("*.json"))
    return [Printed(file=file.name, region=region_in(file), data=json.loads(file.read_text())) for file in files]


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*above, key)
        yield from places(each, (*above, key))


def broken(value: Any, chance: random.Random) -> None:
    """Put a wrong value into a random place, or remove what is there."""
    *above, last = chance.choice(list(places(value)))
    for key in above:
        value = value[key]
    if chance.random() < 0.1:
        del value[last]
    else:
        value[last] = copy.deepcopy(chance.choice(WRONG))


def imported(shape: Path, printed: list[Printed]) -> None:
    account = account_from(printed)
    sites_draft(account)
    written = read_sites(shape / "sites.yaml")
    kept = chosen(account, written.sites.leave_out)
    written.refuse((each.where, each.message) for each in mistakes(written.sites, kept, account))
    read_commented_text(topology_of(account, written.sites).text, Path("topology"))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_a_wrong_value_anywhere_is_refused_in_our_words_or_does_no_harm(shape: Path) -> None:
    chance = random.Random(7)  # noqa: S311  # no secret
    told: list[InputError] = []
    for _ in range(TRIES):
        printed = outputs(shape)
        broken(chance.choice([each.data for each in printed if each.data]), chance)
        try:
            imported(shape, printed)
        except InputError as error:
            told.append(error)
    assert 0 < len(told) < TRIES
    assert all(problem.message for error in told for problem in error.problems)
