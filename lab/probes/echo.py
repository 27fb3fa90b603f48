"""Ping the other end of a virtual interface or tunnel from a customer's router, as a customer does to see whether it works again."""

import secrets
import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from lab.errors import NodeError
from lab.model.automation import EchoWay
from lab.runtime.capabilities import Sockets

WINDOW_SECONDS = 5.0
"""The target is healthy if no ping of so many seconds was lost."""

_GAP_SECONDS = 0.05
_LATE_SECONDS = 0.5
"""A ping without an answer counts as lost after this time."""

_FEWEST = 40
"""Fewer pings in the window say too little. With a gap of 0.05 s it has 100, if `turn` is called often enough."""

_ECHO_REPLY, _ECHO = 0, 8
_HEADER = struct.Struct("!BBHHH")


class Echoes:
    """Pings on several ways. `turn` sends and receives, so it must be called again and again. Instants are those of the caller's clock.

    Raises NodeError if a router cannot ping.
    """

    def __init__(self, lab: Sockets, ways: Sequence[EchoWay]) -> None:
        with ExitStack() as held:
            self._ways = [_Way(held.enter_context(_line(lab, way)), way) for way in ways]
            self._held = held.pop_all()

    def turn(self, now: float) -> None:
        """Take the answers that have come, and send the next pings if it is time."""
        for way in self._ways:
            way.turn(now)

    def is_healthy(self, now: float) -> bool:
        """Whether no ping was lost on any way for five seconds."""
        return all(way.is_healthy(now) for way in self._ways)

    def close(self) -> None:
        """Close the sockets. Safe to repeat."""
        self._held.close()


class _Way:
    def __init__(self, line: socket.socket, way: EchoWay) -> None:
        self._line = line
        self._target = str(way.target)
        self._identifier = secrets.randbits(16)
        self._begun: float | None = None
        self._sent: list[tuple[int, float]] = []
        self._answered: set[int] = set()
        self._number = 0

    def turn(self, now: float) -> None:
        self._answered.update(_answers(self._line, self._identifier))
        if self._sent and now < self._sent[-1][1] + _GAP_SECONDS:
            return
        self._begun = now if self._begun is None else self._begun
        self._number = (self._number + 1) % 65536
        self._answered.discard(self._number)
        self._sent = [each for each in self._sent if each[1] >= now - WINDOW_SECONDS - _LATE_SECONDS]
        self._sent.append((self._number, now))
        try:
            self._line.sendto(echo(self._identifier, self._number), (self._target, 0))
        except OSError:  # no route, or the interface is down: the ping counts as lost
            return

    def is_healthy(self, now: float) -> bool:
        if self._begun is None or now < self._begun + WINDOW_SECONDS + _LATE_SECONDS:
            return False
        due = [number for number, at in self._sent if at <= now - _LATE_SECONDS]
        return len(due) >= _FEWEST and all(number in self._answered for number in due)


def echo(identifier: int, number: int) -> bytes:
    """An ICMP echo request (RFC 792)."""
    plain = _HEADER.pack(_ECHO, 0, 0, identifier, number)
    return _HEADER.pack(_ECHO, 0, checksum(plain), identifier, number)


def checksum(octets: bytes) -> int:
    """The Internet checksum of an even number of octets (RFC 1071)."""
    total: int = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def number_of(packet: bytes, identifier: int) -> int | None:
    """The number of an echo reply with this identifier, from an IPv4 packet. None for any other packet."""
    header = (packet[0] & 0x0F) * 4 if packet else 0
    if len(packet) < header + _HEADER.size or header == 0:
        return None
    kind, _, _, found, number = _HEADER.unpack_from(packet, header)
    return number if (kind, found) == (_ECHO_REPLY, identifier) else None


def _line(lab: Sockets, way: EchoWay) -> socket.socket:
    line = lab.open_socket(way.node, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    try:
        line.setblocking(False)
        line.bind((str(way.source), 0))
    except OSError as error:
        line.close()
        raise NodeError(f"{way.node}: cannot ping from {way.source} ({error.strerror})") from error
    return line


def _answers(line: socket.socket, identifier: int) -> Iterator[int]:
    while True:
        try:
            packet = line.recv(256)
        except OSError:
            return
        number = number_of(packet, identifier)
        if number is not None:
            yield number
