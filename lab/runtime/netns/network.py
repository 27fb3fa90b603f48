"""Make, break and repair the interfaces, addresses and routes of one node."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import assert_never

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from lab.errors import NodeError
from lab.model.impairment import Bandwidth, Impairment, Latency, RandomLoss, SizeLimit
from lab.model.plan import Bridge, Interface, Node, Role, Route, Tag
from lab.program import COMMAND
from lab.runtime.netns.drops import Drops
from lab.runtime.netns.dump import Dump
from lab.runtime.netns.enter import namespace_of
from lab.runtime.netns.firewall import Firewall
from lab.runtime.netns.nat import Nat
from lab.runtime.netns.queues import Queues
from lab.runtime.netns.switch import Switch
from lab.runtime.netns.view import PROTO_STATIC, NodeView

_NEAR_INDEX_BASE = 1000
"""The first interface index for the near ends of cables. A far end gets the lowest free index of its namespace.

So both ends never have the same index. Otherwise the kernel reports a carrier loss at the far end up to 0.7 s late.
"""
_ESRCH = 3
_FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}


class NodeNetwork:
    """Changes one node's network from the host. Not for use from several threads."""

    def __init__(self, node: str, pid: int, view: NodeView) -> None:
        """Open netlink sockets in the namespace of the node's first process. Raises NodeError if the process is gone."""
        self.node = node
        self.pid = pid
        with namespace_of(pid):
            self._ip = IPRoute()
        self._switch = Switch(pid)
        self.drops = Drops(pid)
        self._view = view
        self._dump = Dump(pid)
        self._queues = Queues(self._ip, self._dump)
        self._indexes: dict[str, int] = {}

    def close(self) -> None:
        """Close the sockets."""
        self._ip.close()
        self._dump.close()
        self._switch.close()
        self.drops.close()

    def plug(self, number: int, near: Interface, far: Interface, far_pid: int) -> None:
        """Make a cable from this node to the namespace of another process. Both ends are made in one request."""
        with self._told("a cable cannot be made"), Path(f"/proc/{far_pid}/ns/net").open("rb") as far_namespace:
            self._ip.link(
                "add",
                ifname=near.name,
                kind="veth",
                index=_NEAR_INDEX_BASE + number,
                address=near.mac,
                mtu=near.mtu,
                peer={"ifname": far.name, "address": far.mac, "mtu": far.mtu, "net_ns_fd": far_namespace.fileno()},
            )

    def configure(self, node: Node) -> None:
        """Set up the loopback, then interfaces with addresses, bridges and static routes. What already exists is not changed."""
        self._set("lo", up=True)
        for interface in node.interfaces:
            if interface.tag:
                self._vlan(interface.name, interface.tag, interface.mtu)
            for each in interface.addresses:
                with self._told(f"{interface.name} cannot have the address {each}"):
                    way = {"family": _FAMILIES[each.version], "address": str(each.ip), "prefixlen": each.network.prefixlen}
                    self._ip.addr("replace", index=self._index(interface.name), **way)
            self._set(interface.name, up=True)
        for bridge in node.bridges:
            self._bridge(bridge)
        self.add_routes(node.routes)
        if node.is_stateful:
            with closing(Firewall(self.pid)) as firewall:
                firewall.set_up()
        if node.role is Role.NAT:
            with closing(Nat(self.pid)) as nat:
                nat.set_up()

    def forget_flows(self, node: Node) -> None:
        """Let a firewall forget every flow that it has seen. Does nothing to any other node."""
        if node.is_stateful:
            with closing(Firewall(self.pid)) as firewall:
                firewall.forget()

    def set_link(self, interface: str, *, up: bool) -> None:
        """Set an interface down, so that both ends of its cable lose their carrier. Or set it up."""
        self._set(interface, up=up)

    def impair(self, interface: str, impairment: Impairment) -> None:
        """Drop some arriving packets, or delay leaving ones. Replaces an impairment of the same kind."""
        match impairment:
            case RandomLoss() | SizeLimit():
                self.drops.add_some(_drop_of(interface, impairment), interface, impairment)
            case Bandwidth() | Latency():
                with self._told(f"{interface} cannot have a queue"):
                    self._queues.set(self._index(interface), impairment)
            case _:
                assert_never(impairment)

    def clear(self, interface: str, impairment: Impairment) -> None:
        """Remove an impairment of this kind. Does nothing if there is none."""
        match impairment:
            case RandomLoss() | SizeLimit():
                self.drops.remove(_drop_of(interface, impairment))
            case Bandwidth() | Latency():
                self.clear_queue(interface)
            case _:
                assert_never(impairment)

    def clear_queue(self, interface: str) -> None:
        """Remove the queue, so that packets leave at once."""
        with self._told(f"the queue of {interface} cannot be removed"):
            self._queues.clear(self._index(interface))

    def take_down(self, node: Node) -> None:
        """Set all interfaces down, as if the node lost its power: every neighbor loses its carrier."""
        for interface in node.interfaces:
            if interface.tag is None:
                self._set(interface.name, up=False)

    def add_routes(self, routes: tuple[Route, ...]) -> None:
        """Add static routes. Routes that exist are not changed."""
        for route in routes:
            with self._told(f"route {route} cannot be added"):
                self._ip.route("replace", proto=PROTO_STATIC, **self._written(route))

    def remove_routes(self, routes: tuple[Route, ...]) -> None:
        """Remove static routes. Does nothing for a route that is gone, for instance because its interface is gone."""
        present = set(self._view.interface_names().values())
        for route in (each for each in routes if each.interface is None or each.interface in present):
            with self._told(f"route {route} cannot be removed"):
                try:
                    self._ip.route("del", **self._written(route))
                except NetlinkError as error:
                    if error.code != _ESRCH:
                        raise

    def _vlan(self, name: str, tag: Tag, mtu: int) -> None:
        if name not in self._view.interface_names().values():
            with self._told(f"interface {name} cannot be made"):
                self._ip.link("add", ifname=name, kind="vlan", link=self._index(tag.parent), vlan_id=tag.vlan, mtu=mtu)

    def _bridge(self, bridge: Bridge) -> None:
        with self._told(f"bridge {bridge.name} cannot be made"):
            if bridge.name not in self._view.interface_names().values():
                self._ip.link("add", ifname=bridge.name, kind="bridge")
            for port in bridge.ports:
                self._ip.link("set", index=self._index(port), master=self._index(bridge.name))
        self._set(bridge.name, up=True)

    def _written(self, route: Route) -> dict[str, str | int]:
        """The fields of a route for netlink, without the field for the route's origin (proto)."""
        family, way = _FAMILIES[route.prefix.version], dict[str, str | int]({"type": "blackhole"})
        if route.via:
            way = {"gateway": str(route.via)}
        elif route.interface:
            self._indexes.pop(route.interface, None)  # a tunnel device is a new one after each start of its charon
            way = {"oif": self._index(route.interface), "scope": "link"}
        return {"family": family, "dst": str(route.prefix), **way, **({"priority": route.metric} if route.metric else {})}

    def _set(self, interface: str, *, up: bool) -> None:
        with self._told(f"{interface} cannot be set {'up' if up else 'down'}"):
            self._switch.set(self._index(interface), up=up)

    def _index(self, interface: str) -> int:
        if interface not in self._indexes:
            self._indexes = {name: index for index, name in self._view.interface_names().items()}
        if interface not in self._indexes:
            raise NodeError(f"{self.node} has no interface {interface} (deploy the lab again: {COMMAND} lab-down, then lab-up)")
        return self._indexes[interface]

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except NetlinkError as error:
            raise NodeError(f"on {self.node}, {what} ({os.strerror(error.code) if error.code else error})") from error
        except OSError as error:
            raise NodeError(f"on {self.node}, {what} ({error})") from error


def _drop_of(interface: str, impairment: RandomLoss | SizeLimit) -> str:
    """The name of the drop that an impairment makes. It is short, because reports show it."""
    return f"{'lossy' if isinstance(impairment, RandomLoss) else 'oversize'}-{interface}"
