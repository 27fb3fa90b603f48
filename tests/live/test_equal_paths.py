"""Equal paths and a baseline. After another boot a flow may use another circuit, which is neither worse nor better. Lost BFD is worse."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.running import opened
from tests.live.commands import inv, leftovers
from tests.live.hashing import SEED, send_by

NAME = "live-equal-paths"
"""One data centre with two equal circuits: dx1 at r1 has BFD, dx2 at r2 has none. In its check dx1 goes dark."""

FIRST, SECOND = "loc-a-1", "loc-b-1"
"""AWS's devices of the two circuits. The gateway hashes returning traffic to one of them."""

Told = dict[str, set[str]]
"""The directions of the flow that a run calls worse, better or new."""

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="this kernel's seed of hashes cannot be set (Linux 6.11 can)")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of the topology and its check. Its lab is removed afterwards."""
    shutil.copytree(Path(__file__).parent / "equal_paths", tmp_path, dirs_exist_ok=True)
    yield tmp_path
    inv("lab-down", "-t", NAME, cwd=tmp_path)
    assert leftovers(NAME) == []


def test_a_flow_on_another_circuit_is_new_and_one_trial_finds_a_circuit_that_lost_bfd(folder: Path) -> None:
    _up(folder, back_by=FIRST)
    _test(folder, "first")
    _up(folder, back_by=SECOND)
    assert _test(folder, "other", "--baseline", "first.json") == {"worse": set(), "better": set(), "new": {"reverse"}}
    other_way_round = ("lab-report", _journal(folder, "first"), "--baseline", "other.json", "--json", "round.json")
    assert _told(folder, *other_way_round) == {"worse": set(), "better": set(), "new": {"reverse"}}

    topology = folder / f"{NAME}.yaml"
    topology.write_text(topology.read_text().replace("bfd: true", "bfd: false"))
    assert inv("lab-down", "-t", NAME, cwd=folder).returncode == 0
    _up(folder, back_by=FIRST)
    lost = _test(folder, "lost", "--baseline", "first.json", exit_code=1)
    # The hold time ends 2 to 3 s after the last hello. On a busy host one of the two directions may come near the time that BFD took.
    assert lost["worse"]
    assert (lost["better"], lost["new"]) == (set(), set())


def _up(folder: Path, *, back_by: str) -> None:
    """The lab. Its flow goes out through dx1, which the site prefers, and back through this AWS device."""
    up = inv("lab-up", "-t", str(folder / f"{NAME}.yaml"), cwd=folder)
    assert up.returncode == 0, up.stdout + up.stderr
    with opened(NAME) as lab:
        (flow,) = lab.plan.flows
        send_by(lab, "vgw", back_by, flow, "reverse")


def _test(folder: Path, name: str, *more: str, exit_code: int = 0) -> Told:
    """Run one trial of the check. Its report is a file of this name."""
    words = ("lab-test", "-t", f"{NAME}.yaml", "--check", "dx1-dark", *more, "--json", f"{name}.json")
    return _told(folder, *words, exit_code=exit_code)


def _told(folder: Path, *words: str, exit_code: int = 0) -> Told:
    """The output of a command that ends with this exit code, and its comparison with the baseline if it has one."""
    done = inv(*words, cwd=folder)
    assert done.returncode == exit_code, done.stdout + done.stderr
    report = json.loads((folder / words[-1]).read_text())
    assert [check["status"] for check in report["checks"]] == ["pass", "pass"]
    against = report["baseline"] or {"better": [], "new_paths": []}
    found = {"worse": report["regressions"] or [], "better": against["better"], "new": against["new_paths"]}
    return {what: {change["direction"] for change in changes} for what, changes in found.items()}


def _journal(folder: Path, name: str) -> str:
    return str(json.loads((folder / f"{name}.json").read_text())["checks"][0]["journal"])
