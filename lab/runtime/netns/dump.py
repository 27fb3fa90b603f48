"""Read the links, addresses, routes and queues of a node from its kernel, without a netlink library.

A library decodes every attribute of every message, which takes 14 times as long. Reading a whole lab takes two hundred requests.
"""

import errno
import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface, ip_network

from lab.errors import NodeError
from lab.model.ip import Address, AddressWithLength, Prefix
from lab.runtime.netns.enter import socket_in

_NETLINK_ROUTE = 0
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")
_LINK, _ADDRESS, _ROUTE, _QUEUE = struct.Struct("=BxHiII"), struct.Struct("=BBBBI"), struct.Struct("=8BI"), struct.Struct("=BxxxiIII")
_HOP = struct.Struct("=HBBi")
"""The structures nlmsghdr, rtattr, ifinfomsg, ifaddrmsg, rtmsg, tcmsg and rtnexthop (rtnetlink(7))."""

_GET_LINK, _GET_ADDRESS, _GET_ROUTE, _GET_QUEUE = 18, 22, 26, 38
_REQUEST, _DUMP, _INTERRUPTED = 0x1, 0x300, 0x10
_ERROR, _DONE = 2, 3
_IFLA_NAME, _IFA_ADDRESS, _TCA_KIND = 3, 1, 1
_RTA_DESTINATION, _RTA_OUT, _RTA_GATEWAY, _RTA_PRIORITY, _RTA_MULTIPATH = 1, 4, 5, 6, 9
_TYPE_OF_ATTRIBUTE = 0x3FFF
_QUEUE_KINDS = frozenset({"tbf", "netem"})
"""The kinds of queues that faults set (see `Queues`)."""
_UP = 0x1
_FAMILIES = (socket.AF_INET, socket.AF_INET6)
_USUAL_IPV6_METRIC = 1024
"""The kernel's metric of an IPv6 route for which no other one was asked."""
_MAIN_TABLE = 254
_MOST = 1 << 17
_TIMEOUT = 5.0
_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeen:
    """An interface of a node. `up`: whether it is set up (its administrative state), also if it has no carrier."""

    index: int
    name: str
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSeen:
    """A route of the main table. `proto` is its origin. `kind` is 1 for unicast, 6 for blackhole."""

    prefix: Prefix
    gateways: tuple[Address, ...]
    out: int | None
    metric: int
    proto: int
    kind: int


class Dump:
    """Requests to the kernel of one node. Not for use from several threads."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._socket = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_ROUTE)
        self._socket.bind((0, 0))
        self._socket.settimeout(_TIMEOUT)
        self._sequence = 0

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def links(self) -> tuple[LinkSeen, ...]:
        """All interfaces."""
        told = self._ask(_GET_LINK, _LINK.pack(socket.AF_UNSPEC, 0, 0, 0, 0))
        return tuple(_link(body) for body in told)

    def addresses(self) -> tuple[tuple[int, AddressWithLength], ...]:
        """Every address with its prefix length, and the index of its interface."""
        return tuple(_address(body) for family in _FAMILIES for body in self._of(family, _GET_ADDRESS, _ADDRESS))

    def routes(self) -> tuple[RouteSeen, ...]:
        """All routes of the main table."""
        told = (body for family in _FAMILIES for body in self._of(family, _GET_ROUTE, _ROUTE))
        return tuple(_route(body) for body in told if _ROUTE.unpack_from(body)[4] == _MAIN_TABLE)

    def queues(self) -> tuple[tuple[int, str], ...]:
        """Every queue that limits or delays packets: the index of its interface, and its kind. () if the kernel has no queues at all."""
        try:
            told = self._ask(_GET_QUEUE, _QUEUE.pack(socket.AF_UNSPEC, 0, 0, 0, 0))
        except OSError as error:
            if error.errno == errno.EOPNOTSUPP:
                return ()
            raise
        seen = ((_QUEUE.unpack_from(body)[1], _text(_attributes(body, _QUEUE.size)[_TCA_KIND])) for body in told)
        return tuple((index, kind) for index, kind in seen if kind in _QUEUE_KINDS)

    def _of(self, family: int, kind: int, form: struct.Struct) -> list[bytes]:
        """What the kernel tells of one family. A kernel without IPv6 tells of IPv4 in its place."""
        return [body for body in self._ask(kind, bytes([family]).ljust(form.size, b"\0")) if body[0] == family]

    def _ask(self, kind: int, body: bytes) -> list[bytes]:
        """The parts of the kernel's answer to a request. If the kernel's data change meanwhile, the request is repeated."""
        for _ in range(_TRIES):
            self._sequence += 1
            self._socket.send(_HEADER.pack(_HEADER.size + len(body), kind, _REQUEST | _DUMP, self._sequence, 0) + body)
            bodies, interrupted = self._receive()
            if not interrupted:
                return bodies
        raise NodeError(f"netlink: no consistent answer in {_TRIES} tries (something keeps changing the node's network)")

    def _receive(self) -> tuple[list[bytes], bool]:
        bodies: list[bytes] = []
        interrupted = False
        while True:
            for kind, flags, sequence, body in self._messages():
                if sequence != self._sequence:
                    continue  # the rest of an earlier answer that was given up
                interrupted = interrupted or bool(flags & _INTERRUPTED)
                if kind == _DONE:
                    return bodies, interrupted
                if kind == _ERROR:
                    code = -struct.unpack_from("=i", body)[0]
                    raise OSError(code, os.strerror(code))
                bodies.append(body)

    def _messages(self) -> Iterator[tuple[int, int, int, bytes]]:
        try:
            data = self._socket.recv(_MOST)
        except TimeoutError as error:
            raise NodeError(f"netlink: no answer from the kernel within {_TIMEOUT:g} s (try again)") from error
        offset = 0
        while offset + _HEADER.size <= len(data):
            length, kind, flags, sequence, _ = _HEADER.unpack_from(data, offset)
            yield kind, flags, sequence, data[offset + _HEADER.size : offset + length]
            offset += (length + 3) & ~3


def _attributes(data: bytes, offset: int) -> dict[int, bytes]:
    """The attributes that begin at an offset, by type. If a type occurs twice, the last one counts."""
    found: dict[int, bytes] = {}
    while offset + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, offset)
        if length < _ATTRIBUTE.size:
            break
        found[kind & _TYPE_OF_ATTRIBUTE] = data[offset + _ATTRIBUTE.size : offset + length]
        offset += (length + 3) & ~3
    return found


def _link(body: bytes) -> LinkSeen:
    _, _, index, flags, _ = _LINK.unpack_from(body)
    return LinkSeen(index=index, name=_text(_attributes(body, _LINK.size)[_IFLA_NAME]), up=bool(flags & _UP))


def _address(body: bytes) -> tuple[int, AddressWithLength]:
    _, length, _, _, index = _ADDRESS.unpack_from(body)
    return index, ip_interface((_attributes(body, _ADDRESS.size)[_IFA_ADDRESS], length))


def _route(body: bytes) -> RouteSeen:
    family, length, _, _, _, proto, _, kind, _ = _ROUTE.unpack_from(body)
    told = _attributes(body, _ROUTE.size)
    metric = _number(told.get(_RTA_PRIORITY)) or 0
    hops = (told.get(_RTA_GATEWAY), *_gateways(told.get(_RTA_MULTIPATH, b"")))
    return RouteSeen(
        prefix=ip_network((told.get(_RTA_DESTINATION, bytes(4 if family == socket.AF_INET else 16)), length)),
        gateways=tuple(ip_address(hop) for hop in hops if hop),
        out=_number(told.get(_RTA_OUT)),
        metric=0 if family == socket.AF_INET6 and metric == _USUAL_IPV6_METRIC else metric,
        proto=proto,
        kind=kind,
    )


def _gateways(hops: bytes) -> Iterator[bytes | None]:
    """The next hops of a route with several paths."""
    offset = 0
    while offset + _HOP.size <= len(hops):
        length, _, _, _ = _HOP.unpack_from(hops, offset)
        if length < _HOP.size:
            return
        yield _attributes(hops[offset : offset + length], _HOP.size).get(_RTA_GATEWAY)
        offset += (length + 3) & ~3


def _text(value: bytes) -> str:
    return value.rstrip(b"\0").decode()


def _number(value: bytes | None) -> int | None:
    return struct.unpack("=I", value)[0] if value else None
