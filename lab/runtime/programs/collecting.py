"""What the collecting programs share: hearing their sockets, and telling whoever started them for as long as that lives.

When it is killed its end of our standard output is gone, before that of our standard input is seen to be: BrokenPipeError, and
`for_its_owner` ends the program without a word.
"""

import json
import os
import select
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from lab.runtime.programs.stamps import SO_TIMESTAMPNS, TIMESPEC

_BUFFER = 256

Take = Callable[[int, bytes, int], bytes]
"""From a socket's number, a packet and the kernel's time stamp (wall-clock ns) to the record that is told, b"" for none."""


@contextmanager
def for_its_owner() -> Iterator[None]:
    """Run for whoever reads us; when it is gone, so are we."""
    try:
        yield
    except BrokenPipeError:
        return


def come_first() -> None:
    """Before everybody else on a busy host: a pause of ours is a hole in the measurement. Only for who sleeps most of the time."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:  # a container of few rights, or a kernel that grants its groups no real time
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, -20)


def order() -> Any:
    """What the program is told to do: JSON on the first line of standard input. BrokenPipeError when nobody tells it."""
    line = sys.stdin.buffer.readline()
    if not line:
        raise BrokenPipeError
    return json.loads(line)


def tell(records: bytes) -> None:
    """Write records to standard output, all of them. BrokenPipeError when nobody reads any more."""
    view = memoryview(records)
    while view:
        view = view[os.write(1, view) :]


def hear_until_told(lines: Sequence[socket.socket], take: Take, pause_seconds: float) -> None:
    """Drain the sockets every so often and tell what is taken of it, until standard input closes."""
    for line in lines:
        line.setblocking(False)
    told_to_end = False
    while not told_to_end:
        told_to_end = bool(select.select([sys.stdin], [], [], pause_seconds)[0])
        tell(b"".join(record for number, line in enumerate(lines) for record in _drain(line, number, take)))


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
    """When the kernel took a packet, in wall-clock ns, from what came beside it; None where the kernel did not tell."""
    for level, kind, value in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = TIMESPEC.unpack(value)
            return int(seconds) * 1_000_000_000 + int(nanoseconds)
    return None
