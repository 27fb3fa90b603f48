"""Changes of links and routes, from bytes that a real kernel would send."""

import socket
import struct
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.runtime.netns.changes import KernelEar

NEWLINK, NEWROUTE, DELROUTE = 16, 24, 25
IFNAME, DST, OIF, GATEWAY, MULTIPATH, TABLE = 3, 1, 4, 5, 9, 15
UP, LOWER_UP = 0x1, 0x10000
MAIN, LOCAL = 254, 255
OWNERS = {IPv4Address("100.64.0.5"): "dc2-core", IPv4Address("100.64.0.1"): "dc1-r1"}


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)


def _message(kind: int, body: bytes) -> bytes:
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 0, 0) + body


def link(name: str, *, up: bool) -> bytes:
    """A link's state. It is always admin up."""
    header = struct.pack("=BxHiII", socket.AF_UNSPEC, 1, 7, UP | (LOWER_UP if up else 0), 0)
    return _message(NEWLINK, header + _attribute(IFNAME, name.encode() + b"\0"))


def _hop(gateway: str) -> bytes:
    via = _attribute(GATEWAY, IPv4Address(gateway).packed)
    return struct.pack("=HBBi", 8 + len(via), 0, 0, 2) + via


def route(kind: int, prefix: str, *gateways: str, table: int = MAIN) -> bytes:
    """A route that was added or removed."""
    network = IPv4Network(prefix)
    header = struct.pack("=BBBBBBBBI", socket.AF_INET, network.prefixlen, 0, 0, table, 186, 0, 1, 0)
    body = _attribute(TABLE, struct.pack("=I", table)) + (_attribute(DST, network.network_address.packed) if network.prefixlen else b"")
    if len(gateways) > 1:
        body += _attribute(MULTIPATH, b"".join(map(_hop, gateways)))
    elif gateways:
        body += _attribute(GATEWAY, IPv4Address(gateways[0]).packed)
    return _message(kind, header + body + _attribute(OIF, struct.pack("=i", 2)))


@pytest.fixture
def ear() -> KernelEar:
    return KernelEar("dc1-core", OWNERS)


def test_each_change_of_a_link_is_reported_once(ear: KernelEar) -> None:
    datagrams = [link("eth1", up=True), link("eth1", up=False), link("eth1", up=False), link("eth2", up=False), link("eth1", up=True)]
    events = [event for number, data in enumerate(datagrams) for event in ear.hear(data, float(number))]
    assert [(event.at, event.node, event.source, event.what) for event in events] == [
        (1.0, "dc1-core", "link", "eth1 down"),
        (3.0, "dc1-core", "link", "eth2 down"),
        (4.0, "dc1-core", "link", "eth1 up"),
    ]


@pytest.mark.parametrize(
    ("data", "what", "prefix"),
    [
        (route(NEWROUTE, "172.31.0.0/16", "100.64.0.5"), "172.31.0.0/16 via dc2-core", "172.31.0.0/16"),
        (route(NEWROUTE, "172.31.0.0/16", "100.64.0.5", "100.64.0.1"), "172.31.0.0/16 via dc2-core and dc1-r1", "172.31.0.0/16"),
        (route(NEWROUTE, "0.0.0.0/0", "192.0.2.1"), "0.0.0.0/0 via 192.0.2.1", "0.0.0.0/0"),
        (route(NEWROUTE, "100.64.0.4/31"), "100.64.0.4/31 via its link", "100.64.0.4/31"),
        (route(DELROUTE, "172.31.0.0/16", "100.64.0.5"), "172.31.0.0/16 gone", "172.31.0.0/16"),
    ],
)
def test_a_route_is_reported_with_its_prefix_and_the_names_of_its_next_hops(ear: KernelEar, data: bytes, what: str, prefix: str) -> None:
    (event,) = ear.hear(data, 1.0)
    assert (event.source, event.what, event.prefix) == ("route", what, IPv4Network(prefix))


def test_routes_of_other_tables_are_not_reported(ear: KernelEar) -> None:
    assert list(ear.hear(route(NEWROUTE, "10.1.0.1/32", table=LOCAL), 1.0)) == []


def test_all_messages_of_a_datagram_are_reported(ear: KernelEar) -> None:
    data = link("eth1", up=False) + route(DELROUTE, "172.31.0.0/16", "100.64.0.5")
    assert [event.source for event in ear.hear(data, 1.0)] == ["link", "route"]
