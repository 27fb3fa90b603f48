"""Tables: the routes that every router ends up with when some components have failed.

Law: each session's next hop is the neighbor on it (`next-hop-self` inside an AS), so a route is usable while its session is up.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple, Protocol

from lab.errors import LabError
from lab.model.plan import Plan
from lab.model.plan import Route as StaticRoute
from lab.predict.choice import Chosen, choose
from lab.predict.speakers import Session, Speakers, kernel_distance
from lab.predict.wires import NOTHING, Failed, Hop, Wires

_MOST_ROUNDS = 10_000
EXTERNAL_DISTANCE, INTERNAL_DISTANCE = 20, 200
"""zebra's distances of eBGP and iBGP routes."""


class KernelRoute(NamedTuple):
    """A route that the lab or a tunnel puts into a node's kernel. `hop`: None for a route to nowhere."""

    route: StaticRoute
    hop: Hop | None


@dataclass(slots=True)
class Table:
    """The state of all routers for one prefix.

    - `heard`: by session number, the routes its hearer has (route numbers)
    - `candidates`: by router, all its routes; `chosen`: its choice among them
    """

    heard: dict[int, tuple[int, ...]]
    candidates: dict[str, tuple[int, ...]]
    chosen: dict[str, Chosen | None]

    def copy(self) -> "Table":
        return Table(dict(self.heard), dict(self.candidates), dict(self.chosen))

    def best(self, router: str) -> int | None:
        """The number of a router's best route."""
        chosen = self.chosen.get(router)
        return None if chosen is None else self.candidates[router][chosen.best]

    def shared(self, router: str) -> tuple[int, ...]:
        """The numbers of the routes among which a router shares traffic; the best is the first."""
        chosen = self.chosen.get(router)
        return () if chosen is None else tuple(self.candidates[router][place] for place in chosen.shared)


class View(Protocol):
    """What the routers know of the failures, and what still passes."""

    @property
    def dead(self) -> frozenset[str]:
        """Nodes that are dead."""
        ...

    def hears(self, session: Session) -> bool:
        """Whether the hearer still believes in the session."""
        ...

    def passes(self, session: Session) -> bool:
        """Whether a message arrives on it."""
        ...

    def has(self, kernel: KernelRoute) -> bool:
        """Whether the node's kernel still has a route."""
        ...


class InTheEnd:
    """Everybody has noticed everything."""

    def __init__(self, wires: Wires, failed: Failed) -> None:
        self._wires = wires
        self._failed = failed
        self.dead = failed.nodes

    def hears(self, session: Session) -> bool:
        return self._wires.passes(session.hop, self._failed)

    passes = hears

    def has(self, kernel: KernelRoute) -> bool:
        """Its interface has a carrier, its tunnel passes packets."""
        if kernel.hop is None:
            return True
        return (self._wires.passes if kernel.hop.tunnel else self._wires.has_carrier)(kernel.hop, self._failed)


class Network:
    """A plan's routers and wires, and what was already worked out of them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.roles = {node.name: node.role for node in plan.nodes}
        self.wires = Wires(plan)
        self.speakers = Speakers(plan, self.wires)
        self.kernel = {node.name: _kernel_routes(plan, node.name, self.wires) for node in plan.nodes}
        self.prefixes = _prefixes(plan, self.speakers, self.kernel)
        self._choices: dict[tuple[str, tuple[int, ...]], Chosen | None] = {}
        self.healthy = {prefix: self.settled(prefix, NOTHING, None) for prefix in self.prefixes}

    def settled(self, prefix: IPv4Network, failed: Failed, before: Table | None) -> Table:
        """The table in the end, worked out from the table before some more components failed (None: from nothing)."""
        view = InTheEnd(self.wires, failed)
        table = before.copy() if before else Table({}, {}, {})
        for dead in failed.nodes & self.speakers.routers.keys():
            table.candidates[dead], table.chosen[dead] = (), None
        waiting = dict.fromkeys(self.speakers.routers if before is None else self.touched(prefix, view, table))
        rounds = 0
        while waiting:
            router = next(iter(waiting))
            del waiting[router]
            if router not in failed.nodes:
                waiting |= dict.fromkeys(self.decide(router, prefix, view, table))
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise LabError(f"{self.plan.name}: the routes to {prefix} never settle")
        return table

    def decide(self, router: str, prefix: IPv4Network, view: View, table: Table) -> list[str]:
        """Let a router choose, and tell its neighbors. Return the neighbors that heard something new."""
        candidates = self._candidates(router, prefix, view, table)
        if candidates == table.candidates.get(router):
            return []
        table.candidates[router] = candidates
        table.chosen[router] = chosen = self._choice(router, candidates)
        told = []
        for session in self.speakers.out_of[router]:
            if not view.passes(session):
                continue
            sent = candidates if session.told_as.send_all_paths else () if chosen is None else (candidates[chosen.best],)
            heard = tuple(number for each in sent if (number := self.speakers.announced(session, each)) is not None)
            if heard != table.heard.get(session.number, ()):
                table.heard[session.number] = heard
                told.append(session.hearer)
        return told

    def touched(self, prefix: IPv4Network, view: View, table: Table) -> list[str]:
        """The routers that no longer hear something that they heard, or that have lost a kernel route."""
        losing = [self.speakers.sessions[number] for number, heard in table.heard.items() if heard]
        found = dict.fromkeys(session.hearer for session in losing if not view.hears(session))
        for router in self.speakers.routers:
            if any(each.route.prefix == prefix and not view.has(each) for each in self.kernel[router]):
                found[router] = None
        return [router for router in found if router not in view.dead]

    def kernel_best(self, node: str, prefix: IPv4Network, view: View) -> KernelRoute | None:
        """The kernel route to exactly this prefix that zebra prefers."""
        usable = [each for each in self.kernel[node] if each.route.prefix == prefix and view.has(each)]
        return min(usable, key=lambda each: (kernel_distance(each.route), each.route.metric), default=None)

    def _candidates(self, router: str, prefix: IPv4Network, view: View, table: Table) -> tuple[int, ...]:
        heard = tuple(
            number
            for session in self.speakers.into[router]
            if table.heard.get(session.number) and view.hears(session)
            for number in table.heard[session.number]
        )
        kernel = self.kernel_best(router, prefix, view)
        # zebra tells bgpd of a kernel route only while it prefers it, and it prefers what bgpd has heard to a floating route
        floats = kernel is not None and heard and kernel_distance(kernel.route) > INTERNAL_DISTANCE
        own = self.speakers.own(router, prefix, None if kernel is None or floats else kernel.route)
        return (*own, *heard)

    def _choice(self, router: str, candidates: tuple[int, ...]) -> Chosen | None:
        key = (router, candidates)
        if key not in self._choices:
            routes = [self.speakers.routes[number] for number in candidates]
            self._choices[key] = choose(routes, self.speakers.routers[router].sharing)
        return self._choices[key]


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
    """Every prefix by which a router could reach a flow's end."""
    ends: set[IPv4Address] = {end.address for flow in plan.flows for end in (flow.source, flow.target)}
    originated = {network.prefix for router in speakers.routers.values() for network in router.networks}
    originated |= {each.route.prefix for name in speakers.routers if speakers.routers[name].kernel_routes for each in kernel[name]}
    return tuple(sorted(prefix for prefix in originated if any(end in prefix for end in ends)))
