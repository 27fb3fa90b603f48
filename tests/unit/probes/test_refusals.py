"""Reports of routers that a probe is too long, written by hand and sent through the kernel's filter."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ipaddress import IPv4Address

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPOption
from scapy.packet import Packet, Raw

from lab.model.event import TooLong
from lab.probes.refusals import Refusals
from lab.probes.sockets import _attach_refusal_filter
from lab.probes.wire import FIRST_PORT, TRACE_EVERY

STREAMS = 4
OWNERS = {IPv4Address("10.1.255.2"): "dc1-gw1", IPv4Address("169.254.10.1"): "vpn1-1"}
GATEWAY = TooLong(node="dc1-gw1", mtu=1438)
HOST = "10.1.0.10"


@contextmanager
def _hearing(*packets: Packet) -> Iterator[Refusals]:
    """The reports that are recorded when these packets arrive at a sending host."""
    far, near = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    _attach_refusal_filter(near, range(FIRST_PORT, FIRST_PORT + STREAMS))
    with far, closing(Refusals(OWNERS)) as refusals:
        refusals.hear(near)
        for packet in packets:
            far.send(bytes(packet))
        yield refusals


def _quoted(stream: int, identification: int = 0) -> Packet:
    """The part of a probe that a router sends back."""
    port = FIRST_PORT + stream
    return IP(src=HOST, dst="172.31.0.10", id=identification, flags="DF", len=1480) / UDP(sport=port, dport=port, len=1460)


def _refusal(about: Packet, router: str = "10.1.255.2", mtu: int = 1438, options: list[IPOption] | None = None, **icmp: int) -> Packet:
    message = ICMP(**({"type": 3, "code": 4, "nexthopmtu": mtu} | icmp))
    return IP(src=router, dst=HOST, options=options or []) / message / about / Raw(b"x" * 500)


def _heard(*packets: Packet) -> list[tuple[TooLong, ...]]:
    with _hearing(*packets) as refusals:
        return [refusals.of(stream) for stream in range(STREAMS)]


def test_a_refusal_has_its_routers_name_the_mtu_and_the_stream() -> None:
    assert _heard(_refusal(_quoted(2))) == [(), (), (GATEWAY,), ()]


def test_each_router_is_listed_once_in_the_order_heard() -> None:
    first, second = _refusal(_quoted(0)), _refusal(_quoted(0, TRACE_EVERY), "169.254.10.1", 1422)
    assert _heard(first, second, first) == [(GATEWAY, TooLong(node="vpn1-1", mtu=1422)), (), (), ()]


def test_a_router_that_is_no_node_is_named_by_its_address() -> None:
    assert _heard(_refusal(_quoted(1), "192.0.2.1", 576))[1] == (TooLong(node="192.0.2.1", mtu=576),)


def test_a_longer_ip_header_is_understood() -> None:
    assert _heard(_refusal(_quoted(3), options=[IPOption(b"\x94\x04\x00\x00")]))[3] == (GATEWAY,)


@pytest.mark.parametrize(
    "other",
    [
        _refusal(_quoted(0), type=3, code=1),
        _refusal(_quoted(0), type=11, code=0),
        _refusal(_quoted(0, 1)),
        _refusal(_quoted(-1)),
        _refusal(_quoted(STREAMS)),
        _refusal(IP(src=HOST, dst="172.31.0.10", id=0) / TCP(sport=FIRST_PORT, dport=FIRST_PORT)),
        _quoted(0) / Raw(b"x" * 60),
    ],
    ids=["unreachable", "too many hops", "not sampled", "port below", "port above", "of a TCP packet", "a probe"],
)
def test_other_packets_are_not_heard(other: Packet) -> None:
    assert _heard(other) == [()] * STREAMS


def test_refusals_are_kept_after_closing() -> None:
    with _hearing(_refusal(_quoted(1))) as refusals:
        refusals.close()
        assert refusals.of(1) == (GATEWAY,)
