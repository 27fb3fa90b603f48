"""Forwarding: where each node sends a packet by its tables, as its kernel would."""

from collections.abc import Sequence
from ipaddress import IPv4Address

from lab.predict.speakers import kernel_distance
from lab.predict.tables import EXTERNAL_DISTANCE, InTheEnd, KernelRoute, Network, Table, View
from lab.predict.walks import Answer, Trip, Walked, nowhere
from lab.predict.wires import Damage, Hop


class Forwarding:
    """The forwarding of all nodes, with the given tables and damage."""

    def __init__(self, network: Network, tables: Sequence[Table], damage: Damage, view: View | None = None) -> None:
        """`view`: what the kernels have noticed of the failures (None: everything)."""
        self._network = network
        self._tables = tables
        self._damage = damage
        self._view = view or InTheEnd(damage)

    def walked(self, trip: Trip) -> Walked:
        """Every way that equal paths allow. A dead source sends nothing."""
        return nowhere(trip) if trip.source in self._damage.dead else self._network.walks.walked(trip, self._answer)

    def next_hops(self, node: str, target: IPv4Address) -> tuple[Hop, ...]:
        """The next hops of the longest prefix. A route without a carrier is not in the kernel, so a shorter one counts."""
        lookup = self._network.lookup(node, target)
        if lookup.direct and lookup.direct not in self._damage.dark:
            return (lookup.direct,)
        for number, kernel in lookup.longest_first:
            found = self._by_prefix(node, number, kernel)
            if found is not None:
                return found
        return ()

    def _answer(self, node: str, target: IPv4Address) -> Answer:
        hops = self.next_hops(node, target)
        if self._damage.broken.isdisjoint(hops):
            return Answer(hops)
        return Answer(hops, tuple(hop for hop in hops if hop in self._damage.broken))

    def _by_prefix(self, node: str, number: int | None, kernel: Sequence[KernelRoute]) -> tuple[Hop, ...] | None:
        """The next hops of the route to exactly this prefix: BGP's or the kernel's, by distance. None if there is no route."""
        decision = None if number is None else self._tables[number].decisions.get(node)
        learned, distance = (decision.hops, decision.distance) if decision else ((), EXTERNAL_DISTANCE)
        if not self._damage.dark.isdisjoint(learned):  # the kernel uses a tunnel without an SA until BGP decides anew
            learned = tuple(hop for hop in learned if hop.tunnel or hop not in self._damage.dark)
        best = next((each for each in kernel if self._view.has(each)), None) if kernel else None
        if best and (not learned or kernel_distance(best.route) < distance):
            return () if best.hop is None else (best.hop,)
        return learned or None
