"""An image is carried whole or not at all, and only to the version of Failover Lab that it belongs to."""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.errors import HostError, InputError
from lab.model.progress import Preparing, Told
from lab.runtime.docker.carry import load_image, save_image
from lab.runtime.docker.image import image_tag

TAG = image_tag()


def _packed(*tags: str) -> bytes:
    """A tar as `docker save` writes it."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, content in (("layer", bytes(5000)), ("manifest.json", json.dumps([{"RepoTags": tags}]).encode())):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return raw.getvalue()


class _Docker:
    """An engine with one image."""

    def __init__(self, packed: bytes, dies_after: int | None = None) -> None:
        self.images = self
        self.attrs = {"Size": 3 * 2**20}
        self.loaded: list[bytes] = []
        self._packed = packed
        self._dies_after = dies_after

    def get(self, _: str) -> "_Docker":
        return self

    def save(self, named: str) -> Iterator[bytes]:
        assert named == TAG
        for begin in range(0, len(self._packed), 1000):
            if self._dies_after is not None and begin > self._dies_after:
                raise ConnectionError("the engine ended")
            yield self._packed[begin : begin + 1000]

    def load(self, file: io.BytesIO) -> None:
        self.loaded.append(file.read())


def test_an_image_that_was_saved_can_be_loaded(tmp_path: Path) -> None:
    docker, said = _Docker(_packed("other:1", TAG)), list[Told]()
    save_image(docker, TAG, tmp_path / "node.tar.gz", said.append)  # type: ignore[arg-type]
    assert load_image(docker, tmp_path / "node.tar.gz", said.append) == TAG  # type: ignore[arg-type]
    assert docker.loaded == [(tmp_path / "node.tar.gz").read_bytes()]
    assert any(isinstance(each, Preparing) and each.of == 3 for each in said)


def test_an_engine_that_ends_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    (tmp_path / "node.tar.gz").write_text("old")
    with pytest.raises(HostError):
        save_image(_Docker(_packed(TAG), dies_after=2000), TAG, tmp_path / "node.tar.gz", print)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["node.tar.gz"]
    assert (tmp_path / "node.tar.gz").read_text() == "old"


def test_no_device_is_replaced_by_a_file() -> None:
    with pytest.raises(InputError, match="this is not a file"):
        save_image(_Docker(_packed(TAG)), TAG, Path("/dev/null"), print)  # type: ignore[arg-type]


def test_a_file_that_is_not_whole_or_of_another_version_is_never_loaded(tmp_path: Path) -> None:
    docker, file = _Docker(_packed(TAG)), tmp_path / "node.tar.gz"
    save_image(docker, TAG, file, print)  # type: ignore[arg-type]
    whole = file.read_bytes()
    other = _Docker(_packed("failover-lab/node:000000000000"))
    save_image(other, TAG, tmp_path / "other.tar.gz", print)  # type: ignore[arg-type]
    damaged = bytearray(whole)
    damaged[len(damaged) // 2] ^= 0xFF
    for content, message in (
        (whole[:-20], "not a whole file"),
        (bytes(damaged), "not a whole file"),
        (b"hello", "not a whole file"),
        ((tmp_path / "other.tar.gz").read_bytes(), "found failover-lab/node:000000000000, expected"),
    ):
        file.write_bytes(content)
        with pytest.raises(InputError, match=message):
            load_image(docker, file, print)  # type: ignore[arg-type]
    assert docker.loaded == []


def test_a_file_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_image(_Docker(b""), tmp_path / "none", print)  # type: ignore[arg-type]
