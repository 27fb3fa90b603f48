"""Compare a lab with its plan, and its routes with those of the healthy lab."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from lab.model.status import Comparison, Difference, RouteStatus
from lab.runtime.repair import Repairable, find_differences


class Comparable(Repairable, Protocol):
    """The methods of a lab that a comparison needs."""

    def routes(self) -> tuple[RouteStatus, ...]:
        """All BGP routes in the kernels."""
        ...

    def kept_routes(self) -> frozenset[str] | None:
        """The routes of the healthy lab as lines (see `route_line`). None if they were not remembered."""
        ...


def compare(lab: Comparable) -> Comparison:
    """Compare a lab with its plan once, and count what was compared. A session or route that is still coming up counts as a difference."""
    plan, kept = lab.plan, lab.kept_routes()
    differences = list(find_differences(lab))
    if not any(difference.found.startswith("container ") for difference in differences):
        differences += _sessions(lab)
        differences += () if kept is None else other_routes(lab.routes(), kept)
    return Comparison(
        nodes=len(plan.nodes),
        daemons=sum(len(node.daemons) for node in plan.nodes),
        interfaces=sum(len(node.interfaces) + len(node.bridges) for node in plan.nodes),
        addresses=sum(len(interface.addresses) for node in plan.nodes for interface in node.interfaces),
        static_routes=sum(len(node.routes) for node in plan.nodes),
        learned_routes=None if kept is None else len(kept),
        sessions=len(plan.sessions),
        tunnels=len(plan.tunnels),
        differences=tuple(dict.fromkeys(differences)),
    )


def route_line(route: RouteStatus) -> str:
    """A route as one line of text: node, prefix and next hops."""
    return f"{route.node} {route.prefix} via {', '.join(sorted(route.via)) or 'its link'}"


def other_routes(routes: Iterable[RouteStatus], kept: frozenset[str]) -> Iterator[Difference]:
    """The routes that are new or missing. There is one difference for each node and prefix. `kept`: the routes of the healthy lab."""
    before, after = (dict(_split(line) for line in sorted(lines)) for lines in (kept, map(route_line, routes)))
    for place in sorted({*before, *after}):
        if before.get(place) != after.get(place):
            node, _, prefix = place.partition(" ")
            found, planned = (f"route {prefix} {each[place]}" if place in each else f"no route {prefix}" for each in (after, before))
            yield Difference(place=node, found=found, planned=planned, learned=True)


def _sessions(lab: Comparable) -> Iterator[Difference]:
    for session in lab.bgp_states():
        if session.state != "Established":
            found = f"{session.state} to {session.neighbor_node}"
            yield Difference(place=f"{session.node}:bgpd", found=found, planned="Established", learned=True)


def _split(line: str) -> tuple[str, str]:
    """The two parts of a route's line: node with prefix, and next hops."""
    place, _, way = line.partition(" via ")
    return place, f"via {way}"
