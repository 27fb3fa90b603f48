"""Carry an image to a host without a network: a gzipped tar, as `docker save` writes it. Law: half a file is never loaded."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import docker

from lab.errors import HostError, InputError, Problem
from lab.model.progress import Preparing, Say
from lab.runtime.docker.border import translated
from lab.runtime.docker.image import MONITOR, NODE, image_tag

_MEBIBYTE = 2**20
_FAST = 1
"""The level of compression. Higher ones take minutes, and save a tenth."""


def save_image(client: docker.DockerClient, tag: str, file: Path, say: Say) -> None:
    """Write an image of this host to a file. If that fails, or we are interrupted, no file remains, and an old one is as it was.

    Raises InputError if there is something else than a file at this place, such as a device.
    """
    if file.exists() and not file.is_file():
        raise _refusal(file, "this is not a file (give the path of a file)")
    fresh = file.with_name(f"{file.name}.new")
    try:
        with translated(f"image {tag}"):
            size = client.images.get(tag).attrs["Size"] // _MEBIBYTE
            chunks = client.images.get(tag).save(named=tag)
            _write(fresh, _told(chunks, size, say))
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def load_image(client: docker.DockerClient, file: Path, say: Say) -> str:
    """Load an image from a file, and return its tag.

    Raises InputError if the file has no image of this version of Failover Lab, or is not whole. Then nothing is loaded.
    """
    tag = _tag_in(file, say)
    say(Preparing(what="loading the image", words=tag))
    with translated(f"image {tag}"), file.open("rb") as packed:
        client.images.load(packed)
    return tag


def _write(file: Path, chunks: Iterable[bytes]) -> None:
    try:
        with file.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_FAST, mtime=0) as packed:
            for chunk in chunks:
                packed.write(chunk)
    except OSError as error:
        raise HostError(f"{file}: the image cannot be written: {error.strerror} (choose another place; it needs about 150 MB)") from error


def _told(chunks: Iterable[bytes], size: int, say: Say) -> Iterator[bytes]:
    done = 0
    for chunk in chunks:
        done += len(chunk)
        say(Preparing(what="MB of the image", done=min(done // _MEBIBYTE, size), of=size))
        yield chunk


def _tag_in(file: Path, say: Say) -> str:
    """The tag of the image in a file. The file is read to its end, so its checksum is compared, too."""
    say(Preparing(what="reading the image", words=str(file)))
    known = [image_tag(recipe) for recipe in (NODE, MONITOR)]
    try:
        with gzip.open(file) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                manifests = (archive.extractfile(member) for member in archive if member.name == "manifest.json")
                written = [json.load(content) for content in manifests if content]
            while packed.read(_MEBIBYTE):  # the checksum is at the end
                pass
        (image,) = written[0]
        tags = [str(tag) for tag in image["RepoTags"]]
    except FileNotFoundError:
        raise _refusal(file, "there is no such file (write one with image-save)") from None
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, LookupError, TypeError) as error:
        raise _refusal(file, f"this is not a whole file of image-save: {type(error).__name__} (write it again, or copy it again)") from None
    found = next((tag for tag in tags if tag in known), None)
    if found is None:
        names = ", ".join(tags)[:100] or "an image without a name"
        raise _refusal(file, f"found {names}, expected {' or '.join(known)} (write the file with this version of Failover Lab)")
    return found


def _refusal(file: Path, message: str) -> InputError:
    return InputError([Problem(place=str(file), message=message)])
