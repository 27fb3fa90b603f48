"""Read the network of a node. This needs no netlink library: loading one takes as long as reading a whole lab twice."""

from lab.model.ip import Address, Prefix, in_order
from lab.model.plan import Route
from lab.runtime.netns.dump import Dump, RouteSeen
from lab.runtime.netns.nftables import FilterLine

PROTO_STATIC = 4
_PROTO_BOOT = 3
_PROTOS_BY_HAND = (_PROTO_BOOT, PROTO_STATIC)
"""The origins (proto) of routes that were added by hand. `ip route add` uses `boot` by default."""
_BLACKHOLE = 6
_PROTO_BGP = 186


class NodeView:
    """The interfaces, addresses, routes, queues and drops of one node, read from the host. Not for use from several threads."""

    def __init__(self, pid: int) -> None:
        """Open netlink sockets in the namespace of the node's first process. Raises NodeError if the process is gone."""
        self._dump = Dump(pid)
        self._filter = FilterLine(pid)

    def close(self) -> None:
        """Close the sockets."""
        self._dump.close()
        self._filter.close()

    def drop_names(self) -> tuple[str, ...]:
        """The names of the drops in force."""
        return self._filter.drop_names()

    def queues(self) -> tuple[tuple[str, str], ...]:
        """Every queue that limits or delays packets: its interface and its kind."""
        names = self.interface_names()
        return tuple((names[index], kind) for index, kind in self._dump.queues() if index in names)

    def links_down(self) -> tuple[str, ...]:
        """The interfaces that were set down in this node. Interfaces that only lost their carrier are not among them."""
        return tuple(link.name for link in self._dump.links() if not link.up)

    def interface_names(self) -> dict[int, str]:
        """The names of the present interfaces, by index."""
        return {link.index: link.name for link in self._dump.links()}

    def addresses(self) -> frozenset[tuple[str, str]]:
        """Every address, as text with its prefix length, and its interface."""
        names = self.interface_names()
        return frozenset((names[index], str(address)) for index, address in self._dump.addresses() if index in names)

    def static_routes(self) -> frozenset[Route]:
        """All routes of the main table that the lab, a tunnel or a person added."""
        names = self.interface_names()
        return frozenset(_read(route, names) for route in self._dump.routes() if route.proto in _PROTOS_BY_HAND)

    def bgp_routes(self) -> tuple[tuple[Prefix, tuple[Address, ...]], ...]:
        """Every BGP route of the main table: its prefix and its next hops."""
        found = ((route.prefix, route.gateways) for route in self._dump.routes() if route.proto == _PROTO_BGP)
        return tuple(sorted(found, key=lambda each: in_order(each[0])))


def _read(route: RouteSeen, names: dict[int, str]) -> Route:
    """A route of the kernel, in the form of a planned route. It names an interface only if it has no next hop."""
    via = next(iter(route.gateways), None)
    interface = None if via or route.kind == _BLACKHOLE or route.out is None else names.get(route.out)
    return Route(prefix=route.prefix, via=via, interface=interface, metric=route.metric)
