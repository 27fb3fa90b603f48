"""The engine a lab runs on: found, or started, or installed; and refused where its containers are out of this host's reach."""

import os
import platform
from collections.abc import Callable

import docker

from lab.errors import HostError
from lab.runtime.docker.border import translated
from lab.runtime.docker.connection import Engine, connect, engine_from, listener, unfit
from lab.runtime.docker.daemon import start_engine
from lab.runtime.host.apt import installer
from lab.runtime.host.prerequisites import MOUNTS, require_cgroup, require_root, require_tun


def ready_engine(say: Callable[[str], None], engine: Engine | None = None) -> docker.DockerClient:
    """A client of an engine that can run labs here, by default the one DOCKER_HOST names or this host's own.

    What is missing is started or installed, and `say` is told a line before each. Raises HostError with the way out.
    """
    require_root(os.geteuid())
    engine = engine or engine_from(os.environ)
    require_cgroup(MOUNTS.read_text())
    require_tun()
    if listener(engine) is None:
        start_engine(engine, installer(), say)
    client = connect(engine)
    with translated(f"Docker at {engine.socket}"):
        info = client.info()
    reason = unfit(info, listener(engine), platform.release())
    if reason is not None:
        raise HostError(f"Docker at {engine.socket}: {reason}")
    return client


def running_engine() -> docker.DockerClient | None:
    """A client of the engine if one answers; None where none does, and then no lab runs. Starts and installs nothing."""
    require_root(os.geteuid())
    engine = engine_from(os.environ)
    return None if listener(engine) is None else connect(engine)
