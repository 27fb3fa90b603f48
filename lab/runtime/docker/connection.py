"""Find Docker's engine, and check that this host can enter the namespaces of its containers."""

import os
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker

from lab.errors import HostError
from lab.program import COMMAND, as_root
from lab.runtime.docker.border import translated
from lab.runtime.host.turn import LOCKS

DEFAULT_SOCKET = Path("/var/run/docker.sock")
_THREADS = 32  # kept connections: one for each container that starts at the same time
_USE_LOCAL = f"unset DOCKER_HOST, and {COMMAND} uses or starts the engine of this host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A Docker engine: its socket, and how to start it.

    - `startable`: false for an engine that the user named in DOCKER_HOST
    - `dockerd`, `arguments`: the program and its additional options. `log` gets its output.
    - `systemd`: exists if systemd runs
    - `locks`: the folder of the lock file, so that only one command starts it
    """

    socket: Path = DEFAULT_SOCKET
    startable: bool = True
    dockerd: str = "dockerd"
    arguments: tuple[str, ...] = ()
    log: Path = Path("/var/log/failover-lab-dockerd.log")
    systemd: Path = Path("/run/systemd/system")
    locks: Path = LOCKS


def engine_from(environ: Mapping[str, str]) -> Engine:
    """The engine of DOCKER_HOST, or else this host's engine. Raises HostError if DOCKER_HOST names another host."""
    named = environ.get("DOCKER_HOST")
    if not named:
        return Engine()
    scheme, _, path = named.partition("://")
    if scheme != "unix":
        raise HostError(f"DOCKER_HOST={named}: this container engine is on another host, but a lab needs one on this host ({_USE_LOCAL})")
    return Engine(socket=Path(path), startable=Path(path).resolve() == DEFAULT_SOCKET.resolve())


def listener(engine: Engine) -> int | None:
    """The process id of the program that listens on the engine's socket.

    None if no program listens. 0 if its PID namespace is hidden from us.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(str(engine.socket))
        except PermissionError as error:
            raise HostError(f"user {os.geteuid()} may not use {engine.socket}, but root may (try: {as_root()} ...)") from error
        except OSError:
            return None
        process, _, _ = struct.unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
        return int(process)


def connect(engine: Engine, timeout: int = 60) -> docker.DockerClient:
    """A client of a running engine, safe to use from several threads. It waits at most `timeout` seconds for an answer."""
    with translated(f"Docker at {engine.socket}"):
        return docker.DockerClient(base_url=f"unix://{engine.socket}", timeout=timeout, max_pool_size=_THREADS)


def unfit(info: Mapping[str, Any], listener_pid: int | None, kernel: str) -> str | None:
    """Why we cannot enter the namespaces of this engine's containers, and what to do. None if we can.

    `info` is the answer of `docker info`, `kernel` is the release of our own kernel.
    """
    options = {field for option in info.get("SecurityOptions") or () for field in option.split(",")}
    if "Docker Desktop" in info.get("OperatingSystem", ""):
        return f"Docker Desktop runs containers in a virtual machine (run {COMMAND} on a Linux that has its own Docker engine)"
    if "name=rootless" in options:
        return f"a rootless engine keeps containers in a user namespace (stop it, or {_USE_LOCAL})"
    if "name=userns" in options:
        return "userns-remap keeps containers in a user namespace (remove it from /etc/docker/daemon.json and restart Docker)"
    if info.get("KernelVersion", kernel) != kernel:
        return f"this engine runs on kernel {info['KernelVersion']}, but this host runs {kernel}: it is on another machine ({_USE_LOCAL})"
    if listener_pid == 0:
        return f"this engine runs outside of this container (run {COMMAND} on the host, or add --pid=host to this container)"
    return None
