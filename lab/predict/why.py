"""Say why a flow takes its path: the rules that decide, in plain sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from lab.model.ip import Address
from lab.predict.choice import OWN, Route, reason
from lab.predict.forwarding import Forwarding
from lab.predict.network import Network
from lab.predict.tables import Tables
from lab.predict.walks import Way

_VALUES: Mapping[str, Callable[[Route], str]] = {
    "local preference": lambda route: str(route.attributes.preference),
    "shorter AS path": lambda route: f"length {len(route.attributes.path)}",
    "lower MED": lambda route: str(route.attributes.med),
    "nearer next hop": lambda route: str(route.distance),
}
"""For each rule that compares numbers: how to get the number from a route."""


class Why:
    """Explains the paths of flows when one set of components has failed."""

    def __init__(self, network: Network, tables: Tables, forwarding: Forwarding, healthy: Forwarding) -> None:
        self._network = network
        self._tables = tables
        self._damage = forwarding.damage
        self._forwarding = forwarding
        self._healthy = healthy

    def in_short(self, ways: tuple[Way, ...], target: Address) -> str:
        """Why a flow takes another path than without the failure, or why its packets do not arrive. "" if its path is the same."""
        lost = next((way for way in ways if not way.arrives), None)
        if lost:
            return self._lost(lost, target)
        for node in ways[0].nodes:
            if node in self._network.speakers.routers and self._turned(node, target):
                return self._choice(node, target) or f"{node} turns to {self._next(node, target)}"
        return ""

    def in_full(self, ways: tuple[Way, ...], target: Address) -> Iterator[str]:
        """One sentence for each router on the path that had a choice of routes, and one more if the packets do not arrive."""
        for node in dict.fromkeys(node for way in ways for node in way.nodes if node in self._network.speakers.routers):
            sentence = self._choice(node, target)
            if sentence:
                yield sentence
        yield from dict.fromkeys(self._lost(way, target) for way in ways if not way.arrives)

    def _turned(self, node: str, target: Address) -> bool:
        return self._forwarding.answers(target)[node].hops != self._healthy.answers(target)[node].hops

    def _next(self, node: str, target: Address) -> str:
        return _and(dict.fromkeys(hop.far for hop in self._forwarding.answers(target)[node].hops))

    def _choice(self, node: str, target: Address) -> str:
        """Which route a router uses for a host, and by which rule. "" if it does not use a BGP route."""
        number = self._table(node, target)
        if number is None:
            return ""
        decision, prefix = self._tables.decision(number, node), self._network.prefixes[number]
        routes = [self._network.speakers.routes[number] for number in decision.candidates]
        shared = [self._network.speakers.routes[number] for number in decision.shared]
        if shared[0].session == OWN:
            return ""
        senders = dict.fromkeys(self._sender(route) for route in shared)
        taken = f"{node} takes {prefix} from {_and(senders)}{', which are equal' if len(senders) > 1 else ''}"
        others = [route for route in routes if self._sender(route) not in senders]
        if not others:
            return f"{taken}: no other neighbor announces it"
        beaten: dict[str, dict[str, None]] = {}
        for route in others:
            beaten.setdefault(self._rule(shared[0], route), {})[self._sender(route)] = None
        return f"{taken}: {'; '.join(f'{rule} beats {_and(losers)}' for rule, losers in beaten.items())}"

    def _rule(self, better: Route, worse: Route) -> str:
        """The rule by which the first route is better than the second, with the two numbers that it compares."""
        rule = reason(better, worse)
        value = _VALUES.get(rule)
        return f"{rule} ({value(better)} to {value(worse)})" if value else rule

    def _sender(self, route: Route) -> str:
        return "itself" if route.session == OWN else self._network.speakers.sessions[route.session].sender

    def _table(self, node: str, target: Address) -> int | None:
        """The number of the longest prefix with a BGP route of the router to the host. None if its kernel uses another route."""
        if (node, target) in self._network.wires.hops:
            return None
        return next((number for number in self._network.around(target) if self._tables.decision(number, node).shared), None)

    def _lost(self, way: Way, target: Address) -> str:
        last = way.nodes[-1]
        if last in self._damage.dead:
            return f"{last} is dead"
        broken = next((hop for hop in way.hops if hop in self._damage.broken), None)
        if broken is None:
            return f"{last} sends packets back to where they came from" if last in way.nodes[:-1] else self._nowhere(last, target)
        if broken.far in self._damage.dead:
            return f"{broken.node} still sends to {broken.far}, which is dead"
        return f"{broken.node} still sends to {broken.far}, but nothing passes there"

    def _nowhere(self, node: str, target: Address) -> str:
        """Why a node has no next hop: it has no route, or a static route that leads nowhere (a blackhole, or its way is cut)."""
        routes = (each for _, kernel in self._network.lookup(node, target).longest_first for each in kernel)
        dropping = next((each.route.prefix for each in routes if each.hop is None), None)
        return f"{node} has a static route to {dropping} that leads nowhere" if dropping else f"{node} has no route to {target}"


def _and(names: Iterable[str]) -> str:
    return " and ".join(names)
