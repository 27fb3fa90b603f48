"""Find, start or install a Docker engine for labs. An engine whose containers this host cannot enter is refused."""

import os
import platform

import docker

from lab.errors import HostError
from lab.model.progress import Say
from lab.runtime.docker.border import translated
from lab.runtime.docker.connection import Engine, connect, engine_from, listener, unfit
from lab.runtime.docker.daemon import start_engine
from lab.runtime.host.apt import installer
from lab.runtime.host.prerequisites import MOUNTS, require_cgroup, require_root, require_tun


def ready_engine(say: Say, engine: Engine | None = None) -> docker.DockerClient:
    """A client of an engine that can run labs. Default: the engine of DOCKER_HOST, or this host's own.

    Installs or starts the engine if necessary, and says so before. Raises HostError if that is not possible.
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
    """A client of the engine that runs. None if no engine runs (then no lab runs, either). This starts and installs nothing."""
    require_root(os.geteuid())
    engine = engine_from(os.environ)
    return None if listener(engine) is None else connect(engine)
