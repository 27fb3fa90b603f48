"""FRR's control sockets: questions and answers over a real local socket. The test plays the daemon."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lab.errors import NodeError
from lab.runtime.frr import vty


@contextmanager
def _daemon(*answers: list[bytes]) -> Iterator[tuple[socket.socket, list[bytes]]]:
    """A line to a fake daemon. It answers each question with these pieces, then closes. Also returns the questions."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    asked: list[bytes] = []

    def serve() -> None:
        with theirs:
            for pieces in answers:
                asked.append(_question(theirs))
                for piece in pieces:
                    theirs.sendall(piece)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with ours:
            ours.settimeout(10)
            yield ours, asked
    finally:
        thread.join()


def _question(line: socket.socket) -> bytes:
    data = piece = line.recv(1)
    while piece and not data.endswith(b"\0"):
        piece = line.recv(1)
        data += piece
    return data


def test_an_answer_ends_with_three_nuls_and_a_status() -> None:
    with _daemon([b'{"a": 1}\n\0\0\0\0']) as (line, asked):
        assert vty.converse(line, ["show bgp summary json"]) == '{"a": 1}\n'
    assert asked == [b"show bgp summary json\0"]


def test_the_answer_to_the_last_of_several_commands_is_given() -> None:
    with _daemon([b"\0\0\0\0"], [b"first\0\0\0\x01"], [b"second\0\0\0\0"]) as (line, asked):
        assert vty.converse(line, ["enable", "one", "two"]) == "second"
    assert asked == [b"enable\0", b"one\0", b"two\0"]


@pytest.mark.parametrize("status", [b"\0", b"\x01", b"\x0d"])
def test_an_answer_may_come_in_any_pieces(status: bytes) -> None:
    whole = "lines\n→ neighbor\n".encode() + b"\0\0\0" + status
    for size in (1, 2, 3, 5):
        with _daemon([whole[start : start + size] for start in range(0, len(whole), size)]) as (line, _):
            assert vty.converse(line, ["show"]) == "lines\n→ neighbor\n"


def test_a_long_answer_is_read_completely() -> None:
    text = b"x" * 300_000
    with _daemon([text, b"\0\0\0\0"]) as (line, _):
        assert len(vty.converse(line, ["show"])) == len(text)


def test_a_daemon_that_closes_in_the_middle_of_an_answer_is_an_error() -> None:
    with (
        _daemon([b"half an ans"]) as (line, _),
        pytest.raises(ConnectionError, match="it closed the socket before its answer was complete"),
    ):
        vty.converse(line, ["show"])


def test_no_commands_have_no_answer() -> None:
    with _daemon() as (line, _):
        assert vty.converse(line, []) == ""


def test_configuration_is_given_line_by_line_without_objection() -> None:
    with _daemon(*[[b"\0\0\0\0"]] * 4) as (line, asked):
        assert vty.instruct(line, ["router bgp 65001", "end"]) == ""
    assert asked == [b"enable\0", b"configure terminal\0", b"router bgp 65001\0", b"end\0"]


def test_every_objection_is_reported_and_the_other_lines_are_still_given() -> None:
    fine = [b"\0\0\0\0"]
    with _daemon(fine, fine, [b"% Unknown command\n\0\0\0\x02"], fine, [b"\0\0\0\x01"]) as (line, asked):
        assert vty.instruct(line, ["rooter bgp", "exit", "nothing"]) == "rooter bgp: % Unknown command; nothing: code 1"
    assert len(asked) == 5


def test_a_missing_daemon_takes_no_configuration() -> None:
    with pytest.raises(NodeError, match=r"^nobodyd does not answer on its control socket \("):
        vty.configure(os.getpid(), "nobodyd", ["end"])


def test_a_missing_daemon_is_a_node_error() -> None:
    with pytest.raises(NodeError, match=r"^nobodyd does not answer on its control socket \("):
        vty.ask(os.getpid(), "nobodyd", "show version json")
