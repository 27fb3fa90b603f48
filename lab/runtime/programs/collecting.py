"""Shared by the collecting programs: read their sockets, and write to their owner while it lives.

If the owner is killed, our standard output breaks before our standard input closes. Then we get a BrokenPipeError, and `for_its_owner` ends
the program without a message.
"""

import json
import os
import select
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from lab.runtime.programs.stamps import SO_TIMESTAMPNS, TIMESPEC

_BUFFER = 256

Take = Callable[[int, bytes, int], bytes]
"""From a socket's number, a packet and the kernel's time stamp (wall-clock ns), make the record to write, or b""."""


@contextmanager
def for_its_owner() -> Iterator[None]:
    """Run while our owner reads. End when it is gone."""
    try:
        yield
    except BrokenPipeError:
        return


def come_first() -> None:
    """Give this process real-time priority: a pause of ours is a gap in the measurement. Only for programs that sleep most of the time."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:  # a container without the right, or a kernel that gives control groups no real time
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, -20)


def order() -> Any:
    """The program's order: JSON on the first line of standard input. BrokenPipeError if there is none."""
    line = sys.stdin.buffer.readline()
    if not line:
        raise BrokenPipeError
    return json.loads(line)


def tell(records: bytes) -> None:
    """Write all records to standard output. BrokenPipeError if nobody reads any more."""
    view = memoryview(records)
    while view:
        view = view[os.write(1, view) :]


def close_together(lines: Sequence[socket.socket]) -> None:
    """Close sockets at the same time. The kernel takes 10 ms to close a packet socket, and in one after the other 0.3 s for a lab."""
    threads = [threading.Thread(target=line.close) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def hear_until_told(lines: Sequence[socket.socket], take: Take, pause_seconds: float) -> None:
    """Empty the sockets at intervals and write their records, until standard input closes. Then close the sockets."""
    for line in lines:
        line.setblocking(False)
    told_to_end = False
    while not told_to_end:
        told_to_end = bool(select.select([sys.stdin], [], [], pause_seconds)[0])
        tell(b"".join(record for number, line in enumerate(lines) for record in _drain(line, number, take)))
    close_together(lines)


def _drain(line: socket.socket, number: int, take: Take) -> Iterator[bytes]:
    while True:
        try:
            data, ancillary, _, _ = line.recvmsg(_BUFFER, _BUFFER)
        except BlockingIOError:
            return
        stamp = kernel_stamp(ancillary)
        if stamp is not None:
            yield take(number, data, stamp)


def kernel_stamp(ancillary: Sequence[tuple[int, int, bytes]]) -> int | None:
    """When the kernel took a packet, in wall-clock ns, from its ancillary data. None if there is no stamp."""
    for level, kind, value in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = TIMESPEC.unpack(value)
            return int(seconds) * 1_000_000_000 + int(nanoseconds)
    return None
