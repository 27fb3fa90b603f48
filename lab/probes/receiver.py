"""A program: receive the streams' packets with the kernel's time stamps until standard input closes.

First line of standard input: JSON with `streams` (`descriptor` of a UDP socket bound in the receiving host). Standard output: a record
(wire.RECEIVED) a packet. The kernel stamps packets on arrival, so draining every few milliseconds loses no precision and saves wakeups.
"""

import json
import os
import select
import socket
import sys

from lab.probes.wire import MAGIC, PAYLOAD, RECEIVED, SO_TIMESTAMPNS, TIMESPEC

_DRAIN_SECONDS = 0.005
_BUFFER = 256


def main() -> None:
    """Run until standard input closes."""
    order = json.loads(sys.stdin.buffer.readline())
    lines = [socket.socket(fileno=entry["descriptor"]) for entry in order["streams"]]
    for line in lines:
        line.setblocking(False)
    told_to_end = False
    while not told_to_end:
        told_to_end = bool(select.select([sys.stdin], [], [], _DRAIN_SECONDS)[0])
        records = b"".join(_drain(line) for line in lines)
        if records:
            os.write(1, records)


def _drain(line: socket.socket) -> bytes:
    records: list[bytes] = []
    while True:
        try:
            data, ancillary, _, _ = line.recvmsg(_BUFFER, _BUFFER)
        except BlockingIOError:
            return b"".join(records)
        if len(data) != PAYLOAD.size or not data.startswith(MAGIC):
            continue
        _, stream, sequence = PAYLOAD.unpack(data)
        for level, kind, value in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = TIMESPEC.unpack(value)
                records.append(RECEIVED.pack(stream, sequence, seconds * 1_000_000_000 + nanoseconds))


if __name__ == "__main__":
    main()
