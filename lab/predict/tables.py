"""Tables: the routes that every router has when some components have failed and BGP has converged.

Law: the next hop of a route is always the neighbor from which the route was learned (`next-hop-self` inside an AS). So a route can be used
as long as its session is up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple, Protocol

from lab.errors import LabError
from lab.model.plan import Plan
from lab.model.plan import Route as StaticRoute
from lab.predict.decisions import UNDECIDED, Decision, Decisions, KernelRoute
from lab.predict.speakers import Session, Speakers, kernel_distance
from lab.predict.walks import Walks
from lab.predict.wires import NO_DAMAGE, Damage, Hop, Wires

_MOST_ROUNDS = 10_000


class Lookup(NamedTuple):
    """The routes that the kernel of a node may use for a host.

    - `direct`: the hop to the host, if the host is a direct neighbor
    - `longest_first`: for each prefix that contains the host, the number of its table and the static routes to exactly this prefix, the
      preferred one first. The number is None if BGP does not know the prefix.
    """

    direct: Hop | None
    longest_first: tuple[tuple[int | None, tuple[KernelRoute, ...]], ...]


@dataclass(slots=True, eq=False)
class Table:
    """The routes of all routers to one prefix.

    - `number`: the place of the prefix in `Network.prefixes`
    - `heard`: for each session, the routes that its receiver has learned on it
    - `decisions`: for each router, its last decision
    """

    prefix: IPv4Network
    number: int
    heard: list[tuple[int, ...]]
    decisions: dict[str, Decision]

    def copy(self) -> "Table":
        return Table(self.prefix, self.number, self.heard.copy(), self.decisions.copy())

    def lose(self, session: Session) -> bool:
        """Remove the routes that the receiver learned on this session. Return whether there were any."""
        had = bool(self.heard[session.number])
        self.heard[session.number] = ()
        return had


class View(Protocol):
    """A failure, and the part of it that the routers have noticed."""

    @property
    def damage(self) -> Damage:
        """What the failure breaks. No message arrives on a broken hop, and dead nodes do nothing."""
        ...

    def has(self, kernel: KernelRoute) -> bool:
        """Whether the node's kernel still has this static route."""
        ...


class InTheEnd:
    """The state in which every router has noticed the whole failure."""

    def __init__(self, damage: Damage) -> None:
        self.damage = damage

    def has(self, kernel: KernelRoute) -> bool:
        """Whether the interface of the route has a carrier, or the tunnel of the route passes packets."""
        return kernel.hop is None or kernel.hop not in (self.damage.broken if kernel.hop.tunnel else self.damage.dark)


class Network:
    """The routers and connections of a plan. Keeps results that were already computed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.roles = {node.name: node.role for node in plan.nodes}
        self.wires = Wires(plan)
        self.speakers = Speakers(plan, self.wires)
        self.kernel = {node.name: _kernel_routes(plan, node.name, self.wires) for node in plan.nodes}
        hops = (each.hop for routes in self.kernel.values() for each in routes)
        self.kernel_tunnels = tuple(dict.fromkeys(hop for hop in hops if hop and hop.tunnel))
        self.prefixes = _prefixes(plan, self.speakers, self.kernel)
        self.decisions = [
            {name: Decisions(name, prefix, self.speakers, kernel_to(prefix, self.kernel[name])) for name in self.speakers.routers}
            for prefix in self.prefixes
        ]
        """For each prefix (by its number), the decisions of each router."""
        self.walks = Walks(self.wires)
        self.used = frozenset(self._used())
        """Every hop that a session, a static route or the last step to a flow's end uses. No prediction depends on another hop."""
        self._lookups: dict[tuple[str, int], Lookup] = {}
        self.healthy = tuple(self.settled(prefix, NO_DAMAGE, None) for prefix in self.prefixes)

    def lookup(self, node: str, target: IPv4Address) -> Lookup:
        """The routes that the kernel of a node may use for a host."""
        key = (node, int(target))
        if key not in self._lookups:
            self._lookups[key] = self._looked_up(node, target)
        return self._lookups[key]

    def settled(self, prefix: IPv4Network, damage: Damage, before: Table | None) -> Table:
        """The routes of all routers to one prefix, after BGP has converged.

        `before`: these routes before the last components failed. None: no router has a route yet.
        """
        view = InTheEnd(damage)
        table = before.copy() if before else Table(prefix, self.prefixes.index(prefix), [()] * len(self.speakers.sessions), {})
        waiting = dict.fromkeys(self.speakers.routers if before is None else self._touched(view, table))
        table.decisions |= dict.fromkeys(damage.dead & self.speakers.routers.keys(), UNDECIDED)
        rounds = 0
        while waiting:
            router = next(iter(waiting))
            del waiting[router]
            if router not in damage.dead:
                waiting |= dict.fromkeys(self.decide(router, view, table))
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise LabError(f"{self.plan.name}: the routes to {prefix} never stop changing")
        return table

    def decide(self, router: str, view: View, table: Table) -> list[str]:
        """Let a router choose its best routes and announce them. Return the neighbors for which an announcement changed."""
        decisions = self.decisions[table.number][router]
        kernel = next((each for each in decisions.kernel if view.has(each)), None) if decisions.kernel else None
        before, decision = table.decisions.get(router, UNDECIDED), decisions.of(table.heard, kernel)
        if decision is before:
            return []
        table.decisions[router] = decision
        told = []
        for session, heard in decision.news_after(before):
            if session.hop not in view.damage.broken:
                table.heard[session.number] = heard
                told.append(session.receiver)
        return told

    def _used(self) -> Iterator[Hop]:
        ends = {int(end.address) for flow in self.plan.flows for end in (flow.source, flow.target)}
        yield from (session.hop for session in self.speakers.sessions)
        yield from (each.hop for routes in self.kernel.values() for each in routes if each.hop)
        yield from (hop for (_, address), hop in self.wires.hops.items() if int(address) in ends)

    def _looked_up(self, node: str, target: IPv4Address) -> Lookup:
        around = {prefix for prefix in (*self.prefixes, *(each.route.prefix for each in self.kernel[node])) if target in prefix}
        numbers = {prefix: number for number, prefix in enumerate(self.prefixes)}
        longest_first = sorted(around, key=lambda each: -each.prefixlen)
        return Lookup(
            self.wires.hops.get((node, target)),
            tuple((numbers.get(prefix), kernel_to(prefix, self.kernel[node])) for prefix in longest_first),
        )

    def _touched(self, view: View, table: Table) -> Iterator[str]:
        """Remove the routes that were learned on lost sessions. Return each router that has lost such a route or a static route."""
        yield from (each.receiver for each in self.speakers.sessions if each.hop in view.damage.broken and table.lose(each))
        for router, decisions in self.decisions[table.number].items():
            if decisions.kernel and not all(view.has(each) for each in decisions.kernel):
                yield router


def kernel_to(prefix: IPv4Network, routes: Iterable[KernelRoute]) -> tuple[KernelRoute, ...]:
    """The static routes to exactly this prefix. The route that zebra prefers is first."""
    fitting = (each for each in routes if each.route.prefix == prefix)
    return tuple(sorted(fitting, key=lambda each: (kernel_distance(each.route), each.route.metric)))


def _kernel_routes(plan: Plan, node: str, wires: Wires) -> tuple[KernelRoute, ...]:
    found = [KernelRoute(route, _hop(node, route, plan, wires)) for route in plan.node(node).routes]
    for tunnel in plan.tunnels:
        for here, there in ((tunnel.customer, tunnel.aws), (tunnel.aws, tunnel.customer)):
            if here.node == node:
                hop = wires.hops[node, there.inside.ip]
                routes = (StaticRoute(prefix=prefix, interface=here.device, metric=here.metric) for prefix in here.routes)
                found += [KernelRoute(route, hop) for route in routes]
    return tuple(found)


def _hop(node: str, route: StaticRoute, plan: Plan, wires: Wires) -> Hop | None:
    if route.via:
        return wires.hops[node, route.via]
    if route.interface is None:
        return None
    address = next(each.ip for each in plan.node(node).interfaces if each.name == route.interface)
    return next(hop for (here, _), hop in wires.hops.items() if here == node and hop.local == address)


def _prefixes(plan: Plan, speakers: Speakers, kernel: dict[str, tuple[KernelRoute, ...]]) -> tuple[IPv4Network, ...]:
    """Every prefix that a router originates, if the source or the destination of a flow is in it."""
    ends: set[IPv4Address] = {end.address for flow in plan.flows for end in (flow.source, flow.target)}
    originated = {network.prefix for router in speakers.routers.values() for network in router.networks}
    originated |= {each.route.prefix for name in speakers.routers if speakers.routers[name].kernel_routes for each in kernel[name]}
    return tuple(sorted(prefix for prefix in originated if any(end in prefix for end in ends)))
