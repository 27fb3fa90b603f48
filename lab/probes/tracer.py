"""A program: record in which nodes sampled probe packets arrive, until standard input closes.

- First line of standard input: JSON with `nodes`, the `first_port`, and the number of `streams`. A node has the `descriptor` of a packet
  socket that receives only sampled packets. `ipv6` has one more socket for each node, or nothing.
- Standard output: one record (wire.TRACED) for each packet in each node.
"""

import socket
import struct

from lab.probes.wire import TRACE_EVERY, TRACED
from lab.runtime.programs.collecting import Take, for_its_owner, hear_until_told, order

_DRAIN_SECONDS = 0.01
_HEADERS = struct.Struct("!4xH16xH")
"""Identification and destination port of a UDP packet whose IPv4 header has no options."""

_IPV6_HEADERS = struct.Struct("!42xH14xH")
"""Destination port of a UDP packet over IPv6, and the low 16 bits of the packet number."""


def main() -> None:
    """Run until standard input closes."""
    with for_its_owner():
        told = order()
        lines = [socket.socket(fileno=entry["descriptor"]) for entry in (*told["nodes"], *told.get("ipv6", ()))]
        hear_until_told(lines, _recording(len(told["nodes"]), told["first_port"], told["streams"]), _DRAIN_SECONDS)


def _recording(nodes: int, first_port: int, streams: int) -> Take:
    def record(line: int, data: bytes, instant: int) -> bytes:
        is_ipv6, node = divmod(line, nodes)
        headers = _IPV6_HEADERS if is_ipv6 else _HEADERS
        if len(data) < headers.size:
            return b""
        one, other = headers.unpack_from(data)
        identification, port = (other, one) if is_ipv6 else (one, other)
        if identification % TRACE_EVERY or not first_port <= port < first_port + streams:
            return b""  # the packet came before the filter was attached
        return TRACED.pack(node, port - first_port, identification, instant)

    return record


if __name__ == "__main__":
    main()
