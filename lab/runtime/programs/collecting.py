"""Common parts of the measuring programs: read sockets, and write records to the parent process.

If the parent is killed, standard output breaks before standard input closes. Then writing raises BrokenPipeError, and `for_its_owner` ends
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
"""A function that makes a record, or b"" for none: from the number of a socket, a packet, and the kernel's time stamp (wall-clock ns)."""


@contextmanager
def for_its_owner() -> Iterator[None]:
    """End the program without a message when nobody reads its records any more."""
    try:
        yield
    except BrokenPipeError:
        return


def come_first() -> None:
    """Give this process real-time priority, because every pause of it is a gap in the measurement.

    Only for programs that sleep most of the time.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:  # a container without the right, or a kernel without real time for control groups
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, -20)


def order() -> Any:
    """Read the program's task: JSON on the first line of standard input. Raises BrokenPipeError if there is none."""
    line = sys.stdin.buffer.readline()
    if not line:
        raise BrokenPipeError
    return json.loads(line)


def tell(records: bytes) -> None:
    """Write records to standard output. Raises BrokenPipeError if nobody reads them any more."""
    view = memoryview(records)
    while view:
        view = view[os.write(1, view) :]


def close_together(lines: Sequence[socket.socket]) -> None:
    """Close all sockets at the same time.

    The kernel needs 10 ms for each packet socket. One after another, that would take 0.3 s for a lab.
    """
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
    """The time at which the kernel received a packet (wall-clock nanoseconds), from its ancillary data. None if it has no time stamp."""
    for level, kind, value in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = TIMESPEC.unpack(value)
            return int(seconds) * 1_000_000_000 + int(nanoseconds)
    return None
