"""Every state: which flows get through, computed for all sets of failed components at once. Law: no set is guessed from another one.

A state says which components have failed. `tables` computes the decisions of the routers in one state. Here a decision is a function of the
state, and the routers exchange such functions until nothing changes. So a failure that repairs a flow is found, too. The idea is that of
symbolic simulation of BGP (Giannarakis and others 2020, "NV: an intermediate language for verification").
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial, reduce
from itertools import combinations
from typing import NamedTuple, TypeVar, cast

from lab.errors import LabError
from lab.model.ip import Address
from lab.predict.decisions import Decisions, KernelRoute
from lab.predict.diagram import Diagrams
from lab.predict.network import Network
from lab.predict.speakers import kernel_distance
from lab.predict.walks import Trip
from lab.predict.wires import MOST_HOPS, Bundled, Damage, Hop

_MOST_ROUNDS = 10_000


class _Made(NamedTuple):
    """What a router decided about one prefix in one state.

    - `told`: for each session, the routes that the router announces on it
    - `hops`: the router's next hops. `distance`: zebra's distance of the route
    """

    told: tuple[tuple[int, tuple[int, ...]], ...] = ()
    hops: tuple[Hop, ...] = ()
    distance: int = 0


_DEAD = _Made()


class _Onward(NamedTuple):
    """Where a node sends packets for a host, in all states.

    - `nowhere`: the states in which the node has no next hop
    - `takes`: each possible next hop, and the states in which the node uses it
    """

    nowhere: int
    takes: tuple[tuple[Hop, int], ...]


_Part = TypeVar("_Part", Hop, str)


class EveryState:
    """The network in all states. `damages[n]` is the damage of the component that is level n of the diagrams.

    A set of states is given as the number of a function in the diagrams. The function is true in these states.
    """

    def __init__(self, network: Network, damages: Sequence[Damage], diagrams: Diagrams) -> None:
        hops = network.wires.hops.values()
        self._network = network
        self.diagrams = diagrams
        self._broken = self._failing(hops, [each.broken for each in damages])
        self._dark = self._failing(hops, [each.dark for each in damages])
        for bundle, down in self._bundles_down(damages):
            self._broken |= {hop: diagrams.either(self._broken[hop], down) for hop in bundle.broken}
            self._dark |= {hop: diagrams.either(self._dark[hop], down) for hop in bundle.dark}
        self._dead = self._failing(network.roles, [each.dead for each in damages])
        self._tables: dict[int, dict[str, int]] = {}
        self._onward: dict[tuple[str, Address], _Onward] = {}

    def lost(self, trip: Trip) -> int:
        """The states in which packets in this direction of a flow are lost on at least one of the equal paths. Raises TooLargeError."""
        dead = self._dead[trip.source]
        alive = self.diagrams.opposite(dead)
        return self.diagrams.either(dead, self._lost_from(trip, (trip.source,), alive))

    def _failing(self, parts: Iterable[_Part], damages: Sequence[frozenset[_Part]]) -> dict[_Part, int]:
        """For each part of the network, the states in which at least one component has failed that damages it."""
        levels: dict[_Part, list[int]] = {}
        for level, damaged in enumerate(damages):
            for part in damaged:
                levels.setdefault(part, []).append(level)
        return {part: self.diagrams.either(*map(self.diagrams.has_failed, levels.get(part, ()))) for part in parts}

    def _bundles_down(self, damages: Sequence[Damage]) -> Iterator[tuple[Bundled, int]]:
        """Each LAG, and the states in which it has lost more members than it can spare."""
        levels: dict[Bundled, dict[str, list[int]]] = {}
        for level, damage in enumerate(damages):
            for bundle, member in damage.unlit:
                levels.setdefault(bundle, {}).setdefault(member, []).append(level)
        for bundle, members in levels.items():
            lost = [self.diagrams.either(*map(self.diagrams.has_failed, of_member)) for of_member in members.values()]
            yield bundle, self.diagrams.either(*(self._all(some) for some in combinations(lost, bundle.spare + 1)))

    def _all(self, functions: Iterable[int]) -> int:
        """The states in which all these functions are true."""
        return reduce(self.diagrams.both, functions, self.diagrams.yes)

    def _lost_from(self, trip: Trip, way: tuple[str, ...], reached: int) -> int:
        """The states in which packets take the path `way` and are lost at its end or later.

        `reached`: the states in which packets take `way`.
        """
        node, diagrams = way[-1], self.diagrams
        if len(way) > MOST_HOPS:
            return reached
        onward = self._onward_from(node, trip.target)
        lost = [diagrams.both(reached, onward.nowhere)]
        for hop, takes in onward.takes:
            taken = diagrams.both(reached, takes)
            if taken == diagrams.no:
                continue
            lost.append(diagrams.both(taken, self._broken[hop]))
            if self._network.wires.hops.get((node, trip.target)) is hop:
                continue
            arrived = diagrams.both(taken, diagrams.opposite(self._broken[hop]))
            lost.append(arrived if hop.far in way else self._lost_from(trip, (*way, hop.far), arrived))
        return diagrams.either(*lost)

    def _onward_from(self, node: str, target: Address) -> _Onward:
        key = (node, target)
        if key not in self._onward:
            hops = self._next_hops(node, target)
            all_hops = dict.fromkeys(hop for each in self.diagrams.values(hops) for hop in _as_hops(each))
            self._onward[key] = _Onward(
                nowhere=self.diagrams.combined(_is_empty, hops),
                takes=tuple((hop, self.diagrams.combined(partial(_takes, hop), hops)) for hop in all_hops),
            )
        return self._onward[key]

    def _next_hops(self, node: str, target: Address) -> int:
        """The next hops over which a node sends packets for a host, as a function of the state.

        The longest prefix that has a route decides.
        """
        diagrams, lookup = self.diagrams, self._network.lookup(node, target)
        onward = diagrams.end(())
        for number, kernel in reversed(lookup.longest_first):
            decided = diagrams.end(_DEAD) if number is None else self._table(number).get(node, diagrams.end(_DEAD))
            onward = diagrams.combined(partial(_by_prefix, kernel), onward, decided, *(self._has(each) for each in kernel))
        if lookup.direct is None:
            return onward
        return diagrams.combined(partial(_direct, lookup.direct), self._dark[lookup.direct], onward)

    def _has(self, kernel: KernelRoute) -> int:
        """The states in which the kernel of a node has this static route (see `tables.InTheEnd`)."""
        if kernel.hop is None:
            return self.diagrams.yes
        return self.diagrams.opposite((self._broken if kernel.hop.dead_after else self._dark)[kernel.hop])

    def _table(self, number: int) -> dict[str, int]:
        """What each router decides about a prefix after BGP has converged, as a function of the state."""
        if number not in self._tables:
            self._tables[number] = self._settled(number)
        return self._tables[number]

    def _settled(self, number: int) -> dict[str, int]:
        nothing = self.diagrams.end(())
        heard = [nothing] * len(self._network.speakers.sessions)
        table: dict[str, int] = {}
        waiting = dict.fromkeys(self._network.speakers.routers)
        rounds = 0
        while waiting:
            router = next(iter(waiting))
            del waiting[router]
            waiting |= dict.fromkeys(self._decide(router, number, table, heard))
            rounds += 1
            if rounds > _MOST_ROUNDS:
                what = f"the routes of {self._network.plan.name} to {self._network.prefixes[number]}"
                raise LabError(f"{what} never stop changing, so nothing can be predicted")
        return table

    def _decide(self, router: str, number: int, table: dict[str, int], heard: list[int]) -> list[str]:
        """Let a router decide in every state, and announce the result. Return the neighbors for which an announcement changed."""
        network, diagrams = self._network, self.diagrams
        decisions = network.decisions(number, router)
        kernel, into = decisions.kernel, [each.number for each in network.speakers.into[router]]
        inputs = [self._dead[router], *(self._has(each) for each in kernel), *(heard[each] for each in into)]
        made = diagrams.combined(partial(self._made, decisions, into), *inputs)
        if table.get(router) == made:
            return []
        table[router] = made
        told = []
        for session in network.speakers.out_of[router]:
            now = diagrams.combined(partial(_told, session.number), made, self._broken[session.hop])
            if now != heard[session.number]:
                heard[session.number] = now
                told.append(session.receiver)
        return told

    def _made(self, decisions: Decisions, into: Sequence[int], dead: bool, *known: Hashable) -> _Made:
        """The decision of a router about a prefix in one state.

        `known` begins with a value for each static route: whether the router has this route. Then follow the routes learned on each
        session.
        """
        if dead:
            return _DEAD
        kernel = decisions.kernel
        best = next((each for each, it_has in zip(kernel, known, strict=False) if it_has), None)
        heard = {session: cast(tuple[int, ...], routes) for session, routes in zip(into, known[len(kernel) :], strict=True)}
        decision = decisions.of(heard, best)
        return _Made(tuple((session.number, routes) for session, routes in decision.told), decision.hops, decision.distance)


def _is_empty(hops: tuple[Hop, ...]) -> bool:
    return not hops


def _takes(hop: Hop, hops: tuple[Hop, ...]) -> bool:
    return hop in hops


def _as_hops(value: Hashable) -> tuple[Hop, ...]:
    return cast(tuple[Hop, ...], value)


def _told(session: int, made: _Made, broken: bool) -> tuple[int, ...]:
    return () if broken else next((routes for number, routes in made.told if number == session), ())


def _direct(hop: Hop, dark: bool, otherwise: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return otherwise if dark else (hop,)


def _by_prefix(kernel: Sequence[KernelRoute], shorter: tuple[Hop, ...], made: _Made, *has: bool) -> tuple[Hop, ...]:
    """The next hops to one prefix: those of the BGP route or of the static route, whichever has the lower distance.

    `shorter`: the next hops if there is neither. A next hop that BGP uses always carries packets, because its session is up.
    """
    best = next((each for each, it_has in zip(kernel, has, strict=True) if it_has), None)
    if best and (not made.hops or kernel_distance(best.route) < made.distance):
        return () if best.hop is None else (best.hop,)
    return made.hops or shorter
