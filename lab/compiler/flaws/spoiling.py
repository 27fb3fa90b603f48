"""Change one router of a plan, and write its configuration again."""

from collections.abc import Callable
from dataclasses import replace

from lab.compiler.frr import frr_files
from lab.model.bgp import BgpSession
from lab.model.plan import Node, Plan
from lab.model.router import BgpRouter, Neighbor, RouteMapEntry


def with_node(plan: Plan, name: str, change: Callable[[Node], Node]) -> Plan:
    """The plan with another node of that name."""
    return replace(plan, nodes=tuple(change(node) if node.name == name else node for node in plan.nodes))


def with_router(plan: Plan, name: str, change: Callable[[BgpRouter], BgpRouter]) -> Plan:
    """The plan with another configuration of a router. Raises ValueError if the node has no BGP."""

    def changed(node: Node) -> Node:
        if node.router is None:
            raise ValueError(f"{name} has no BGP")
        router = change(node.router)
        written = {file.path: file for file in frr_files(router, has_default_route=True)}
        return replace(node, router=router, files=tuple(written.get(file.path, file) for file in node.files))

    return with_node(plan, name, changed)


def with_neighbor(plan: Plan, session: BgpSession, change: Callable[[Neighbor], Neighbor]) -> Plan:
    """The plan with another end of a BGP session."""

    def changed(router: BgpRouter) -> BgpRouter:
        return replace(router, neighbors=tuple(change(each) if each.address == session.neighbor else each for each in router.neighbors))

    return with_router(plan, session.node, changed)


def with_entry(plan: Plan, node: str, entry: RouteMapEntry) -> Plan:
    """The plan with an entry of a route-map that is new, or takes the place of the one with its number."""

    def changed(router: BgpRouter) -> BgpRouter:
        kept = [each for each in router.route_maps if (each.name, each.seq) != (entry.name, entry.seq)]
        return replace(router, route_maps=tuple(sorted([*kept, entry], key=lambda each: (_order(router, each.name), each.seq))))

    return with_router(plan, node, changed)


def without_entry(plan: Plan, node: str, name: str, seq: int) -> Plan:
    """The plan without an entry of a route-map. Raises ValueError if there is no such entry."""
    entry_of(plan, node, name, seq)

    def changed(router: BgpRouter) -> BgpRouter:
        return replace(router, route_maps=tuple(each for each in router.route_maps if (each.name, each.seq) != (name, seq)))

    return with_router(plan, node, changed)


def entry_of(plan: Plan, node: str, name: str, seq: int) -> RouteMapEntry:
    """An entry of a router's route-map. Raises ValueError if there is no such entry."""
    router = plan.node(node).router
    for entry in router.route_maps if router else ():
        if (entry.name, entry.seq) == (name, seq):
            return entry
    raise ValueError(f"{node} has no route-map {name} {seq}")


def customer_sessions(plan: Plan, target: str) -> tuple[BgpSession, ...]:
    """The BGP sessions of a virtual interface or VPN connection, as the customer's routers see them."""
    of_aws = {(session.neighbor_node, session.node) for session in plan.target(target).sessions}
    return tuple(session for session in plan.sessions if (session.node, session.neighbor_node) in of_aws)


def with_dead(plan: Plan, target: str) -> Plan:
    """The plan without the sessions of a virtual interface or VPN connection, because they never come up. Nobody waits for them."""
    dead = {*plan.target(target).sessions, *customer_sessions(plan, target)}
    return replace(plan, sessions=tuple(session for session in plan.sessions if session not in dead))


def _order(router: BgpRouter, name: str) -> int:
    names = list(dict.fromkeys(entry.name for entry in router.route_maps))
    return names.index(name) if name in names else len(names)
