"""Crashes: commands killed at the worst instant, and two commands for one lab. The lab is small, so that it starts faster."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.live.commands import inv, leftovers, start_inv
from tests.live.small import small_topology
from tests.waiting import wait_for

LONE = "live-crashes"

NODES = 9
"""The nodes of the small lab."""

CHECK = """
summary: The customer gateway hangs.
steps:
  - {fault: freeze, target: gw1/bgpd, at: 1s, for: 20s}
expect:
  - {flow: dc1-app, during: {outage_at_most: 30s}}
"""


@pytest.fixture
def topology(tmp_path: Path) -> Path:
    """A small topology with one check, `hangs`."""
    checks = tmp_path / "checks" / LONE
    checks.mkdir(parents=True)
    (checks / "hangs.yaml").write_text(CHECK)
    path = tmp_path / f"{LONE}.yaml"
    path.write_text(small_topology(LONE))
    return path


@pytest.fixture(autouse=True)
def _nothing_left() -> None:
    inv("lab-down", "-t", LONE)
    assert leftovers(LONE) == []


def _kill(process: subprocess.Popen[str], number: int) -> None:
    os.killpg(process.pid, number)
    process.communicate()


def _containers() -> int:
    listing = ["docker", "ps", "--quiet", "--filter", f"label=failover-lab.lab={LONE}"]
    return len(subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_after_a_lab_up_is_killed_half_way_lab_down_leaves_nothing(topology: Path, tmp_path: Path, number: int) -> None:
    process = start_inv("lab-up", "-t", str(topology), cwd=tmp_path)
    wait_for(lambda: _containers() >= 5, "five nodes")
    _kill(process, number)
    inv("lab-down", "-t", LONE)
    assert leftovers(LONE) == []


@pytest.mark.parametrize("nodes", [5, NODES])
def test_after_a_lab_up_is_killed_half_way_lab_list_says_so_and_lab_up_makes_the_lab_anew(
    topology: Path, tmp_path: Path, nodes: int
) -> None:
    process = start_inv("lab-up", "-t", str(topology), cwd=tmp_path)
    wait_for(lambda: _containers() >= nodes, "so many nodes")
    _kill(process, signal.SIGKILL)
    listed = inv("lab-list").stdout
    assert f"lab {LONE} is incomplete, because a command was killed while it deployed or removed the lab" in listed
    assert f" of {NODES}" in listed
    assert inv("lab-status", "-t", LONE).returncode == 2
    again = inv("lab-up", "-t", str(topology))
    assert again.returncode == 0, again.stderr
    assert f"{LONE} is incomplete" in again.stderr
    assert f"{LONE} is incomplete" not in inv("lab-list").stdout  # a lab of another test may be incomplete now
    assert inv("lab-down", "-t", LONE).returncode == 0
    assert leftovers(LONE) == []


def test_an_interrupted_lab_up_removes_what_it_deployed_and_says_so(topology: Path, tmp_path: Path) -> None:
    process = start_inv("lab-up", "-t", str(topology), cwd=tmp_path)
    wait_for(lambda: _containers() >= 7, "most nodes")
    os.killpg(process.pid, signal.SIGINT)
    told, _ = process.communicate()
    assert process.returncode == 130
    assert f"{LONE}: removed again" in told
    assert leftovers(LONE) == []


def test_a_lab_test_that_is_interrupted_before_its_lab_is_ready_removes_it(topology: Path, tmp_path: Path) -> None:
    process = start_inv("lab-test", "-t", str(topology), cwd=tmp_path)
    wait_for(lambda: _containers() >= NODES, "all nodes")
    _kill(process, signal.SIGTERM)
    assert process.returncode == 130
    assert leftovers(LONE) == []


def test_heal_repairs_a_lab_after_a_check_was_killed_during_a_fault(topology: Path, tmp_path: Path) -> None:
    assert inv("lab-up", "-t", str(topology)).returncode == 0
    process = start_inv("lab-test", "-t", str(topology), "--check", "hangs", cwd=tmp_path)
    journal = wait_for(lambda: [path for path in tmp_path.glob("runs/*/journal.jsonl") if "FaultStarted" in path.read_text()], "a fault")[0]
    _kill(process, signal.SIGKILL)
    assert "FaultEnded" not in journal.read_text()
    healed = inv("lab-heal", "-t", LONE)
    assert healed.returncode == 0, healed.stderr
    assert "gw1:bgpd: frozen" in healed.stdout
    assert "as planned, no fault in force" in inv("lab-status", "-t", LONE).stdout
    assert inv("lab-down", "-t", LONE).returncode == 0
    assert leftovers(LONE) == []


def test_ctrl_c_during_a_fault_undoes_the_fault_and_removes_the_lab(topology: Path, tmp_path: Path) -> None:
    process = start_inv("lab-test", "-t", str(topology), "--check", "hangs", cwd=tmp_path)
    wait_for(lambda: any("FaultStarted" in path.read_text() for path in tmp_path.glob("runs/*/journal.jsonl")), "a fault")
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout
    wait_for(lambda: "interrupted" in process.stdout.readline(), "a word that it was heard")
    os.killpg(process.pid, signal.SIGINT)  # changes nothing: nobody clears up but the command
    told, _ = process.communicate()
    assert process.returncode == 130
    assert [line.split()[0] for line in told.splitlines()[-5:]] == ["interrupted", "stopped", "undone", "removed", "journal"]
    assert leftovers(LONE) == []


def test_a_second_command_on_a_held_lab_says_who_holds_it(topology: Path, tmp_path: Path) -> None:
    process = start_inv("lab-up", "-t", str(topology), cwd=tmp_path)
    wait_for(lambda: _containers() >= 2, "two nodes")
    os.killpg(process.pid, signal.SIGSTOP)  # the first must not end before the second has begun
    second = inv("lab-up", "-t", str(topology))
    os.killpg(process.pid, signal.SIGCONT)
    assert second.returncode == 3
    assert "in use by 'lab-up', process" in second.stderr
    process.communicate()
    assert process.returncode == 0
    assert inv("lab-down", "-t", LONE).returncode == 0
