"""Record which routers report that a probe is too long for their next link. Probes are not made shorter because of that."""

import socket
import struct
from collections.abc import Mapping
from ipaddress import IPv4Address

from lab.model.event import TooLong
from lab.model.ip import Address
from lab.probes.wire import FIRST_PORT, IP_LENGTH
from lab.runtime.programs.collecting import close_together

_ENOUGH = 256
_SOURCE = struct.Struct("!12x4s")
_MTU_AND_PORT = struct.Struct(f"!6xH{IP_LENGTH}x2xH")
"""Two fields of an ICMP message: the next link's MTU (RFC 1191), and the destination port of the probe inside it."""


class Refusals:
    """The reports of routers, for each stream. `owners`: the node that has each router address."""

    def __init__(self, owners: Mapping[Address, str], first_port: int = FIRST_PORT) -> None:
        self._owners = owners
        self._first_port = first_port
        self._lines: list[socket.socket] = []
        self._heard: dict[tuple[int, TooLong], None] = {}

    def hear(self, line: socket.socket) -> None:
        """Read reports from this socket (see `hearing_socket`) until `close`."""
        line.setblocking(False)
        self._lines.append(line)

    def of(self, stream: int) -> tuple[TooLong, ...]:
        """Each router that dropped packets of a stream as too long, in the order of the reports."""
        for line in self._lines:
            self._read(line)
        return tuple(told for number, told in self._heard if number == stream)

    def close(self) -> None:
        """Read the reports that have arrived, then close the sockets."""
        for line in self._lines:
            self._read(line)
        close_together(self._lines)
        self._lines.clear()

    def _read(self, line: socket.socket) -> None:
        while True:
            try:
                data = line.recv(_ENOUGH)
            except BlockingIOError:
                return
            if not data:
                return
            header = (data[0] & 0xF) * 4
            if len(data) < header + _MTU_AND_PORT.size:
                continue
            source = IPv4Address(_SOURCE.unpack_from(data)[0])
            mtu, port = _MTU_AND_PORT.unpack_from(data, header)
            told = TooLong(node=self._owners.get(source, str(source)), mtu=mtu)
            self._heard.setdefault((port - self._first_port, told))
