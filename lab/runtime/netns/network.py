"""The interfaces, addresses and routes of one node: put in as planned, broken, compared with the plan and put right."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv4Network
from typing import assert_never

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from lab.errors import NodeError
from lab.model.impairment import Bandwidth, Impairment, Latency, RandomLoss, SizeLimit
from lab.model.plan import Bridge, Interface, Node, Route, Tag
from lab.program import COMMAND
from lab.runtime.netns.drops import Drops
from lab.runtime.netns.dump import Dump, RouteSeen
from lab.runtime.netns.enter import namespace_of
from lab.runtime.netns.queues import Queues
from lab.runtime.netns.switch import Switch

MTU = 1500
_NEAR_INDEX_BASE = 1000
"""Near ends of cables get indexes from here. A far end takes the lowest free one of its namespace, so the two never equal each other:
with equal indexes the kernel tells the far end of a carrier loss up to 0.7 s late."""
_PROTO_BOOT, _PROTO_STATIC = 3, 4
_PROTOS_BY_HAND = (_PROTO_BOOT, _PROTO_STATIC)
"""`ip route add` says boot unless told otherwise."""
_BLACKHOLE = 6
_PROTO_BGP = 186
_ESRCH = 3


class NodeNetwork:
    """One node's network, from the host. Not for two threads at once."""

    def __init__(self, node: str, pid: int) -> None:
        """Opens netlink sockets in the namespace of the node's first process. NodeError when it is gone."""
        self.node = node
        self.pid = pid
        with namespace_of(pid):
            self._ip = IPRoute()
        self._switch = Switch(pid)
        self.drops = Drops(pid)
        self._dump = Dump(pid)
        self._queues = Queues(self._ip, self._dump)
        self._indexes: dict[str, int] = {}

    def close(self) -> None:
        """Give the sockets back."""
        self._ip.close()
        self._dump.close()
        self._switch.close()
        self.drops.close()

    def plug(self, number: int, near: Interface, far: Interface, far_pid: int) -> None:
        """Make cable `number` with its near end here and its far end in another process's namespace: both in place, by one request."""
        with self._told("a cable cannot be made"), open(f"/proc/{far_pid}/ns/net", "rb") as far_namespace:  # noqa: PTH123 - a descriptor is wanted
            self._ip.link(
                "add",
                ifname=near.name,
                kind="veth",
                index=_NEAR_INDEX_BASE + number,
                address=near.mac,
                mtu=MTU,
                peer={"ifname": far.name, "address": far.mac, "mtu": MTU, "net_ns_fd": far_namespace.fileno()},
            )

    def configure(self, node: Node) -> None:
        """Bring up loopback, the interfaces with their addresses and the bridges, then the static routes; what is there already stays."""
        self._set("lo", up=True)
        for interface in node.interfaces:
            if interface.tag:
                self._vlan(interface.name, interface.tag)
            if interface.address:
                with self._told(f"{interface.name} cannot take {interface.address}"):
                    prefixlen = interface.address.network.prefixlen
                    self._ip.addr("replace", index=self._index(interface.name), address=str(interface.ip), prefixlen=prefixlen)
            self._set(interface.name, up=True)
        for bridge in node.bridges:
            self._bridge(bridge)
        self.add_routes(node.routes)

    def set_link(self, interface: str, *, up: bool) -> None:
        """Take an interface down, so that both ends of its cable lose carrier, or bring it up again."""
        self._set(interface, up=up)

    def impair(self, interface: str, impairment: Impairment) -> None:
        """Lose some of what arrives on the interface, or hold up what leaves it; in place of an impairment of its sort that is there."""
        match impairment:
            case RandomLoss() | SizeLimit():
                self.drops.add_some(_drop_of(interface, impairment), interface, impairment)
            case Bandwidth() | Latency():
                with self._told(f"{interface} cannot be given a queue"):
                    self._queues.set(self._index(interface), impairment)
            case _:
                assert_never(impairment)

    def clear(self, interface: str, impairment: Impairment) -> None:
        """Take an impairment of that sort away; where there is none that is fine."""
        match impairment:
            case RandomLoss() | SizeLimit():
                self.drops.remove(_drop_of(interface, impairment))
            case Bandwidth() | Latency():
                self.clear_queue(interface)
            case _:
                assert_never(impairment)

    def clear_queue(self, interface: str) -> None:
        """Let what leaves the interface leave at once."""
        with self._told(f"the queue of {interface} cannot be taken away"):
            self._queues.clear(self._index(interface))

    def queues(self) -> tuple[tuple[str, str], ...]:
        """(interface, kind) of every queue that holds up what leaves."""
        names = self.interface_names()
        return tuple((names[index], kind) for index, kind in self._queues.present() if index in names)

    def take_down(self, node: Node) -> None:
        """All cables at once, as when the power goes: every neighbor loses carrier."""
        for interface in node.interfaces:
            if interface.tag is None:
                self._set(interface.name, up=False)

    def add_routes(self, routes: tuple[Route, ...]) -> None:
        """Put static routes in; those already there stay."""
        for route in routes:
            with self._told(f"route {route} is refused"):
                self._ip.route("replace", proto=_PROTO_STATIC, **self._written(route))

    def remove_routes(self, routes: tuple[Route, ...]) -> None:
        """Take static routes out; those not there are fine, as are those whose device has gone, which took them along."""
        present = set(self.interface_names().values())
        for route in (each for each in routes if each.interface is None or each.interface in present):
            with self._told(f"route {route} cannot be removed"):
                try:
                    self._ip.route("del", **self._written(route))
                except NetlinkError as error:
                    if error.code != _ESRCH:
                        raise

    def links_down(self) -> tuple[str, ...]:
        """Interfaces that were taken down here (not those whose far end was)."""
        return tuple(link.name for link in self._dump.links() if not link.up)

    def interface_names(self) -> dict[int, str]:
        """Names by index, as they are now."""
        return {link.index: link.name for link in self._dump.links()}

    def addresses(self) -> frozenset[tuple[str, str]]:
        """(interface, address/length) of every IPv4 address."""
        names = self.interface_names()
        return frozenset((names[index], str(address)) for index, address in self._dump.addresses() if index in names)

    def static_routes(self) -> frozenset[Route]:
        """Every route in the main table that the lab, a tunnel or somebody by hand put there."""
        names = self.interface_names()
        return frozenset(_read(route, names) for route in self._dump.routes() if route.proto in _PROTOS_BY_HAND)

    def bgp_routes(self) -> tuple[tuple[IPv4Network, tuple[IPv4Address, ...]], ...]:
        """(prefix, next hops) of every route BGP has put into the main table."""
        return tuple(sorted((route.prefix, route.gateways) for route in self._dump.routes() if route.proto == _PROTO_BGP))

    def _vlan(self, name: str, tag: Tag) -> None:
        if name not in self.interface_names().values():
            with self._told(f"{name} cannot be made"):
                self._ip.link("add", ifname=name, kind="vlan", link=self._index(tag.parent), vlan_id=tag.vlan)

    def _bridge(self, bridge: Bridge) -> None:
        with self._told(f"bridge {bridge.name} cannot be made"):
            if bridge.name not in self.interface_names().values():
                self._ip.link("add", ifname=bridge.name, kind="bridge")
            for port in bridge.ports:
                self._ip.link("set", index=self._index(port), master=self._index(bridge.name))
        self._set(bridge.name, up=True)

    def _written(self, route: Route) -> dict[str, str | int]:
        """A route in netlink's words, but for who put it there."""
        way: dict[str, str | int] = {"type": "blackhole"}
        if route.via:
            way = {"gateway": str(route.via)}
        elif route.interface:
            self._indexes.pop(route.interface, None)  # a tunnel's device is another one whenever its charon has started anew
            way = {"oif": self._index(route.interface), "scope": "link"}
        return {"dst": str(route.prefix), **way, **({"priority": route.metric} if route.metric else {})}

    def _set(self, interface: str, *, up: bool) -> None:
        with self._told(f"{interface} cannot be set {'up' if up else 'down'}"):
            self._switch.set(self._index(interface), up=up)

    def _index(self, interface: str) -> int:
        if interface not in self._indexes:
            self._indexes = {name: index for index, name in self.interface_names().items()}
        if interface not in self._indexes:
            raise NodeError(f"{self.node}: has no interface {interface} ({COMMAND} lab-down and lab-up again)")
        return self._indexes[interface]

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except NetlinkError as error:
            raise NodeError(f"{self.node}: {what} ({os.strerror(error.code) if error.code else error})") from error
        except OSError as error:
            raise NodeError(f"{self.node}: {what} ({error})") from error


def _drop_of(interface: str, impairment: RandomLoss | SizeLimit) -> str:
    """A short name: a node's drops are told by it."""
    return f"{'lossy' if isinstance(impairment, RandomLoss) else 'oversize'}-{interface}"


def _read(route: RouteSeen, names: dict[int, str]) -> Route:
    """A route of the kernel: the interface counts only where there is no router behind it."""
    via = next(iter(route.gateways), None)
    interface = None if via or route.kind == _BLACKHOLE or route.out is None else names.get(route.out)
    return Route(prefix=route.prefix, via=via, interface=interface, metric=route.metric)
