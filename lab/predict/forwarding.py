"""Forwarding: where each node sends a packet. The kernel of the node decides that from its routes."""

from collections.abc import Callable, Sequence
from functools import partial

from lab.model.ip import Address
from lab.predict.decisions import EXTERNAL_DISTANCE, KernelRoute
from lab.predict.network import Network
from lab.predict.speakers import kernel_distance
from lab.predict.tables import InTheEnd, Tables, View
from lab.predict.walks import Answer, Trip, Walked, nowhere
from lab.predict.wires import NO_DAMAGE, Damage, Hop


class Forwarding:
    """Where each node sends packets for each host, for given tables and damage. A result is kept until the routes of its node change."""

    def __init__(self, network: Network, tables: Tables, damage: Damage = NO_DAMAGE, view: View | None = None) -> None:
        """`view`: which part of the damage the kernels have noticed. None: all of it."""
        self.damage = damage
        self._network = network
        self._tables = tables
        self._kernels = _Kernels(network, tables, damage, view or InTheEnd(damage))
        self._answers: dict[int, _Answers] = {}
        self._base: Forwarding | None = None
        self._near: set[str] = set()

    def after(self, tables: Tables, damage: Damage, view: View | None = None) -> "Forwarding":
        """The forwarding of the healthy network with other tables, and with the same or more damage.

        Results of nodes that do not change are used again.
        """
        found = Forwarding(self._network, tables, damage, view)
        found._base = self
        if damage is not self.damage:
            found._near = {hop.node for hop in (*damage.broken, *damage.dark)}
        return found

    def walked(self, trip: Trip) -> Walked:
        """All paths that a packet in this direction of a flow can take: there are several if equal paths share traffic.

        A dead source sends nothing.
        """
        return nowhere(trip) if trip.source in self.damage.dead else self._network.walks.walked(trip, self.answers(trip.target))

    def answers(self, target: Address) -> "_Answers":
        """Where each node sends packets to a host."""
        key = int(target)
        if key not in self._answers:
            base = self._base.answers(target) if self._base else None
            turned = (self._tables.turned(number) for number in self._network.around(target) if base is not None)
            self._answers[key] = _Answers(partial(self._kernels.answer, target), base, self._near.union(*turned))
        return self._answers[key]


class _Answers(dict[str, Answer]):
    """Where all nodes send packets for one host. The next hops of a node are computed when they are first needed."""

    def __init__(self, answer: Callable[[str], Answer], base: "_Answers | None", touched: set[str]) -> None:
        """`base` has the next hops of all nodes that are not `touched`."""
        super().__init__(base or ())
        for node in touched:
            self.pop(node, None)
        self._answer = answer
        self._base = base
        self._touched = touched

    def __missing__(self, node: str) -> Answer:
        base = None if node in self._touched else self._base
        self[node] = answer = self._answer(node) if base is None else base[node]
        return answer

    def renew(self, node: str) -> bool:
        """Compute the next hops of a node again. Return whether they were computed before and are different now."""
        self._touched.add(node)
        before = self.pop(node, None)
        return before is not None and before is not self[node]


class _Kernels:
    """How the kernels of all nodes choose next hops. Stores no results: that would be a reference cycle, which costs time."""

    def __init__(self, network: Network, tables: Tables, damage: Damage, view: View) -> None:
        self._network = network
        self._tables = tables
        self._damage = damage
        self._view = view

    def answer(self, target: Address, node: str) -> Answer:
        """Compute where a node sends packets to a host."""
        hops, broken, narrow = self._next_hops(node, target), self._damage.broken, self._network.wires.narrow
        if broken.isdisjoint(hops) and narrow.isdisjoint(hops):
            return self._network.walks.answer(hops)
        return self._network.walks.answer(hops, tuple(hop for hop in hops if hop in broken or hop in narrow))

    def _next_hops(self, node: str, target: Address) -> tuple[Hop, ...]:
        """The next hops of the longest prefix that has a route.

        A kernel has no route over a link without carrier. Then a shorter prefix counts.
        """
        lookup = self._network.lookup(node, target)
        if lookup.direct and lookup.direct not in self._damage.dark:
            return (lookup.direct,)
        for number, kernel in lookup.longest_first:
            found = self._by_prefix(node, number, kernel)
            if found is not None:
                return found
        return ()

    def _by_prefix(self, node: str, number: int | None, kernel: Sequence[KernelRoute]) -> tuple[Hop, ...] | None:
        """The next hops of the route to exactly this prefix, by BGP or static: the one with the lower distance counts.

        None if there is no route.
        """
        decision = None if number is None else self._tables.decision(number, node)
        learned, distance = (decision.hops, decision.distance) if decision else ((), EXTERNAL_DISTANCE)
        if not self._damage.dark.isdisjoint(learned):  # the kernel uses a tunnel without an SA until BGP decides again
            learned = tuple(hop for hop in learned if hop.tunnel or hop not in self._damage.dark)
        best = next((each for each in kernel if self._view.has(each)), None) if kernel else None
        if best and (not learned or kernel_distance(best.route) < distance):
            return () if best.hop is None else (best.hop,)
        return learned or None
