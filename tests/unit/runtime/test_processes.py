"""Processes of a node, seen from the host. The tests use real processes, because a node is known by its PID namespace."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.runtime import processes
from tests.waiting import wait_for

SLEEP = shutil.which("sleep") or ""
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a process under another name. It ends with the test."""
    running = []

    def run(name: str, **variables: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([name, "600"], executable=SLEEP, env=variables)
        running.append(process)
        # Popen returns when the old program is gone. The kernel has the new program's arguments a moment later.
        wait_for(lambda: Path(f"/proc/{process.pid}/cmdline").read_bytes(), "its arguments")
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()


def test_a_daemon_is_found_by_its_name_wherever_its_program_lies(start: Start) -> None:
    process = start("/usr/lib/frr/flab-idled")
    assert processes.daemon_pid(os.getpid(), "flab-idled") == process.pid
    assert processes.daemon_pid(os.getpid(), "flab-idle") is None


def test_of_several_charons_the_one_of_the_tunnel_is_found(start: Start) -> None:
    started = {name: start("charon-systemd", STRONGSWAN_CONF=f"/lab/ipsec/{name}/strongswan.conf") for name in ("flab-1", "flab-11")}
    for name, process in started.items():
        assert processes.daemon_pid(os.getpid(), f"charon:{name}") == process.pid
    assert processes.daemon_pid(os.getpid(), "charon:flab-2") is None


def test_a_node_that_is_gone_has_no_daemons(start: Start) -> None:
    start("flab-idled")
    gone = start("flab-gone")
    gone.kill()
    gone.wait()
    assert processes.daemon_pid(gone.pid, "flab-idled") is None


def test_a_dead_process_is_not_a_daemon_even_before_it_is_reaped(start: Start) -> None:
    process = start("flab-idled")
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert Path(f"/proc/{process.pid}").exists()
    assert processes.daemon_pid(os.getpid(), "flab-idled") is None


def test_a_stopped_process_is_told_from_one_that_runs(start: Start) -> None:
    process = start("odd) T (name")
    assert not processes.is_stopped(process.pid)
    processes.signal_process(process.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)
    assert processes.is_stopped(process.pid)
    processes.signal_process(process.pid, signal.SIGCONT)
    os.waitid(os.P_PID, process.pid, os.WCONTINUED)
    assert not processes.is_stopped(process.pid)


def test_a_process_that_is_gone_takes_a_signal_without_complaint(start: Start) -> None:
    process = start("flab-idled")
    process.kill()
    process.wait()
    processes.signal_process(process.pid, signal.SIGTERM)
    assert not processes.is_stopped(process.pid)


def test_a_killed_process_is_dead_when_killing_returns_and_may_be_killed_again(start: Start) -> None:
    process = start("flab-idled")
    processes.kill_process(process.pid)
    assert processes.daemon_pid(os.getpid(), "flab-idled") is None
    assert process.wait() == -signal.SIGKILL
    processes.kill_process(process.pid)


def test_a_script_and_all_that_it_started_is_found_by_its_environment_and_killed(start: Start) -> None:
    started = [start(name, FAILOVER_LAB_SCRIPT="flab-drain.sh") for name in ("flab-idled", "sh")]
    daemon = start("flab-other")
    found = processes.processes_of({"node": os.getpid()})["node"]
    assert {each.pid for each in started} == {pid for pid, name in found.scripts.items() if name == "flab-drain.sh"}
    assert (found.daemons.get("flab-idled"), found.daemons.get("flab-other")) == (None, daemon.pid)
    processes.kill_scripts(os.getpid())
    assert [each.wait() for each in started] == [-signal.SIGKILL] * 2
    assert daemon.poll() is None
    processes.kill_scripts(os.getpid())
