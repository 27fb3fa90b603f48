"""A program: tell in which nodes sampled probe packets are seen arriving, until standard input closes.

First line of standard input: JSON with `nodes` (`descriptor` of a packet socket in that node, filtered to the sampled packets)
and `streams`, how many there are.
Standard output: a record (wire.TRACED) a sighting.
"""

import json
import os
import select
import socket
import struct
import sys

from lab.probes.wire import FIRST_PORT, SO_TIMESTAMPNS, TIMESPEC, TRACE_EVERY, TRACED

_DRAIN_SECONDS = 0.01
_BUFFER = 128
_HEADERS = struct.Struct("!4xH16xH")
"""Of an IPv4 header without options and the UDP header behind it: identification and destination port."""


def main() -> None:
    """Run until standard input closes."""
    order = json.loads(sys.stdin.buffer.readline())
    lines = [socket.socket(fileno=entry["descriptor"]) for entry in order["nodes"]]
    for line in lines:
        line.setblocking(False)
    told_to_end = False
    while not told_to_end:
        told_to_end = bool(select.select([sys.stdin], [], [], _DRAIN_SECONDS)[0])
        records = b"".join(_drain(line, number, order["streams"]) for number, line in enumerate(lines))
        if records:
            os.write(1, records)


def _drain(line: socket.socket, node: int, streams: int) -> bytes:
    records: list[bytes] = []
    while True:
        try:
            data, ancillary, _, _ = line.recvmsg(_BUFFER, _BUFFER)
        except BlockingIOError:
            return b"".join(records)
        if len(data) < _HEADERS.size:
            continue
        identification, port = _HEADERS.unpack_from(data)
        if identification % TRACE_EVERY or not FIRST_PORT <= port < FIRST_PORT + streams:
            continue  # it came before the filter was attached
        for level, kind, value in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = TIMESPEC.unpack(value)
                records.append(TRACED.pack(node, port - FIRST_PORT, identification, seconds * 1_000_000_000 + nanoseconds))


if __name__ == "__main__":
    main()
