"""The base image of the node image. It is pulled from a registry, or made here with debootstrap under the same tag."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
from docker.errors import ImageNotFound

from lab.errors import HostError
from lab.model.progress import Preparing, Say
from lab.runtime.docker.border import translated
from lab.runtime.docker.sources import debian_mirror
from lab.runtime.host.apt import Installer
from lab.runtime.host.command import run

SUITE = "trixie"
BASE = f"debian:{SUITE}-slim"
MADE_HERE = "failover-lab.base"
"""The label of a base image that was made on this host. Its value is the mirror that the packages came from."""

_DEFAULT_MIRROR = "http://deb.debian.org/debian"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_PULL_PATIENCE_SECONDS = 15
_WORK = Path("/var/tmp")  # noqa: S108 - mkdtemp below; /tmp is often mounted nodev, which debootstrap refuses
_PREFIX = "failover-lab-base-"
_LEFT_OUT = ("proc/*", "sys/*", "dev/*", "run/*", "var/cache/apt/*", "var/lib/apt/lists/*", "usr/share/doc/*", "usr/share/man/*")


def has_image(client: docker.DockerClient, tag: str) -> bool:
    """Whether the engine has this image."""
    with translated(f"image {tag}"):
        try:
            client.images.get(tag)
        except ImageNotFound:
            return False
        return True


def ensure_base(client: docker.DockerClient, installer: Installer, say: Say) -> None:
    """Make sure that the base image exists: find it, pull it, or make it. Raises HostError if all fail."""
    if has_image(client, BASE):
        return
    try:
        _pull(client, say)
    except HostError as error:
        say(f"{error}; making {BASE} from Debian's packages instead (takes about a minute)")
        _make(client, installer, say)


def _pull(client: docker.DockerClient, say: Say) -> None:
    """Pull the image. A registry that sends nothing for 15 s counts as unreachable."""
    say(f"pulling {BASE}")
    say(Preparing(what=f"pulling {BASE}"))
    patience, client.api.timeout = client.api.timeout, _PULL_PATIENCE_SECONDS
    try:
        with translated(f"pulling {BASE}", "a registry is not necessary, it only saves time"):
            client.images.pull(BASE)
    finally:
        client.api.timeout = patience


def _make(client: docker.DockerClient, installer: Installer, say: Say) -> None:
    """Make the image with debootstrap. Packages come from the host's own mirror if that is a Debian mirror."""
    missing = [
        name for name, there in (("debootstrap", shutil.which("debootstrap")), ("debian-archive-keyring", _KEYRING.exists())) if not there
    ]
    if missing:
        installer.install(missing, f"to make {BASE} without a registry", say)
    mirror = debian_mirror() or _DEFAULT_MIRROR
    say(Preparing(what=f"making {BASE}"))
    with _work_directory() as root:
        try:
            _bootstrap(root, mirror)
        except HostError as error:  # the host's own mirror may lack our Debian release
            if mirror == _DEFAULT_MIRROR:
                raise
            say(f"{error}; trying {_DEFAULT_MIRROR}")
            mirror = _DEFAULT_MIRROR
            _bootstrap(root, mirror)
        _import(client, root, mirror)
    say(f"made {BASE} from {mirror}")


def _bootstrap(root: Path, mirror: str) -> None:
    """Install Debian into the directory. debootstrap runs in namespaces of its own, so its processes and mounts end if we are killed."""
    shutil.rmtree(root, ignore_errors=True)
    alone = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    debootstrap = ["debootstrap", "--variant=minbase", "--force-check-gpg", f"--keyring={_KEYRING}", SUITE, str(root), mirror]
    way_out = f"or else run docker save {BASE} on a host with a registry, and docker load here"
    run([*alone, *debootstrap], way_out, name=f"debootstrap {SUITE} from {mirror}")


def _import(client: docker.DockerClient, root: Path, mirror: str) -> None:
    """Make an image of one layer from the directory."""
    tar = ["tar", "--create", "--numeric-owner", *(f"--exclude=./{pattern}" for pattern in _LEFT_OUT), f"--directory={root}", "."]
    repository, _, tag = BASE.partition(":")
    changes = [f"LABEL {MADE_HERE}={mirror}", 'CMD ["bash"]']
    with translated(f"importing {BASE}"), subprocess.Popen(tar, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        client.api.import_image_from_stream(process.stdout, repository, tag, changes)
    if process.returncode != 0:
        with translated(f"removing half an image {BASE}"):
            client.images.remove(BASE)
        raise HostError(f"the command 'tar' failed with status {process.returncode} on {root} (is the disk full?)")


@contextmanager
def _work_directory() -> Iterator[Path]:
    """A private directory that is removed after the block.

    A directory that a killed command has left is removed, too: only one command at a time makes the image.
    """
    for stale in _WORK.glob(f"{_PREFIX}*"):
        shutil.rmtree(stale, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=_WORK) as directory:
        yield Path(directory) / "root"
