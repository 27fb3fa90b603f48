"""Every wrong file and its exact messages. After a change of a message, run with RECORD=1 and read the diff."""

import os
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent import read_check, read_topology
from lab.model.plan import Timers
from tests.unit.intent.samples import small_plan

WRONG = Path(__file__).parent / "wrong"
TOPOLOGIES = sorted((WRONG / "topologies").glob("*.yaml"))
CHECKS = sorted((WRONG / "checks").glob("*.yaml"))


def test_the_corpus_is_there():
    assert len(TOPOLOGIES) >= 25
    assert len(CHECKS) >= 8


def test_every_expected_text_has_its_file():
    assert sorted(WRONG.rglob("*.txt")) == sorted(path.with_suffix(".txt") for path in (*TOPOLOGIES, *CHECKS))


@pytest.mark.parametrize("path", TOPOLOGIES, ids=lambda path: path.stem)
def test_a_wrong_topology_is_told_in_these_words(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    with pytest.raises(InputError) as caught:
        read_topology(Path(path.name))
    _compare(path, str(caught.value))


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_a_wrong_check_is_told_in_these_words(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    with pytest.raises(InputError) as caught:
        read_check(Path(path.name), small_plan(), Timers.TUNED)
    _compare(path, str(caught.value))


def _compare(path, text):
    golden = path.with_suffix(".txt")
    if os.environ.get("RECORD") == "1":
        golden.write_text(f"{text}\n", encoding="utf-8")
    assert f"{text}\n" == golden.read_text(encoding="utf-8")
