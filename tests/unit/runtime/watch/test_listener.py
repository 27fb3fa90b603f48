"""The listener as a real process: it stamps and writes every datagram, and ends with its parent."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from lab.model.evidence import TimelineEvent
from lab.runtime.programs import Programs
from lab.runtime.programs.stamps import SO_TIMESTAMPNS
from lab.runtime.watch.hearing import Ear
from lab.runtime.watch.watching import Reader
from lab.runtime.watch.wire import TOLD
from tests.shipped import ROOT

PATIENCE_SECONDS = 30.0
MODULE = "lab.runtime.watch.listener"


@pytest.fixture
def programs() -> Iterator[Programs]:
    running = Programs()
    yield running
    running.close()


class Echo:
    """Passes datagrams on unchanged."""

    def hear(self, data: bytes, at: float) -> Iterator[TimelineEvent]:
        yield TimelineEvent(at=at, node="here", source="bgp", what=data.decode())


def _pair(*, stamped: bool) -> tuple[socket.socket, socket.socket]:
    far, near = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    if stamped:
        near.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    return far, near


def test_every_datagram_is_recorded_with_its_line_and_an_instant(programs: Programs) -> None:
    pairs = [_pair(stamped=True), _pair(stamped=False)]
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    ears: list[Ear] = [Echo(), Echo()]
    begin = time.time()
    for number, (far, _) in enumerate(pairs):
        far.send(b"first of %d" % number)
    order = {"lines": [{"descriptor": near.fileno()} for _, near in pairs]}
    programs.start(MODULE, order, [near for _, near in pairs], Reader(ears, told.put).take)
    programs.read()
    heard = [told.get(timeout=PATIENCE_SECONDS) for _ in pairs]
    for far, _ in pairs:
        far.send(b"last")
        far.close()
    programs.close()
    heard += [told.get_nowait() for _ in pairs]
    assert sorted(event.what for event in heard) == ["first of 0", "first of 1", "last", "last"]
    assert all(begin <= event.at <= time.time() for event in heard)


def test_a_record_in_pieces_is_passed_on_when_it_is_complete() -> None:
    told: list[TimelineEvent] = []
    reader = Reader([Echo()], told.append)
    record = TOLD.pack(0, 5, 1_500_000_000) + b"hello"
    for byte in record + record:
        reader.take(bytes([byte]))
    assert [(event.at, event.what) for event in told] == [(1.5, "hello"), (1.5, "hello")]


def test_a_logging_daemon_never_waits_for_an_owner_that_does_not_read() -> None:
    far, near = _pair(stamped=True)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    far.settimeout(PATIENCE_SECONDS)
    with subprocess.Popen([sys.executable, "-m", MODULE], **pipes, pass_fds=[near.fileno()], cwd=ROOT) as program, far, near:
        program.stdin.write(json.dumps({"lines": [{"descriptor": near.fileno()}]}).encode() + b"\n")
        program.stdin.flush()
        for _ in range(1000):
            far.send(bytes(1000))  # a megabyte in total; the pipe holds 64 KiB
        program.stdin.close()
        assert len(program.stdout.read()) == 1000 * (1000 + TOLD.size)


def test_a_listener_whose_owner_was_killed_ends_without_a_message() -> None:
    far, near = _pair(stamped=True)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", MODULE], **pipes, pass_fds=[near.fileno()], cwd=ROOT) as program, far, near:
        program.stdin.write(json.dumps({"lines": [{"descriptor": near.fileno()}]}).encode() + b"\n")
        program.stdin.flush()
        program.stdout.close()
        program.stdin.close()
        far.send(b"the owner is dead")
        assert (program.stderr.read(), program.wait(PATIENCE_SECONDS)) == (b"", 0)
