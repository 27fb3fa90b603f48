"""A program: send one packet of each stream at a fixed rate, until standard input closes.

- First line of standard input: JSON with `rate_pps` and `streams`. Each has the `descriptor` of a packet socket at the host's interface,
  and its `frame` in hex.
- Standard output: one record (wire.SENT) for each packet number.

Standard input closes when the parent process dies. So the program never outlives a killed command.
"""

import select
import socket
import struct
import sys
import time
from dataclasses import dataclass

from lab.probes.wire import IP_CHECKSUM_OFFSET, IP_ID_OFFSET, IPV6_ETHERTYPE, IPV6_SEQUENCE_OFFSET, SENT, SEQUENCE_OFFSET
from lab.runtime.programs.collecting import close_together, come_first, for_its_owner, order, tell

_FLUSH_SECONDS = 0.05
_CATCH_UP = 0.25
"""After a delay, packets are sent at most four times as fast as the rate. A burst would fill queues, and its losses would not be the
network's.
"""


@dataclass(slots=True)
class _Stream:
    """A socket and its frame. The frame is changed in place for every packet."""

    line: socket.socket
    frame: bytearray
    checksum_base: int
    is_ipv6: bool


def main() -> None:
    """Run until standard input closes."""
    with for_its_owner():
        told = order()
        streams = [_open(entry["descriptor"], bytes.fromhex(entry["frame"])) for entry in told["streams"]]
        come_first()
        _send_until_told(streams, 1.0 / told["rate_pps"])
        close_together([stream.line for stream in streams])


def _open(descriptor: int, frame: bytes) -> _Stream:
    line = socket.socket(fileno=descriptor)
    line.setblocking(False)
    (checksum,) = struct.unpack_from("!H", frame, IP_CHECKSUM_OFFSET)
    return _Stream(line=line, frame=bytearray(frame), checksum_base=~checksum & 0xFFFF, is_ipv6=frame[12:14] == IPV6_ETHERTYPE)


def _send_until_told(streams: list[_Stream], interval: float) -> None:
    records = bytearray()
    start = last = flushed = time.monotonic()
    sequence = 0
    while True:
        due = max(start + sequence * interval, last + _CATCH_UP * interval)
        delay = due - time.monotonic()
        if delay > 0:
            time.sleep(delay)
        last = time.monotonic()
        records += SENT.pack(sequence, time.time_ns())
        for stream in streams:
            _send(stream, sequence)
        sequence += 1
        if last - flushed >= _FLUSH_SECONDS:
            flushed = last
            tell(bytes(records))
            records.clear()
            if select.select([sys.stdin], [], [], 0)[0]:
                return


def _send(stream: _Stream, sequence: int) -> None:
    if stream.is_ipv6:
        struct.pack_into("!II", stream.frame, IPV6_SEQUENCE_OFFSET, sequence, ~sequence & 0xFFFFFFFF)
    else:
        identification = sequence & 0xFFFF
        total = stream.checksum_base + identification
        struct.pack_into("!I", stream.frame, SEQUENCE_OFFSET, sequence)
        struct.pack_into("!H", stream.frame, IP_ID_OFFSET, identification)
        struct.pack_into("!H", stream.frame, IP_CHECKSUM_OFFSET, ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF)
    try:
        stream.line.send(stream.frame)
    except OSError:
        return  # the link of the host itself is down: the packet counts as sent and lost


if __name__ == "__main__":
    main()
