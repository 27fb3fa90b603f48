"""Find out whether a lab is still converging. If it is not, two readings are equal, and packets go where the routes lead."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from lab.model.ip import Address
from lab.model.plan import Node, Plan
from lab.model.status import FlowStatus, Look, Moving, RouteStatus, SessionStatus, Unsettled

ESTABLISHED = "Established"


def changed(before: Look, after: Look) -> Iterator[Unsettled]:
    """The differences between two readings of a lab.

    Sessions and tunnels are compared only by up or down, because one that is down tries to come up again and again.
    """
    sessions = ({_session(each): each.state == ESTABLISHED for each in look.sessions} for look in (before, after))
    tunnels = ({each.tunnel: each.up for each in look.tunnels} for look in (before, after))
    faults = ({each.place: each.found for each in look.differences if not each.learned} for look in (before, after))
    yield from _unlike("session", *sessions)
    yield from _unlike("tunnel", *tunnels)
    yield from _unlike("route", *(_by_node(look.routes) for look in (before, after)))
    yield from _unlike("fault", *faults)


def missing(look: Look, flows: Sequence[FlowStatus]) -> Iterator[Unsettled]:
    """The differences between a lab and a healthy one: sessions and tunnels that are down, and flows whose packets do not arrive."""
    for session in look.sessions:
        if session.state != ESTABLISHED:
            yield Unsettled(what="session", name=_session(session), changed=False)
    for tunnel in look.tunnels:
        if not tunnel.up:
            yield Unsettled(what="tunnel", name=tunnel.tunnel, changed=False)
    for flow in flows:
        if flow.reachable is False:
            yield Unsettled(what="flow", name=flow_name(flow), changed=False)


def astray(plan: Plan, flows: Sequence[FlowStatus], routes: Sequence[RouteStatus]) -> Iterator[Unsettled]:
    """The flows whose packets do not go where the routes lead."""
    table = _by_node(routes)
    for flow in flows:
        if flow.path and not _follows(plan, flow, table):
            yield Unsettled(what="flow", name=flow_name(flow), changed=True)


def led_to(plan: Plan, flow: FlowStatus, routes: Sequence[RouteStatus]) -> tuple[str, ...]:
    """The next hops of the last router that a lost packet passed. () if this router has no BGP route for the packet."""
    if not flow.lost_after:
        return ()
    return _next_hops(_by_node(routes).get(flow.lost_after[-1], ()), _destination(plan, flow)) or ()


def flow_name(flow: FlowStatus) -> str:
    """The name of one direction of a flow, for instance `dc1-app forward`."""
    return f"{flow.flow} {flow.direction}"


def _session(session: SessionStatus) -> str:
    return f"{session.node} – {session.neighbor_node}"


def _by_node(routes: Sequence[RouteStatus]) -> dict[str, tuple[RouteStatus, ...]]:
    found: dict[str, tuple[RouteStatus, ...]] = {}
    for route in routes:
        found[route.node] = (*found.get(route.node, ()), route)
    return found


def _unlike(what: Moving, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Unsettled]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Unsettled(what=what, name=name, changed=True)


def _follows(plan: Plan, flow: FlowStatus, table: Mapping[str, Sequence[RouteStatus]]) -> bool:
    """Whether each router on the path has a route to the next router on the path. Bridges on the path are skipped."""
    destination = _destination(plan, flow)
    hops = [name for name in flow.path if not plan.node(name).bridges]
    for node, following in pairwise(hops):
        wanted = None if _is_static(plan, plan.node(node), destination) else _next_hops(table.get(node, ()), destination)
        if wanted and following not in wanted:
            return False
    return True


def _next_hops(routes: Sequence[RouteStatus], destination: Address) -> tuple[str, ...] | None:
    """The next hops of the route with the longest prefix that contains the destination. None if there is no such route."""
    fitting = [route for route in routes if destination in route.prefix]
    return max(fitting, key=lambda route: route.prefix.prefixlen).via if fitting else None


def _is_static(plan: Plan, node: Node, destination: Address) -> bool:
    """Whether a node may use a static route to this address. If so, BGP routes do not show its next hop."""
    static = [route.prefix for route in node.routes]
    ends = [end for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws) if end.node == node.name]
    of_tunnels = [prefix for end in ends for prefix in end.routes]
    return any(destination in prefix for prefix in (*static, *of_tunnels))


def _destination(plan: Plan, flow: FlowStatus) -> Address:
    planned = next(each for each in plan.flows if each.name == flow.flow)
    return planned.target.address if flow.direction == "forward" else planned.source.address
