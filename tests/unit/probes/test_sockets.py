"""The tracer's filter on a local socket, run by the kernel: which packets pass it."""

import socket
from collections.abc import Callable, Iterator

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPOption
from scapy.layers.inet6 import IPv6
from scapy.packet import Packet, Raw

from lab.probes.sockets import _attach_filter, _attach_ipv6_filter
from lab.probes.wire import FIRST_PORT, MAGIC, PAYLOAD, TRACE_EVERY

STREAMS = 6


@pytest.fixture
def passes() -> Iterator[Callable[[Packet], bool]]:
    """Whether a packet (from its IP header on) passes the filter."""
    yield from _passing(_attach_filter)


def _passing(attach: Callable[[socket.socket, range], None]) -> Iterator[Callable[[Packet], bool]]:
    far, near = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with far, near:
        near.setblocking(False)
        attach(near, range(FIRST_PORT, FIRST_PORT + STREAMS))

        def send(packet: Packet) -> bool:
            data = bytes(packet)
            far.send(data)
            try:
                return near.recv(2048) == data
            except BlockingIOError:
                return False

        yield send


def _probe(identification: int = 0, port: int = FIRST_PORT, options: list[IPOption] | None = None) -> Packet:
    ip = IP(src="10.1.0.10", dst="172.31.0.10", id=identification, options=options or [])
    return ip / UDP(sport=port, dport=port) / Raw(b"x" * 24)


@pytest.mark.parametrize("identification", [0, TRACE_EVERY, 2 * TRACE_EVERY, 0x8000, 0xFFFF - TRACE_EVERY + 1])
def test_every_sampled_probe_is_seen(passes: Callable[[Packet], bool], identification: int) -> None:
    assert passes(_probe(identification))


@pytest.mark.parametrize("identification", [1, TRACE_EVERY - 1, TRACE_EVERY + 1, TRACE_EVERY // 2, 0xFFFF])
def test_the_other_probes_are_not(passes: Callable[[Packet], bool], identification: int) -> None:
    assert not passes(_probe(identification))


def test_the_ports_of_all_streams_are_seen_and_their_neighbors_are_not(passes: Callable[[Packet], bool]) -> None:
    seen = [port for port in range(FIRST_PORT - 2, FIRST_PORT + STREAMS + 2) if passes(_probe(port=port))]
    assert seen == list(range(FIRST_PORT, FIRST_PORT + STREAMS))


def test_a_longer_ip_header_is_understood(passes: Callable[[Packet], bool]) -> None:
    assert passes(_probe(options=[IPOption(b"\x94\x04\x00\x00")]))
    assert not passes(_probe(port=FIRST_PORT - 1, options=[IPOption(b"\x94\x04\x00\x00")]))


def test_what_is_no_udp_is_not_seen(passes: Callable[[Packet], bool]) -> None:
    for other in (TCP(sport=FIRST_PORT, dport=FIRST_PORT), ICMP()):
        assert not passes(IP(src="10.1.0.10", dst="172.31.0.10", id=0) / other)


def test_esp_in_udp_is_not_seen(passes: Callable[[Packet], bool]) -> None:
    assert not passes(_probe(port=4500))


@pytest.fixture
def ipv6_passes() -> Iterator[Callable[[Packet], bool]]:
    """The same for the filter of probes over IPv6."""
    yield from _passing(_attach_ipv6_filter)


def _ipv6_probe(number: int = 0, port: int = FIRST_PORT) -> Packet:
    data = PAYLOAD.pack(MAGIC, 0, number)
    return IPv6(src="2001:db8:1::a", dst="2001:db8:2::a") / UDP(sport=port, dport=port) / Raw(data)


@pytest.mark.parametrize("number", [0, TRACE_EVERY, 0x8000, 0x10000, 0xFFFFFFFF - TRACE_EVERY + 1])
def test_every_sampled_probe_over_ipv6_is_seen(ipv6_passes: Callable[[Packet], bool], number: int) -> None:
    assert ipv6_passes(_ipv6_probe(number))
    assert not ipv6_passes(_ipv6_probe(number + 1))


def test_only_probes_over_ipv6_to_the_ports_of_streams_are_seen(ipv6_passes: Callable[[Packet], bool]) -> None:
    seen = [port for port in range(FIRST_PORT - 2, FIRST_PORT + STREAMS + 2) if ipv6_passes(_ipv6_probe(port=port))]
    assert seen == list(range(FIRST_PORT, FIRST_PORT + STREAMS))
    assert not ipv6_passes(_probe())
    assert not ipv6_passes(IPv6(src="2001:db8:1::a", dst="2001:db8:2::a") / TCP(sport=FIRST_PORT, dport=FIRST_PORT))
