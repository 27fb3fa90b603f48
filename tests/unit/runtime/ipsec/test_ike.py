"""The connection to a charon: without an answer, or after an interruption, nothing waits for ever."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lab.errors import NodeError
from lab.runtime.ipsec.ike import speaking_at

CONFIRM, EVENT = 5, 7


def _packet(payload: bytes) -> bytes:
    return struct.pack("!I", len(payload)) + payload


@contextmanager
def _charon(path: Path, *answers: bytes) -> Iterator[None]:
    """A fake charon that answers each request with the next of these, then is silent. The connection stays open."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()

        def answer() -> None:
            line, _ = door.accept()
            with line:
                for each in answers:
                    line.recv(4096)
                    line.sendall(each)
                while line.recv(4096):
                    pass

        thread = threading.Thread(target=answer)
        thread.start()
        yield
        thread.join()


def test_an_answer_that_never_ends_is_an_error(tmp_path: Path) -> None:
    half = struct.pack("!I", 1000) + bytes([CONFIRM])
    with (
        _charon(tmp_path / "vici", half),
        pytest.raises(NodeError, match="charon of tunnel vpn1-1 gave an unexpected answer"),
        speaking_at(tmp_path / "vici", "vpn1-1") as session,
    ):
        list(session.list_conns())


def test_an_interrupt_in_the_middle_of_an_answer_ends_the_command(tmp_path: Path) -> None:
    """The rest of the answer looks like the start of another one that is much longer than the data."""
    event = _packet(bytes([EVENT, 9]) + b"list-conn")
    left = struct.pack("!I", 1000) + b"rest"
    with _charon(tmp_path / "vici", _packet(bytes([CONFIRM])), event + left), pytest.raises(KeyboardInterrupt):
        _ended_in_mid_answer(tmp_path / "vici")


def _ended_in_mid_answer(path: Path) -> None:
    with speaking_at(path, "vpn1-1") as session:
        answers = session.list_conns()
        next(answers)
        answers.throw(KeyboardInterrupt)
