"""Messages of a node's kernel about changed links and routes (rtnetlink)."""

import socket
from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Protocol

from pyroute2.netlink.rtnl.marshal import MarshalRtnl

from lab.model.evidence import TimelineEvent
from lab.model.ip import Address
from lab.runtime.netns.enter import socket_in

_GROUP_LINK, _GROUP_ROUTE, _GROUP_IPV6_ROUTE = 0x1, 0x40, 0x400
_NETLINK_ROUTE = 0
_IFF_LOWER_UP = 0x10000
_MAIN_TABLE = 254
_AF_INET, _AF_INET6 = 2, 10
_PROTO_KERNEL = 2


def rtnetlink_socket(pid: int) -> socket.socket:
    """A socket on which the kernel reports changes of links and routes in the network namespace of a process."""
    line = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_ROUTE)
    line.bind((0, _GROUP_LINK | _GROUP_ROUTE | _GROUP_IPV6_ROUTE))
    return line


class _Message(Protocol):
    """A netlink message as pyroute2 decodes it."""

    def __getitem__(self, key: str) -> int | str: ...

    def get_attr(self, name: str) -> object: ...


class KernelEar:
    """Turns messages of one node's kernel into events.

    It assumes that all links are up at first. A repeated state gives no second event.
    """

    def __init__(self, node: str, owners: Mapping[Address, str]) -> None:
        """`owners`: the node of each address, so that next hops get names."""
        self._node = node
        self._owners = owners
        self._marshal = MarshalRtnl()
        self._down: set[str] = set()

    def hear(self, data: bytes, at: float) -> Iterator[TimelineEvent]:
        """The events in a datagram from the kernel that arrived at the instant `at` (wall-clock seconds)."""
        for message in self._marshal.parse(data):
            match message["event"]:
                case "RTM_NEWLINK":
                    yield from self._link(str(message.get_attr("IFLA_IFNAME")), is_up=bool(message["flags"] & _IFF_LOWER_UP), at=at)
                case "RTM_NEWROUTE" | "RTM_DELROUTE" if message.get_attr("RTA_TABLE") == _MAIN_TABLE and _is_ours(message):
                    yield self._route(message, at)

    def _link(self, name: str, *, is_up: bool, at: float) -> Iterator[TimelineEvent]:
        if is_up == (name in self._down):
            (self._down.discard if is_up else self._down.add)(name)
            lost = None if is_up else f"{self._node}:{name}"
            yield TimelineEvent(at=at, node=self._node, source="link", what=f"{name} {'up' if is_up else 'down'}", lost=lost)

    def _route(self, message: _Message, at: float) -> TimelineEvent:
        anything = bytes(4 if message["family"] == _AF_INET else 16)
        address = message.get_attr("RTA_DST")
        prefix = ip_network((str(address) if address else anything, int(message["dst_len"])))
        way = "gone" if message["event"] == "RTM_DELROUTE" else f"via {' and '.join(self._next_hops(message)) or 'its link'}"
        return TimelineEvent(at=at, node=self._node, source="route", what=f"{prefix} {way}", prefix=prefix)

    def _next_hops(self, message: _Message) -> Iterator[str]:
        several = message.get_attr("RTA_MULTIPATH")
        for hop in several if isinstance(several, list) else [message]:
            if address := hop.get_attr("RTA_GATEWAY"):
                yield self._owners.get(ip_address(str(address)), str(address))


def _is_ours(message: _Message) -> bool:
    """Whether a route can matter to a flow. The kernel's own IPv6 routes, which follow from its addresses, cannot."""
    return message["family"] == _AF_INET or (message["family"] == _AF_INET6 and message["proto"] != _PROTO_KERNEL)
