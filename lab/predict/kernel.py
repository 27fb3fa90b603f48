"""Kernel: the static routes of each node, from the lab or for a tunnel."""

from collections.abc import Iterable, Iterator, Mapping

from lab.model.ip import Address, Prefix
from lab.model.plan import Node, Plan
from lab.model.plan import Route as StaticRoute
from lab.predict.decisions import KernelRoute
from lab.predict.speakers import kernel_distance
from lab.predict.wires import Hop, Wires

Static = Mapping[Prefix, tuple[KernelRoute, ...]]
"""The static routes of a node to exactly each prefix, in the order in which zebra prefers them."""


def static_routes(plan: Plan, wires: Wires) -> dict[str, Static]:
    """The static routes of each node."""
    found = {node.name: list(_of_lab(node, wires)) for node in plan.nodes}
    for tunnel in plan.tunnels:
        for here, there in ((tunnel.customer, tunnel.aws), (tunnel.aws, tunnel.customer)):
            hop = wires.hops[here.node, there.inside.ip]
            routes = (StaticRoute(prefix=prefix, interface=here.device, metric=here.metric) for prefix in here.routes)
            found[here.node] += [KernelRoute(route, hop) for route in routes]
    return {node: _by_prefix(routes) for node, routes in found.items()}


def _of_lab(node: Node, wires: Wires) -> Iterator[KernelRoute]:
    addresses = {each.name: each.ip for each in node.interfaces if each.address}
    for route in node.routes:
        yield KernelRoute(route, _hop(node.name, route, addresses, wires))


def _hop(node: str, route: StaticRoute, addresses: Mapping[str, Address], wires: Wires) -> Hop | None:
    if route.via:
        return wires.hops[node, route.via]
    return wires.first_from[node, addresses[route.interface]] if route.interface else None


def _by_prefix(routes: Iterable[KernelRoute]) -> Static:
    found: dict[Prefix, list[KernelRoute]] = {}
    for each in routes:
        found.setdefault(each.route.prefix, []).append(each)
    return {
        prefix: tuple(sorted(some, key=lambda each: (kernel_distance(each.route), each.route.metric))) for prefix, some in found.items()
    }
