"""Ways to spoil a BGP session at the customer's end, and a static route."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import IPv4Network

from lab.compiler.flaws.spoiling import customer_sessions, with_dead, with_neighbor, with_node
from lab.model.bgp import BgpSession
from lab.model.flaw import Typed
from lab.model.plan import Plan, Route
from lab.model.router import Neighbor


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """The customer's ends of all sessions of some targets are configured in another way.

    - `targets`: virtual interfaces or VPN connections
    - `spoilt`: the other configuration. `at_aws`: that of AWS's ends, where the lab's AWS follows the customer (see Bfd)
    - `lines`: what repairs a session, below `router bgp`. It gets the sound configuration.
    - `is_dead`: with it the sessions never come up
    """

    targets: tuple[str, ...]
    spoilt: Callable[[Neighbor], Neighbor]
    lines: Callable[[Neighbor], tuple[str, ...]]
    at_aws: Callable[[Neighbor], Neighbor] | None = None
    is_dead: bool = False

    def change(self, plan: Plan) -> Plan:
        """The plan with the other configuration."""
        for target in self.targets:
            for session in customer_sessions(plan, target):
                plan = with_neighbor(plan, session, self.spoilt)
            for session in plan.target(target).sessions if self.at_aws else ():
                plan = with_neighbor(plan, session, self.at_aws or (lambda each: each))
        for target in self.targets if self.is_dead else ():
            plan = with_dead(plan, target)
        return plan

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """Configure each session as it should be."""
        sessions = [session for target in self.targets for session in customer_sessions(plan, target)]
        return tuple(Typed(node=each.node, lines=(f"router bgp {each.asn}", *self.lines(_configured(plan, each)))) for each in sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowBfd:
    """BFD of a virtual interface sends rarely, and waits long."""

    target: str
    interval: int
    multiplier: int

    def change(self, plan: Plan) -> Plan:
        """The plan with slow BFD at the customer's end. AWS's end slows down to it by itself."""
        for session in customer_sessions(plan, self.target):
            plan = with_neighbor(
                plan,
                session,
                lambda each: replace(each, bfd=each.bfd and replace(each.bfd, interval=self.interval, multiplier=self.multiplier)),
            )
        return plan

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """AWS's own values."""
        typed = []
        for session in customer_sessions(plan, self.target):
            if bfd := _configured(plan, session).bfd:
                peer = f"peer {session.neighbor} local-address {bfd.local} interface {bfd.interface}"
                times = (f"detect-multiplier {bfd.multiplier}", f"receive-interval {bfd.interval}", f"transmit-interval {bfd.interval}")
                typed.append(Typed(node=session.node, lines=("bfd", peer, *times)))
        return tuple(typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A router has a static route via a neighbor. It goes before every route of BGP."""

    node: str
    prefix: IPv4Network
    neighbor: str

    def change(self, plan: Plan) -> Plan:
        """The plan with the route."""
        route = self._route(plan)
        return with_node(plan, self.node, lambda node: replace(node, routes=(*node.routes, route)))

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """Remove the route."""
        return (Typed(node=self.node, lines=(f"ip route del {self.prefix} via {self._route(plan).via}",), in_shell=True),)

    def _route(self, plan: Plan) -> Route:
        session = next(each for each in plan.sessions if (each.node, each.neighbor_node) == (self.node, self.neighbor))
        return Route(prefix=self.prefix, via=session.neighbor)


def _configured(plan: Plan, session: BgpSession) -> Neighbor:
    """A router's configuration of a session. Raises ValueError if there is none."""
    router = plan.node(session.node).router
    for neighbor in router.neighbors if router else ():
        if neighbor.address == session.neighbor:
            return neighbor
    raise ValueError(f"{session.node} has no session with {session.neighbor_node}")
