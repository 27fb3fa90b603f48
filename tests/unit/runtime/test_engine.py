"""Which engine is used, how it is started, and why one is refused. Runs without Docker."""

import os
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from lab.errors import HostError
from lab.runtime.docker.connection import DEFAULT_SOCKET, Engine, engine_from, listener, unfit
from lab.runtime.docker.daemon import UNTOUCHED_HOST, command_line, start_engine
from lab.runtime.host.apt import Installer

KERNEL = "6.12.0"
NOTHING_MAY_BE_INSTALLED = Installer(refusal="only root can install it")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(
        socket=tmp_path / "docker.sock",
        dockerd=str(tmp_path / "dockerd"),
        log=tmp_path / "dockerd.log",
        systemd=tmp_path / "systemd",
        locks=tmp_path,
    )


@pytest.fixture
def said() -> list[str]:
    return []


def write_program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_without_docker_host_the_default_socket_is_used() -> None:
    assert engine_from({}) == Engine(socket=DEFAULT_SOCKET, startable=True)


def test_an_engine_named_in_docker_host_is_used_but_never_started() -> None:
    assert engine_from({"DOCKER_HOST": "unix:///srv/docker.sock"}) == Engine(socket=Path("/srv/docker.sock"), startable=False)


@pytest.mark.parametrize("url", ["tcp://192.0.2.1:2376", "ssh://lab@192.0.2.1"])
def test_an_engine_on_another_host_is_refused_with_the_way_out(url: str) -> None:
    with pytest.raises(HostError, match=r"on another host.*\(unset DOCKER_HOST"):
        engine_from({"DOCKER_HOST": url})


def test_without_a_socket_nothing_listens(engine: Engine) -> None:
    assert listener(engine) is None


def test_the_listener_is_known_by_its_process(engine: Engine) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(engine.socket))
        server.listen()
        assert listener(engine) == os.getpid()


@pytest.mark.parametrize(
    ("info", "process", "words"),
    [
        ({"OperatingSystem": "Docker Desktop"}, 1, "virtual machine"),
        ({"SecurityOptions": ["name=seccomp,profile=default", "name=rootless"]}, 1, "rootless"),
        ({"SecurityOptions": ["name=userns"]}, 1, "userns-remap"),
        ({"KernelVersion": "6.1.0-linuxkit"}, 1, "another machine"),
        ({"KernelVersion": KERNEL}, 0, "outside of this container"),
    ],
)
def test_an_engine_whose_namespaces_are_out_of_reach_is_refused(info: Mapping[str, Any], process: int, words: str) -> None:
    reason = unfit(info, process, KERNEL)
    assert reason is not None
    assert words in reason
    assert reason.endswith(")"), "a reason ends with the way out"


def test_an_engine_of_this_host_is_fit() -> None:
    info = {"OperatingSystem": "Debian", "SecurityOptions": ["name=seccomp,profile=default"], "KernelVersion": KERNEL}
    assert unfit(info, 4711, KERNEL) is None


def test_our_own_dockerd_leaves_the_host_untouched_and_the_default_socket_unnamed() -> None:
    assert command_line(Engine(), "/usr/sbin/dockerd") == ("/usr/sbin/dockerd", *UNTOUCHED_HOST)


def test_our_own_dockerd_is_told_another_socket(engine: Engine) -> None:
    assert f"--host=unix://{engine.socket}" in command_line(engine, "dockerd")


def test_an_engine_named_by_the_user_is_not_started(said: list[str]) -> None:
    engine = Engine(socket=Path("/nowhere/docker.sock"), startable=False)
    with pytest.raises(HostError, match=r"no container engine answers.*\(start it, or unset DOCKER_HOST\)"):
        start_engine(engine, NOTHING_MAY_BE_INSTALLED, said.append)


def test_a_missing_engine_that_may_not_be_installed_is_an_error(engine: Engine, said: list[str]) -> None:
    with pytest.raises(HostError, match=r"docker\.io is not installed.*only root.*\(try: sudo apt-get install docker\.io\)"):
        start_engine(engine, NOTHING_MAY_BE_INSTALLED, said.append)
    assert said == []


def test_a_missing_engine_is_installed_before_it_is_started(engine: Engine, said: list[str]) -> None:
    def install(command: Sequence[str], _way_out: str, _variables: Mapping[str, str]) -> str:
        write_program(Path(engine.dockerd), "echo no graph driver; exit 1")
        return " ".join(command)

    with pytest.raises(HostError, match="no graph driver"):
        start_engine(engine, Installer(refusal=None, run=install, locks=engine.locks), said.append)
    assert [line.split()[0] for line in said if isinstance(line, str)] == ["installing", "starting"]


def test_an_engine_that_ends_at_once_is_an_error_with_the_end_of_its_log(engine: Engine, said: list[str]) -> None:
    write_program(Path(engine.dockerd), "echo cgroups: cannot find devices; exit 7")
    with pytest.raises(HostError, match=r"status 7[^\n]*\n    cgroups: cannot find devices"):
        start_engine(engine, NOTHING_MAY_BE_INSTALLED, said.append)


def test_where_systemd_runs_it_starts_the_engine(engine: Engine, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.systemd.mkdir()
    write_program(Path(engine.dockerd), "exit 9")
    write_program(tmp_path / "systemctl", 'echo "cannot $*: unit is masked"; exit 1')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(HostError, match="cannot start docker: unit is masked"):
        start_engine(engine, NOTHING_MAY_BE_INSTALLED, said.append)


def test_an_engine_that_somebody_started_meanwhile_is_left_alone(engine: Engine, said: list[str]) -> None:
    write_program(Path(engine.dockerd), "exit 1")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(engine.socket))
        server.listen()
        start_engine(engine, NOTHING_MAY_BE_INSTALLED, said.append)
    assert said == []
