"""Refusals: which routers tell the sending hosts that probes are too long for their next link. The probes themselves take no notice."""

import socket
import struct
from collections.abc import Mapping
from ipaddress import IPv4Address

from lab.model.event import TooLong
from lab.probes.wire import FIRST_PORT, IP_LENGTH

_ENOUGH = 256
_SOURCE = struct.Struct("!12x4s")
_MTU_AND_PORT = struct.Struct(f"!6xH{IP_LENGTH}x2xH")
"""Of an ICMP message: the next link's MTU (RFC 1191), and the destination port of the probe that it quotes."""


class Refusals:
    """What was heard, stream by stream. `owners` are the nodes that have the routers' addresses."""

    def __init__(self, owners: Mapping[IPv4Address, str]) -> None:
        self._owners = owners
        self._lines: list[socket.socket] = []
        self._heard: dict[tuple[int, TooLong], None] = {}

    def hear(self, line: socket.socket) -> None:
        """Take a socket (see sockets.hearing_socket) to hear with until `close`."""
        line.setblocking(False)
        self._lines.append(line)

    def of(self, stream: int) -> tuple[TooLong, ...]:
        """Each router that lost a stream's packets for their length, in the order heard."""
        for line in self._lines:
            self._read(line)
        return tuple(told for number, told in self._heard if number == stream)

    def close(self) -> None:
        """Hear what has come, then no more."""
        for line in self._lines:
            self._read(line)
            line.close()
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
            self._heard.setdefault((port - FIRST_PORT, told))
