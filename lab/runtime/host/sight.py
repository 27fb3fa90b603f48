"""Collect the facts for `doctor`. Law: this starts, loads and installs nothing."""

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docker

from lab.errors import HostError
from lab.runtime.docker.base import BASE, MADE_HERE
from lab.runtime.docker.border import translated
from lab.runtime.docker.connection import connect, engine_from, listener, unfit
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.daemon import find_dockerd
from lab.runtime.docker.image import image_tag, image_versions
from lab.runtime.host.apt import refusal
from lab.runtime.host.kernel import FeatureSight, kernel_features, read_modules
from lab.runtime.host.prerequisites import MOUNTS, TUN, has_cgroup
from lab.runtime.host.room import available_memory_mib
from lab.runtime.netns.trial import may_try, try_out

_PATIENCE_SECONDS = 1
_DATA = Path("/var/lib/docker")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSight:
    """An image of the engine. `what` is a line about its origin or content."""

    tag: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSight:
    """Docker on this host: its program, version, images and labs. `trouble`: why we cannot use it, None if we can."""

    program: str | None
    version: str | None = None
    trouble: str | None = None
    data: Path = _DATA
    node: ImageSight | None = None
    base: ImageSight | None = None
    labs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSight:
    """All facts about this host. `install_refusal`: why we cannot install packages, None if we can."""

    euid: int
    python: str
    cpus: int
    engine: EngineSight
    install_refusal: str | None
    debootstrap: bool
    tun: bool
    cgroup: bool
    features: tuple[FeatureSight, ...]
    memory_mib: int
    disk_mib: int


def look() -> HostSight:
    """Collect all facts about this host now."""
    engine = _look_at_engine()
    return HostSight(
        euid=os.geteuid(),
        python=platform.python_version(),
        cpus=len(os.sched_getaffinity(0)),
        engine=engine,
        install_refusal=refusal(os.environ, os.geteuid(), shutil.which("apt-get")),
        debootstrap=shutil.which("debootstrap") is not None,
        tun=TUN.exists(),
        cgroup=has_cgroup(MOUNTS.read_text()),
        features=look_at_kernel(),
        memory_mib=available_memory_mib(Path("/proc/meminfo").read_text()),
        disk_mib=_free_mib(engine.data),
    )


def look_at_kernel() -> tuple[FeatureSight, ...]:
    """The features of the kernel. A feature is tried only if we may do so, and if that loads no module."""
    modules = read_modules(platform.release())
    return tuple(kernel_features(modules, try_out if may_try() else None))


def _look_at_engine() -> EngineSight:
    program = None
    try:
        engine = engine_from(os.environ)
        program = find_dockerd(engine)
        process = listener(engine)
        if process is None:
            trouble = (
                None
                if engine.startable
                else f"DOCKER_HOST names {engine.socket}, but no container engine answers there (start it, or unset DOCKER_HOST)"
            )
            return EngineSight(program=program, trouble=trouble)
        client = connect(engine, _PATIENCE_SECONDS)
        with translated(f"Docker at {engine.socket}"):
            info = client.info()
            return EngineSight(
                program=program,
                version=info["ServerVersion"],
                trouble=unfit(info, process, platform.release()),
                data=Path(info["DockerRootDir"]),
                node=next(_look_at_node_image(client), None),
                base=next(_look_at_base_image(client), None),
                labs=tuple(sorted({container.tag.lab for container in Containers(client).of_lab()})),
            )
    except HostError as error:
        return EngineSight(program=program, trouble=str(error))


def _look_at_node_image(client: docker.DockerClient) -> Iterator[ImageSight]:
    tag = image_tag()
    for _ in client.images.list(tag):
        yield ImageSight(tag=tag, what=", ".join(f"{name} {version}" for name, version in image_versions(client, tag)[1:]))


def _look_at_base_image(client: docker.DockerClient) -> Iterator[ImageSight]:
    for image in client.images.list(BASE):
        mirror = image.labels.get(MADE_HERE)
        yield ImageSight(tag=BASE, what=f"made here from {mirror}" if mirror else "from a registry")


def _free_mib(folder: Path) -> int:
    """The free space on the disk of a folder. The folder need not exist yet."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free // (1 << 20)
