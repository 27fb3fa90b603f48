"""Labs side by side: the report has several topologies in the right order, and nothing is left behind, however the run ends."""

import json
import os
import signal
from datetime import datetime
from pathlib import Path

import pytest

from tests.live.commands import inv, leftovers, start_inv
from tests.live.small import small_topology
from tests.waiting import wait_for

LABS = ("live-jobs-b", "live-jobs-a")
"""The report has the topologies in the order of the command line."""

CHECK = """
summary: The egress tunnel is deleted; the other one takes over.
steps:
  - {fault: tunnel-down, target: vpn1-1, at: 1s, for: 2s}
expect:
  - {flow: dc1-app, during: {outage_at_most: 1500ms, via: vpn1-2}}
"""


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """The command that tests two small topologies at once."""
    for name in LABS:
        (tmp_path / f"{name}.yaml").write_text(small_topology(name))
        (tmp_path / "checks" / name).mkdir(parents=True)
        (tmp_path / "checks" / name / "one-tunnel.yaml").write_text(CHECK)
    return ["lab-test", *(word for name in LABS for word in ("-t", f"{name}.yaml")), "--jobs", "2"]


def _left() -> list[str]:
    return [*leftovers(LABS[0]), *leftovers(LABS[1])]


def _measured(folder: Path) -> bool:
    """Whether checks of both labs have begun."""
    told = "".join(path.read_text() for path in folder.glob("runs/*/journal.jsonl"))
    return all(f'{{"type": "CheckStarted", "of_lab": "{name}"' in told for name in LABS)


def _spans(journal: Path) -> dict[str, list[tuple[float, float]]]:
    """When each check of each lab began and ended, on the host's clock."""
    spans: dict[str, list[tuple[float, float]]] = {name: [] for name in LABS}
    begun = {}
    for told in map(json.loads, journal.read_text().splitlines()):
        if told["type"] == "CheckStarted":
            begun[told["of_lab"]] = datetime.fromisoformat(told["wall"]).timestamp()
        elif told["type"] == "CheckEnded":
            spans[told["of_lab"]].append((begun[told["of_lab"]], begun[told["of_lab"]] + told["wall_seconds"]))
    return spans


def test_two_labs_are_tested_side_by_side_and_reported_in_order(words: list[str], tmp_path: Path) -> None:
    result = inv(*words, "--json", "out.json", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    assert [(check["topology"], check["check"]) for check in report["checks"]] == [
        (name, check) for name in LABS for check in ("control", "one-tunnel")
    ]
    assert [lab["topology"] for lab in report["labs"]] == list(LABS)
    one, other = _spans(next(tmp_path.glob("runs/*/journal.jsonl"))).values()
    assert any(a < d and c < b for a, b in one for c, d in other), "no check of one was measured while one of the other was"
    assert _left() == []


@pytest.mark.parametrize("how", ["Ctrl-C", "SIGKILL of the command"])
def test_an_interrupted_run_leaves_nothing_behind(words: list[str], tmp_path: Path, how: str) -> None:
    process = start_inv(*words, cwd=tmp_path)
    wait_for(lambda: _measured(tmp_path) or process.poll() is not None, "a check of both labs")
    if how == "Ctrl-C":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.kill()
    told, _ = process.communicate()
    assert process.returncode == (130 if how == "Ctrl-C" else -signal.SIGKILL), told
    assert "Traceback" not in told
    wait_for(lambda: _left() == [], "jobs clear up also when the command is dead")
