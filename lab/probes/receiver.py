"""A program: receive probe packets with the kernel's time stamps, until standard input closes.

- First line of standard input: JSON with `streams`. Each has the `descriptor` of a UDP socket in the receiving host.
- Standard output: one record (wire.RECEIVED) for each packet.

The kernel stamps packets on arrival. So it is enough to read them every few milliseconds, which costs less CPU time.
"""

import socket

from lab.probes.wire import MAGIC, PAYLOAD, RECEIVED
from lab.runtime.programs.collecting import for_its_owner, hear_until_told, order

_DRAIN_SECONDS = 0.005


def main() -> None:
    """Run until standard input closes."""
    with for_its_owner():
        lines = [socket.socket(fileno=entry["descriptor"]) for entry in order()["streams"]]
        hear_until_told(lines, _record, _DRAIN_SECONDS)


def _record(_line: int, data: bytes, instant: int) -> bytes:
    if len(data) < PAYLOAD.size or not data.startswith(MAGIC):
        return b""
    _, stream, sequence = PAYLOAD.unpack_from(data)
    return RECEIVED.pack(stream, sequence, instant)


if __name__ == "__main__":
    main()
