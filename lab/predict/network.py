"""Network: the routes of all routers when some components have failed and BGP has converged."""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_network
from typing import NamedTuple

from lab.errors import LabError, UnforeseenError
from lab.model.check import SHORTEST_PROBE
from lab.model.ip import Address, Prefix, in_order
from lab.model.plan import Plan
from lab.predict.decisions import UNDECIDED, Decisions, KernelRoute
from lab.predict.kernel import static_routes
from lab.predict.lost import Index, Lost
from lab.predict.prefixes import Prefixes
from lab.predict.speakers import Speakers
from lab.predict.tables import InTheEnd, Table, Tables, View
from lab.predict.walks import Walks
from lab.predict.wires import NO_DAMAGE, Damage, Hop, Wires

_MOST_ROUNDS = 10_000
_TOLD = 5


class Lookup(NamedTuple):
    """The routes that the kernel of a node may use for a host.

    - `direct`: the hop to the host, if the host is a direct neighbor
    - `longest_first`: for each prefix that contains the host, the number of its table and the static routes to exactly this prefix, the
      preferred one first. The number is None if BGP does not know the prefix.
    """

    direct: Hop | None
    longest_first: tuple[tuple[int | None, tuple[KernelRoute, ...]], ...]


class Network:
    """The routers and connections of a plan. Keeps results that were already computed."""

    def __init__(self, plan: Plan, *, prunes: bool = True, octets: int = SHORTEST_PROBE) -> None:
        """`octets`: the length of the flows' packets. They have the Don't Fragment bit.

        `prunes=False` is for tests: compute the table of each prefix anew, and share no decision between prefixes.
        """
        self.plan = _foreseen(plan)
        self._prunes = prunes
        self.computed = 0
        """How many tables have been computed, so how often BGP has converged."""
        self.roles = {node.name: node.role for node in plan.nodes}
        self.wires = Wires(plan, octets)
        self.static = static_routes(plan, self.wires)
        self.speakers = Speakers(plan, self.wires, self.static, renames=prunes)
        hops = (each.hop for routes in self.static.values() for some in routes.values() for each in some)
        self.kernel_tunnels = {hop: place for place, hop in enumerate(dict.fromkeys(hop for hop in hops if hop and hop.tunnel))}
        """The tunnels of static routes, in the order of the plan."""
        self.prefixes = _prefixes(plan, self.speakers)
        self._numbers = {prefix: number for number, prefix in enumerate(self.prefixes)}
        self._around = Prefixes(self.prefixes)
        self._numbers_around: dict[int, tuple[int, ...]] = {}
        self._decisions: dict[str, dict[int, Decisions]] = {name: {} for name in self.speakers.routers}
        self._shared: dict[object, Decisions] = {}
        self.walks = Walks(self.wires)
        self.used = frozenset(self._used())
        """Every hop that a session, a static route or the last step to a flow's end uses. No prediction depends on another hop."""
        self._lookups: dict[tuple[str, int], Lookup] = {}
        self.healthy = tuple(self.afresh(number, NO_DAMAGE) for number in range(len(self.prefixes)))
        self.drawn = Tables.after(self.healthy, {}, ())
        self.index = Index(self.speakers, self.static, self.healthy)

    def lookup(self, node: str, target: Address) -> Lookup:
        """The routes that the kernel of a node may use for a host."""
        key = (node, int(target))
        if key not in self._lookups:
            self._lookups[key] = self._looked_up(node, target)
        return self._lookups[key]

    def around(self, target: Address) -> tuple[int, ...]:
        """The numbers of the prefixes that contain a host, the longest prefix first."""
        key = int(target)
        if key not in self._numbers_around:
            self._numbers_around[key] = tuple(self._numbers[prefix] for prefix in self._around.around(target))
        return self._numbers_around[key]

    def decisions(self, number: int, router: str) -> Decisions:
        """The decisions of a router about a prefix. Prefixes that are alike to the router and its neighbors share them."""
        found = self._decisions[router].get(number)
        if found is None:
            self._decisions[router][number] = found = self._decisions_about(self.prefixes[number], router)
        return found

    def alike(self, numbers: Sequence[int], routers: Iterable[str]) -> list[list[int]]:
        """Prefixes in groups: in the healthy network, each of these routers has made one decision about all prefixes of a group.

        Law: a decision reads only what its router has learned, and different routes give different decisions. So as long as only these
        routers decide, the tables of a group change in the same way.
        """
        if len(numbers) == 1 or not self._prunes:
            return [[number] for number in numbers]
        names = tuple(routers)
        groups: dict[tuple[object, ...], list[int]] = {}
        for number in numbers:
            decided = self.healthy[number].decisions
            groups.setdefault(tuple([decided.get(name) or self.decisions(number, name) for name in names]), []).append(number)
        return list(groups.values())

    def after(self, damage: Damage) -> Tables:
        """The tables after a failure, when BGP has converged."""
        lost = self.lost(damage)
        groups: dict[Table, list[int]] = {}
        waiting = self._alike_at_first(lost)
        while waiting:
            numbers = waiting.pop()
            table = self._settled(numbers[0], damage, lost)
            groups[table], *others = self.alike(numbers, table.asked - damage.dead)
            waiting += others
        return Tables.after(self.healthy, groups, lost.sessions)

    def afresh(self, number: int, damage: Damage) -> Table:
        """The table of a prefix in a damaged network, if no router had a route before."""
        prefix = self.prefixes[number]
        table = self._converged(Table(prefix, number), InTheEnd(damage), self.speakers.originators[prefix])
        table.asked.clear()
        return table

    def lost(self, damage: Damage) -> Lost:
        """What a failure takes from routers."""
        return self.index.lost(damage)

    def _alike_at_first(self, lost: Lost) -> list[list[int]]:
        """The prefixes to which a router loses a route. In one group, the same sessions lose them, at routers to which they are alike."""
        if not self._prunes:
            return [[number] for number in range(len(self.prefixes))]
        groups: dict[object, list[int]] = {}
        for number in sorted({*lost.of, *lost.static, *lost.dead}):
            decided, sessions = self.healthy[number].decisions, lost.of.get(number, ())
            key = (*((each.number, decided[each.receiver]) for each in sessions), *(number for _ in lost.static.get(number, ())))
            groups.setdefault((key, *lost.dead.get(number, ())), []).append(number)
        return list(groups.values())

    def decide(self, router: str, view: View, table: Table) -> list[str]:
        """Let a router choose its best routes and announce them. Return the neighbors for which an announcement changed."""
        table.asked.add(router)
        decisions = self._decisions[router].get(table.number) or self.decisions(table.number, router)
        kernel = next((each for each in decisions.kernel if view.has(each)), None) if decisions.kernel else None
        before, decision = table.decisions.get(router, UNDECIDED), decisions.of(table.heard, kernel)
        if decision is before:
            return []
        table.decisions[router] = decision
        broken, told = view.damage.broken, []
        for session, heard in decision.news_after(before):
            if session.hop not in broken:
                table.heard[session.number] = heard
                told.append(session.receiver)
        return told

    def _settled(self, number: int, damage: Damage, lost: Lost) -> Table:
        """The table of a prefix after a failure, when BGP has converged."""
        table = self.healthy[number].copy()
        waiting = dict.fromkeys(each.receiver for each in lost.of.get(number, ()) if table.lose(each))
        waiting |= dict.fromkeys(lost.static.get(number, ()))
        table.decisions |= dict.fromkeys(lost.dead.get(number, ()), UNDECIDED)
        table.asked.update(lost.dead.get(number, ()))
        return self._converged(table, InTheEnd(damage), waiting)

    def _converged(self, table: Table, view: View, routers: Iterable[str]) -> Table:
        """Let these routers decide, then those that heard of a change, until nothing changes any more."""
        self.computed += 1
        waiting = dict.fromkeys(routers)
        rounds = 0
        while waiting:
            router = next(iter(waiting))
            del waiting[router]
            if router not in view.damage.dead:
                waiting |= dict.fromkeys(self.decide(router, view, table))
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise LabError(f"the routes of {self.plan.name} to {table.prefix} never stop changing, so nothing can be predicted")
        return table

    def _decisions_about(self, prefix: Prefix, router: str) -> Decisions:
        static = self.static[router].get(prefix, ())
        if static or router in self.speakers.originators[prefix] or not self._prunes:
            return Decisions(router, prefix, self.speakers, static)
        key = (router, *(self.speakers.seen(each, prefix) for each in self.speakers.around[router]))
        if key not in self._shared:
            self._shared[key] = Decisions(router, prefix, self.speakers, ())
        return self._shared[key]

    def _used(self) -> Iterator[Hop]:
        ends = {int(end.address) for flow in self.plan.flows for end in (flow.source, flow.target)}
        yield from (session.hop for session in self.speakers.sessions)
        yield from (each.hop for routes in self.static.values() for some in routes.values() for each in some if each.hop)
        yield from (hop for (_, address), hop in self.wires.hops.items() if int(address) in ends)

    def _looked_up(self, node: str, target: Address) -> Lookup:
        static = self.static[node]
        around = {*self._around.around(target), *(prefix for prefix in static if target in prefix)}
        has_host_route = ip_network(target) in static
        return Lookup(
            None if has_host_route else self.wires.hops.get((node, target)),
            tuple((self._numbers.get(each), static.get(each, ())) for each in sorted(around, key=lambda each: -each.prefixlen)),
        )


def _prefixes(plan: Plan, speakers: Speakers) -> tuple[Prefix, ...]:
    """Every prefix that a router originates and that contains an end of a flow."""
    originated = Prefixes(speakers.originators)
    ends = {end.address for flow in plan.flows for end in (flow.source, flow.target)}
    return tuple(sorted({prefix for end in ends for prefix in originated.around(end)}, key=in_order))


def _foreseen(plan: Plan) -> Plan:
    """The plan. Raises UnforeseenError if a router runs lines that are not in its values: a prediction without them could be wrong."""
    if plan.unforeseen:
        more = f"; and {len(plan.unforeseen) - _TOLD} more" if len(plan.unforeseen) > _TOLD else ""
        why = "; ".join(map(str, plan.unforeseen[:_TOLD])) + more
        raise UnforeseenError(f"{plan.name}: nothing can be predicted, because a router runs a configuration of its own: {why}")
    return plan
