"""Our images: one for all nodes, one for monitors. Each is built once for each content of its source files.

The labels of an image have the versions of the programs that reports name.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import docker

from lab.errors import HostError
from lab.model.progress import Preparing, Say, unheard
from lab.program import IMAGES
from lab.runtime.docker.base import ensure_base, has_image
from lab.runtime.docker.border import translated
from lab.runtime.docker.sources import paragraphs
from lab.runtime.host.apt import installer
from lab.runtime.host.command import tail
from lab.runtime.host.turn import one_at_a_time

_VERSION_LABEL = "failover-lab.version."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to build an image: the name of its repository and of its kind, and the folder with its source files.

    `versioned` are pairs: a name in reports, and the Debian package whose version it is.
    """

    name: str
    sources: Path
    versioned: tuple[tuple[str, str], ...]

    @property
    def repository(self) -> str:
        """The image's name without its tag."""
        return f"failover-lab/{self.name}"


NODE = Recipe(name="node", sources=IMAGES / "node", versioned=(("frr", "frr"), ("strongswan", "charon-systemd")))
MONITOR = Recipe(
    name="monitor", sources=IMAGES / "monitor", versioned=(("prometheus", "prometheus"), ("alertmanager", "prometheus-alertmanager"))
)

_PACKAGES = "/var/lib/dpkg/status"
_STEP = re.compile(r"Step (\d+)/(\d+) : (.+)")
_STEP_WIDTH = 100
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def ready_image(client: docker.DockerClient, say: Say, recipe: Recipe = NODE) -> str:
    """The tag of the image. Builds it if this host does not have it. Raises HostError if that fails."""
    tag = image_tag(recipe)
    if has_image(client, tag):
        return tag
    with one_at_a_time("image"):
        if not has_image(client, tag):
            ensure_base(client, installer(), say)
            say(f"building {tag}")
            _build(client, recipe, tag, say)
    return tag


def image_tag(recipe: Recipe = NODE) -> str:
    """The tag of the image that is built from a recipe.

    It depends on the names, contents and executable bits of its files, not on dates or owners.
    """
    digest = hashlib.sha256()
    for path in sorted(each for each in recipe.sources.iterdir() if each.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{os.access(path, os.X_OK)}\0{len(content)}\0".encode() + content)
    return f"{recipe.repository}:{digest.hexdigest()[:12]}"


def image_versions(client: docker.DockerClient, image: str, recipe: Recipe = NODE) -> tuple[tuple[str, str], ...]:
    """The versions in an image: (("node", its tag), ("frr", "10.3-..."), ("strongswan", "6.0.1-..."))."""
    with translated(f"image {image}"):
        labels = client.images.get(image).labels
    versions = ((name, labels[_VERSION_LABEL + name]) for name, _ in recipe.versioned if _VERSION_LABEL + name in labels)
    return (recipe.name, image), *versions


def _build(client: docker.DockerClient, recipe: Recipe, tag: str, say: Say) -> None:
    """Build the image, read its versions, then build it again with labels and tag. The second build comes from Docker's cache."""
    with translated(f"building {tag}"):
        unnamed = _built(client, recipe, say)
        labels = {_VERSION_LABEL + name: version for name, version in _installed(client, unnamed, recipe)}
        _built(client, recipe, unheard, tag, labels)


def _built(client: docker.DockerClient, recipe: Recipe, say: Say, tag: str | None = None, labels: Mapping[str, str] | None = None) -> str:
    """Build the image once, with the host's network and proxies. Show each step. Return the id of the image."""
    proxies = {name: os.environ[name] for name in _PROXIES if name in os.environ}
    messages = client.api.build(
        str(recipe.sources), tag, network_mode="host", rm=True, forcerm=True, decode=True, buildargs=proxies, labels=dict(labels or {})
    )
    image, printed = "", ""
    for message in messages:
        text = message.get("stream", "")
        printed += text
        if "error" in message:
            raise HostError(
                f"image {recipe.repository} cannot be built: {message['error'].strip()} "
                f"(does this host reach Debian's mirrors?)\n{tail(printed)}"
            )
        if step := _STEP.match(text):
            say(Preparing(what=f"{recipe.name} image: step", done=int(step[1]) - 1, of=int(step[2]), words=step[3].strip()[:_STEP_WIDTH]))
        image = message.get("aux", {}).get("ID", image)
    return image


def _installed(client: docker.DockerClient, image: str, recipe: Recipe) -> Iterator[tuple[str, str]]:
    """The versions of programs in an image, for reports. They are read without running the image."""
    container = client.api.create_container(image, command=["true"])["Id"]
    try:
        chunks, _ = client.api.get_archive(container, _PACKAGES)
        with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
            file = archive.extractfile(Path(_PACKAGES).name)
            status = file.read().decode() if file else ""
    finally:
        client.api.remove_container(container, force=True)
    packages = {fields.get("Package"): fields.get("Version", "") for fields in map(dict, paragraphs(status))}
    return ((name, packages[package]) for name, package in recipe.versioned if package in packages)
