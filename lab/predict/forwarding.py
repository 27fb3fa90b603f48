"""Forwarding: which way a packet takes through the routers' tables, hop by hop, as their kernels would send it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from lab.predict.choice import OWN
from lab.predict.speakers import kernel_distance
from lab.predict.tables import EXTERNAL_DISTANCE, INTERNAL_DISTANCE, InTheEnd, Network, Table, View
from lab.predict.wires import MOST_HOPS, Failed, Hop


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The nodes that a packet passes, and whether it arrives. `hops` are the same way with its links and tunnels."""

    nodes: tuple[str, ...]
    arrives: bool
    hops: tuple[Hop, ...] = ()


class Forwarding:
    """The forwarding of all nodes, with the given tables and failures."""

    def __init__(self, network: Network, tables: Mapping[IPv4Network, Table], failed: Failed, view: View | None = None) -> None:
        """`view`: what the kernels have noticed of the failures (None: everything)."""
        self._network = network
        self._tables = tables
        self._failed = failed
        self._view = view or InTheEnd(network.wires, failed)

    def ways(self, source: str, target: IPv4Address) -> tuple[Way, ...]:
        """Every way that equal paths allow. A dead source sends nothing."""
        start = Way(nodes=(source,), arrives=False)
        return (start,) if source in self._failed.nodes else tuple(self._onward(start, target))

    def next_hops(self, node: str, target: IPv4Address) -> tuple[Hop, ...]:
        """The next hops of the longest prefix. A route without a carrier is not in the kernel, so a shorter one counts."""
        direct = self._network.wires.hops.get((node, target))
        if direct and self._network.wires.has_carrier(direct, self._failed):
            return (direct,)
        prefixes = {each.route.prefix for each in self._network.kernel[node]} | self._tables.keys()
        for prefix in sorted((each for each in prefixes if target in each), key=lambda each: -each.prefixlen):
            found = self._by_prefix(node, prefix)
            if found is not None:
                return found
        return ()

    def _onward(self, way: Way, target: IPv4Address) -> Iterator[Way]:
        node = way.nodes[-1]
        choices = self.next_hops(node, target)
        if not choices or len(way.hops) > MOST_HOPS:
            yield way
        for hop in choices:
            hops = (*way.hops, hop)
            if not self._network.wires.passes(hop, self._failed):
                yield Way(nodes=way.nodes, arrives=False, hops=hops)
                continue
            further = Way(nodes=(*way.nodes, *hop.through, hop.far), arrives=self._network.wires.hops.get((node, target)) == hop, hops=hops)
            if further.arrives or hop.far in way.nodes:
                yield further
            else:
                yield from self._onward(further, target)

    def _is_offered(self, hop: Hop) -> bool:
        """Whether the kernel uses a next hop. It skips one without a carrier. A tunnel without an SA it uses until BGP decides anew."""
        return hop.tunnel is not None or self._network.wires.has_carrier(hop, self._failed)

    def _by_prefix(self, node: str, prefix: IPv4Network) -> tuple[Hop, ...] | None:
        """The next hops of the route to exactly this prefix: BGP's or the kernel's, by distance. None if there is no route."""
        network, table = self._network, self._tables.get(prefix)
        routes = [network.speakers.routes[number] for number in (table.shared(node) if table else ())]
        sessions = [network.speakers.sessions[route.session] for route in routes if route.session != OWN]
        learned = tuple(dict.fromkeys(each.hop for each in sessions if self._is_offered(each.hop)))
        kernel = network.kernel_best(node, prefix, self._view)
        distance = INTERNAL_DISTANCE if sessions and sessions[0].internal else EXTERNAL_DISTANCE
        if kernel and (not learned or kernel_distance(kernel.route) < distance):
            return () if kernel.hop is None else (kernel.hop,)
        return learned or None
