"""Pings: their packets, and when a target counts as healthy."""

import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Address
from typing import cast

import pytest

from lab.errors import NodeError
from lab.model.automation import EchoWay
from lab.probes import echo as pings
from lab.runtime.capabilities import Sockets

WAY = EchoWay(node="dc1-r1", source=IPv4Address("127.0.0.1"), target=IPv4Address("127.0.0.1"))
IP = bytes([0x45]) + bytes(19)


class Line:
    """A raw socket in memory: it answers each ping, unless the test says no."""

    def __init__(self) -> None:
        self.answers = True
        self.fails = False
        self.sent = 0
        self.waiting: list[bytes] = []

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def setblocking(self, flag: bool) -> None:
        assert not flag

    def bind(self, address: tuple[str, int]) -> None:
        assert address == ("127.0.0.1", 0)

    def sendto(self, packet: bytes, address: tuple[str, int]) -> None:
        if self.fails:
            raise OSError("no route")
        self.sent += 1
        if self.answers:
            self.waiting.append(IP + b"\0" + packet[1:])

    def recv(self, _size: int) -> bytes:
        if not self.waiting:
            raise BlockingIOError
        return self.waiting.pop(0)

    def close(self) -> None:
        self.waiting.clear()


class Opened:
    """A lab that opens this socket, at most so often."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.most = 10

    def open_socket(self, *_: object) -> socket.socket:
        if not self.most:
            raise NodeError("dc1-r1 does not run")
        self.most -= 1
        return cast(socket.socket, self._line)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def echoes(line: Line) -> Iterator[pings.Echoes]:
    found = pings.Echoes(cast(Sockets, Opened(line)), (WAY,))
    yield found
    found.close()


def pass_time(echoes: pings.Echoes, begin: float, seconds: float) -> float:
    for turn in range(round(seconds / 0.05)):
        echoes.turn(begin + turn * 0.05)
    return begin + seconds


def test_a_target_is_healthy_when_five_seconds_of_pings_came_back(echoes: pings.Echoes) -> None:
    now = pass_time(echoes, 100.0, 5.4)
    assert not echoes.is_healthy(now)
    now = pass_time(echoes, now, 0.2)
    assert echoes.is_healthy(now)


def test_before_the_first_ping_nothing_is_healthy(echoes: pings.Echoes) -> None:
    assert not echoes.is_healthy(100.0)


def test_a_socket_is_closed_if_the_next_one_cannot_be_opened(line: Line) -> None:
    opened = Opened(line)
    opened.most = 1
    line.waiting.append(b"")
    with pytest.raises(NodeError):
        pings.Echoes(cast(Sockets, opened), (WAY, WAY))
    assert line.waiting == []


def test_one_lost_ping_is_enough_for_five_seconds(echoes: pings.Echoes, line: Line) -> None:
    now = pass_time(echoes, 100.0, 6.0)
    line.answers = False
    echoes.turn(now)
    line.answers = True
    now = pass_time(echoes, now + 0.05, 4.0)
    assert not echoes.is_healthy(now)
    now = pass_time(echoes, now, 2.0)
    assert echoes.is_healthy(now)


def test_a_ping_that_cannot_be_sent_is_lost(echoes: pings.Echoes, line: Line) -> None:
    line.fails = True
    now = pass_time(echoes, 100.0, 6.0)
    assert not echoes.is_healthy(now)


def test_the_checksum_is_that_of_rfc_1071() -> None:
    packet = pings.echo(0x1234, 7)
    assert pings.checksum(packet) == 0
    assert struct.unpack("!BBHHH", packet)[0] == 8


@pytest.mark.parametrize("packet", [b"", b"\x45", IP, IP + bytes([3, 0, 0, 0, 0, 9, 0, 1]), bytes([0x05]) + bytes(27)])
def test_other_packets_are_no_answers(packet: bytes) -> None:
    assert pings.number_of(packet, 9) is None
