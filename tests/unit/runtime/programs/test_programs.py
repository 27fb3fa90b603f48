"""The measuring programs as real processes: they read what arrives, and end when their input closes."""

import json
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from queue import SimpleQueue

import pytest

from lab.probes.wire import FIRST_PORT, MAGIC, PAYLOAD, RECEIVED, SENT, TRACE_EVERY, TRACED
from lab.runtime.programs import Programs
from lab.runtime.programs.stamps import SO_TIMESTAMPNS
from tests.shipped import ROOT

PATIENCE_SECONDS = 30.0


@pytest.fixture
def programs() -> Iterator[Programs]:
    running = Programs()
    yield running
    running.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A local socket pair. Its second end has kernel time stamps, like a node's socket."""
    far, near = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    near.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    with far, near:
        yield far, near


def _take(told: "SimpleQueue[bytes]", size: int) -> bytes:
    """This many bytes of a program's output."""
    data = b""
    while len(data) < size:
        data += told.get(timeout=PATIENCE_SECONDS)
    return data


def test_the_receiver_tells_every_probe_with_the_kernels_time_stamp(programs: Programs, pair: tuple[socket.socket, socket.socket]) -> None:
    far, near = pair
    told: SimpleQueue[bytes] = SimpleQueue()
    for payload in (PAYLOAD.pack(MAGIC, 2, 7), b"something else", PAYLOAD.pack(b"NONE", 2, 8), PAYLOAD.pack(MAGIC, 2, 70_000)):
        far.send(payload)
    programs.start("lab.probes.receiver", {"streams": [{"descriptor": near.fileno()}]}, [near], told.put)
    programs.read()
    records = list(RECEIVED.iter_unpack(_take(told, 2 * RECEIVED.size)))
    assert [(stream, sequence) for stream, sequence, _ in records] == [(2, 7), (2, 70_000)]
    assert 0 < records[0][2] <= records[1][2]


def test_the_tracer_tells_sampled_probes_of_its_streams(programs: Programs, pair: tuple[socket.socket, socket.socket]) -> None:
    far, near = pair
    told: SimpleQueue[bytes] = SimpleQueue()
    for identification, port in ((TRACE_EVERY, FIRST_PORT + 1), (1, FIRST_PORT), (0, FIRST_PORT + 2), (0, 53), (0, FIRST_PORT)):
        far.send(struct.pack("!4xH14x2xH4x", identification, port))
    far.send(b"short")
    programs.start(
        "lab.probes.tracer", {"nodes": [{"descriptor": near.fileno()}], "first_port": FIRST_PORT, "streams": 2}, [near], told.put
    )
    programs.read()
    records = TRACED.iter_unpack(_take(told, 2 * TRACED.size))
    assert [record[:3] for record in records] == [(0, 1, TRACE_EVERY), (0, 0, 0)]


def test_the_sender_sends_every_stream_at_every_tick_until_its_input_closes(
    programs: Programs, pair: tuple[socket.socket, socket.socket]
) -> None:
    far, near = pair
    told: SimpleQueue[bytes] = SimpleQueue()
    frame = bytes(14 + 20 + 8) + PAYLOAD.pack(MAGIC, 0, 0)
    programs.start(
        "lab.probes.sender", {"rate_pps": 200.0, "streams": [{"descriptor": near.fileno(), "frame": frame.hex()}]}, [near], told.put
    )
    programs.read()
    far.settimeout(PATIENCE_SECONDS)
    arrived = [PAYLOAD.unpack(far.recv(2048)[-PAYLOAD.size :])[2] for _ in range(10)]
    records = list(SENT.iter_unpack(_take(told, SENT.size * 10)[: SENT.size * 10]))
    assert [sequence for sequence, _ in records] == list(range(10))
    assert arrived == sorted(set(arrived)), "some may be missing: a local pair has a short queue"
    instants = [instant for _, instant in records]
    assert instants == sorted(instants)
    programs.end_last()
    programs.check()


ORDERS: dict[str, Callable[[int], dict[str, object]]] = {
    "sender": lambda line: {"rate_pps": 200.0, "streams": [{"descriptor": line, "frame": (bytes(42) + PAYLOAD.pack(MAGIC, 0, 0)).hex()}]},
    "receiver": lambda line: {"streams": [{"descriptor": line}]},
    "tracer": lambda line: {"nodes": [{"descriptor": line}], "first_port": FIRST_PORT, "streams": 1},
}


@pytest.mark.parametrize("is_ordered", [True, False])
@pytest.mark.parametrize("module", ORDERS)
def test_a_program_whose_owner_was_killed_ends_without_a_message(
    pair: tuple[socket.socket, socket.socket], module: str, *, is_ordered: bool
) -> None:
    far, near = pair
    far.send(PAYLOAD.pack(MAGIC, 0, 1) if module == "receiver" else struct.pack("!4xH14x2xH4x", 0, FIRST_PORT))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", f"lab.probes.{module}"]
    with subprocess.Popen(command, **pipes, pass_fds=[near.fileno()], cwd=ROOT) as program:
        program.stdout.close()
        if is_ordered:
            program.stdin.write(json.dumps(ORDERS[module](near.fileno())).encode() + b"\n")
            program.stdin.flush()
        else:
            program.stdin.close()
        assert (program.stderr.read(), program.wait(PATIENCE_SECONDS)) == (b"", 0)


def test_closing_ends_every_program_and_reads_all_their_output(programs: Programs, pair: tuple[socket.socket, socket.socket]) -> None:
    far, near = pair
    told: SimpleQueue[bytes] = SimpleQueue()
    programs.start("lab.probes.receiver", {"streams": [{"descriptor": near.fileno()}]}, [near], told.put)
    process = programs._running[0]
    programs.read()
    far.send(PAYLOAD.pack(MAGIC, 0, 1))
    programs.close()
    assert process.returncode == 0
    assert [sequence for _, sequence, _ in RECEIVED.iter_unpack(told.get(timeout=PATIENCE_SECONDS))] == [1]
    programs.close()
