"""Where Docker's engine listens, and whether what answers there can run a lab: containers whose namespaces this host can enter."""

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
_THREADS = 32  # connections kept open: as many as ever start containers side by side
_USE_LOCAL = f"unset DOCKER_HOST, and {COMMAND} uses or starts the engine of this host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """One engine by its socket, and what is needed to start it where nothing listens.

    `dockerd` is the program, `arguments` are options beyond ours, `log` takes its output; `systemd` exists where
    systemd runs; `locks` is where those who would start it wait for each other.
    An engine somebody named in DOCKER_HOST is theirs: `startable` is false.
    """

    socket: Path = DEFAULT_SOCKET
    startable: bool = True
    dockerd: str = "dockerd"
    arguments: tuple[str, ...] = ()
    log: Path = Path("/var/log/failover-lab-dockerd.log")
    systemd: Path = Path("/run/systemd/system")
    locks: Path = LOCKS


def engine_from(environ: Mapping[str, str]) -> Engine:
    """The engine that DOCKER_HOST names, else that of this host; HostError if it names one on another host."""
    named = environ.get("DOCKER_HOST")
    if not named:
        return Engine()
    scheme, _, path = named.partition("://")
    if scheme != "unix":
        raise HostError(f"DOCKER_HOST={named}: an engine beyond a network, one of this host was expected ({_USE_LOCAL})")
    return Engine(socket=Path(path), startable=Path(path).resolve() == DEFAULT_SOCKET.resolve())


def listener(engine: Engine) -> int | None:
    """The process id of who listens on the socket, 0 if it lives in a namespace we cannot see, None if nobody listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        try:
            client.connect(str(engine.socket))
        except PermissionError as error:
            raise HostError(f"{engine.socket}: user {os.geteuid()} may not use it, root was expected ({as_root()} ...)") from error
        except OSError:
            return None
        process, _, _ = struct.unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
        return int(process)


def connect(engine: Engine, timeout: int = 60) -> docker.DockerClient:
    """A client of a listening engine, safe for threads; no answer is waited for longer than `timeout` seconds."""
    with translated(f"Docker at {engine.socket}"):
        return docker.DockerClient(base_url=f"unix://{engine.socket}", timeout=timeout, max_pool_size=_THREADS)


def unfit(info: Mapping[str, Any], listener_pid: int | None, kernel: str) -> str | None:
    """Why the namespaces of this engine's containers are out of reach, with the way out, or None if they are not.

    `info` is the answer to `docker info`, `kernel` the release of the kernel we run on.
    """
    options = {field for option in info.get("SecurityOptions") or () for field in option.split(",")}
    if "Docker Desktop" in info.get("OperatingSystem", ""):
        return f"Docker Desktop runs containers in a virtual machine (run {COMMAND} in a Linux of its own, with its own Docker engine)"
    if "name=rootless" in options:
        return f"a rootless engine keeps containers in a user namespace (stop it, or {_USE_LOCAL})"
    if "name=userns" in options:
        return "userns-remap keeps containers in a user namespace (remove it from /etc/docker/daemon.json and restart Docker)"
    if info.get("KernelVersion", kernel) != kernel:
        return f"it runs on kernel {info['KernelVersion']}, another machine than this one with {kernel} ({_USE_LOCAL})"
    if listener_pid == 0:
        return f"it runs outside of the container we are in (run {COMMAND} on the host, or add --pid=host to this container)"
    return None
