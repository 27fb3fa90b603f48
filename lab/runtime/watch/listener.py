"""A program that records datagrams on many sockets with the time of their arrival, until standard input closes.

First line of standard input: JSON with `lines`. Each has the `descriptor` of a socket. Standard output: one record for each datagram
(wire.TOLD, then the datagram). The kernel stamps datagrams of UNIX sockets. It does not stamp netlink, so there the listener stamps when it
wakes up.
"""

import os
import select
import socket
import sys
import time
from collections.abc import Iterator, Sequence

from lab.runtime.programs.collecting import come_first, for_its_owner, kernel_stamp, order, tell
from lab.runtime.watch.wire import TOLD

_BUFFER = 1 << 16
_ANCILLARY = 256
_RETRY_SECONDS = 0.2


def main() -> None:
    """Run until standard input closes."""
    with for_its_owner():
        lines = [socket.socket(fileno=entry["descriptor"]) for entry in order()["lines"]]
        come_first()
        _listen_until_told(lines)


def _listen_until_told(lines: Sequence[socket.socket]) -> None:
    """Read the sockets, even if nobody reads our records at the moment.

    Otherwise a daemon that writes to its log would have to wait for us.
    """
    numbers = {line.fileno(): number for number, line in enumerate(lines)}
    poll = select.epoll()
    for line in lines:
        line.setblocking(False)
        poll.register(line, select.EPOLLIN)
    poll.register(sys.stdin, select.EPOLLIN)
    os.set_blocking(1, False)
    untold = bytearray()
    told_to_end = False
    while not told_to_end:
        for descriptor, _ in poll.poll(_RETRY_SECONDS if untold else None):
            if descriptor in numbers:
                untold += b"".join(_drain(lines[numbers[descriptor]], numbers[descriptor]))
            else:
                told_to_end = True
        _tell_some(untold)
    os.set_blocking(1, True)
    tell(bytes(untold) + b"".join(record for number, line in enumerate(lines) for record in _drain(line, number)))


def _drain(line: socket.socket, number: int) -> Iterator[bytes]:
    woken = time.time_ns()
    while True:
        try:
            data, ancillary, _, _ = line.recvmsg(_BUFFER, _ANCILLARY)
        except BlockingIOError:
            return
        except OSError:
            continue  # the kernel's queue was full; the messages in it still come
        yield TOLD.pack(number, len(data), kernel_stamp(ancillary) or woken) + data


def _tell_some(untold: bytearray) -> None:
    """Write as many bytes as the pipe takes now. Raises BrokenPipeError if nobody reads them any more."""
    while untold:
        try:
            del untold[: os.write(1, untold)]
        except BlockingIOError:
            return


if __name__ == "__main__":
    main()
