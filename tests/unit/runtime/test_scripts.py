"""A script that runs in a node: what the shell in the node tells becomes its end. Docker is a fake, the shell is real."""

import os
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from types import SimpleNamespace

import pytest

from lab.model.script import Script, ScriptEnd
from lab.runtime.docker.scripts import RunningScript
from tests.waiting import wait_for


@dataclass
class FakeDocker:
    """Runs the commands on this host, in place of a node. It gives their output as Docker's stream."""

    environments: list[dict[str, str]] = field(default_factory=list)
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    lines: list[socket.socket] = field(default_factory=list)

    @property
    def api(self) -> "FakeDocker":
        return self

    def exec_create(self, container: str, command: list[str], stdin: bool, environment: dict[str, str]) -> dict[str, str]:
        self.environments.append(environment)
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, **environment})
        self.running.append(process)
        return {"Id": "job"}

    def exec_start(self, job: str, socket: bool) -> SimpleNamespace:
        ours, theirs = _pair()
        self.lines += (ours, theirs)
        Thread(target=_carry, args=(self.running[-1], theirs), daemon=True).start()
        return SimpleNamespace(_sock=ours, close=ours.close)


def _pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair()


def _carry(process: "subprocess.Popen[bytes]", line: socket.socket) -> None:
    """Carry input to a process, and its output back, with Docker's headers."""
    given = b"".join(iter(lambda: line.recv(1 << 16), b""))
    told, wrote = process.communicate(given)
    with suppress(OSError):  # nobody reads any more
        for stream, data in ((2, wrote), (1, told)):
            line.sendall(struct.pack(">BxxxI", stream, len(data)) + data)
    line.close()


@pytest.fixture
def docker() -> Iterator[FakeDocker]:
    fake = FakeDocker()
    yield fake
    for process in fake.running:
        process.kill()
        process.wait()
    for line in fake.lines:
        line.close()


Run = Callable[[str], ScriptEnd]


@pytest.fixture
def run(docker: FakeDocker) -> Run:
    def ended(text: str, timeout: float = 10.0) -> ScriptEnd:
        running = RunningScript(docker, "dc1-r1", "id", Script(name="drain.sh", text=text, timeout=timeout))  # type: ignore[arg-type]
        found = wait_for(running.ended, "the end of the script")
        assert found is running.ended()
        return found

    return ended


def test_its_exit_code_its_duration_and_what_it_wrote_are_told(run: Run, docker: FakeDocker) -> None:
    end = run("#!/bin/sh\necho to output\necho to errors >&2\nexit 3\n")
    assert (end.exit_code, end.wrote) == (3, "to output\nto errors\n")
    assert 0.0 < end.seconds < 5.0
    assert docker.environments == [{"FAILOVER_LAB_SCRIPT": "drain.sh"}]
    assert end.words(Script(name="drain.sh", text="")).endswith(" s: to errors")


def test_a_script_needs_no_first_line(run: Run) -> None:
    assert run("exit 0").exit_code == 0


def test_a_script_that_hangs_is_ended_at_its_deadline(run: Run) -> None:
    script = Script(name="drain.sh", text="trap '' TERM\nwhile :; do sleep 0.1; done\n", timeout=0.2)
    end = run(script.text, script.timeout)
    assert end.exit_code not in {0, None}
    assert end.seconds >= 0.2
    assert end.words(script).startswith("drain.sh did not end within 0.2 s (`timeout` gives it longer), so it was ended")


def test_a_long_script_arrives_whole_and_of_long_output_the_end_is_kept(run: Run) -> None:
    end = run("#" * 60_000 + "\nyes line | head -c 2000000\necho last\n")
    assert (end.exit_code, len(end.wrote), end.wrote.splitlines()[-1]) == (0, 4096, "last")


def test_an_interpreter_that_the_node_lacks_is_an_exit_code_with_words(run: Run) -> None:
    end = run("#!/no/such/interpreter\n")
    assert end.exit_code in {126, 127}
    assert "No such file" in end.wrote


def test_a_shell_that_dies_tells_no_exit_code(docker: FakeDocker) -> None:
    running = RunningScript(docker, "dc1-r1", "id", Script(name="drain.sh", text="sleep 60"))  # type: ignore[arg-type]
    assert running.ended() is None
    docker.running[0].kill()
    end = wait_for(running.ended, "the end of the script")
    assert end.exit_code is None
    assert "told no exit code" in end.words(Script(name="drain.sh", text=""))


def test_a_script_whose_end_nobody_awaits_leaves_no_connection_open(docker: FakeDocker) -> None:
    running = RunningScript(docker, "dc1-r1", "id", Script(name="drain.sh", text="sleep 60"))  # type: ignore[arg-type]
    assert running.ended() is None
    del running
    assert docker.lines[0].fileno() == -1
