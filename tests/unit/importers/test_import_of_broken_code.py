"""States, plans and templates with wrong values in random places: each is imported, or refused in our words, and never with a traceback."""

import json
import random
import shutil
from pathlib import Path

import pytest

from lab.api.import_aws import Order
from lab.api.import_terraform import import_terraform
from lab.errors import InputError
from lab.intent import read_template
from tests.golden.test_declared_imports import SHAPES, sites
from tests.unit.importers.test_import_of_broken_files import broken

TRIES = 25


def as_json(shape: Path, folder: Path) -> list[Path]:
    """Copies of the files of a shape. A template in YAML becomes JSON, so that it can be broken in the same way."""
    shutil.copytree(shape, folder, ignore=shutil.ignore_patterns("sites.yaml", "topology.yaml"))
    for path in folder.rglob("*.yaml"):
        path.with_suffix(".json").write_text(json.dumps(read_template(path.read_text(encoding="utf-8"), path)), encoding="utf-8")
        path.unlink()
    return sorted(folder.rglob("*.json"))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.name)
def test_a_wrong_value_in_a_declaration_is_refused_in_our_words_or_does_no_harm(shape: Path, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  # no secret
    files = as_json(shape, tmp_path / "files")
    told: list[InputError] = []
    for _ in range(TRIES):
        path = chance.choice(files)
        whole = path.read_text(encoding="utf-8")
        data = json.loads(whole)
        broken(data, chance)
        path.write_text(json.dumps(data), encoding="utf-8")
        for where in (sites(shape), tmp_path / "none.yaml"):
            try:
                import_terraform(Order(files=(tmp_path / "files",), sites=where))
            except InputError as error:
                told.append(error)
        path.write_text(whole, encoding="utf-8")
    assert 0 < len(told) < 2 * TRIES
    assert all(problem.message for error in told for problem in error.problems)
