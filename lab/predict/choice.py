"""Choose the best of several routes to one prefix as FRR does, and the routes that are used together with it (bgp_path_info_cmp, RFC 4271
9.1.2.2).

The order: weight, local preference, own route, length of the AS path, origin, MED (only between routes from one neighboring AS), eBGP
before iBGP, distance to the next hop, router ID, length of the cluster list, neighbor's address. All our routers have `deterministic-med`
and `compare-routerid`, so the order in which routes arrive does not matter.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lab.model.router import Sharing
from lab.predict.policy import Attributes

OWN = -1
"""The value of `Route.session` for a route that the router itself originates."""


class Route(NamedTuple):
    """A route in a router's table.

    - `session`: the number of the session on which the router learned the route, or OWN
    - `internal`: the route was learned over iBGP
    - `speaker`: the router ID that decides between equal routes: the originator's if a route reflector passed the route on, else the
      neighbor's
    - `clusters`: the router IDs of the route reflectors that passed the route on (the cluster list)
    - `distance`: the IGP distance of the route's next hop
    - `address`: the neighbor's address as a number
    """

    attributes: Attributes
    session: int
    internal: bool = False
    speaker: int = 0
    clusters: tuple[int, ...] = ()
    distance: int = 0
    address: int = 0


class Chosen(NamedTuple):
    """The best route, and all routes over which traffic is shared with it (`shared`, the best first).

    Routes are given by their place in the list.
    """

    best: int
    shared: tuple[int, ...]


def choose(routes: Sequence[Route], sharing: Sharing) -> Chosen | None:
    """Choose the best route, and the routes that share traffic with it. None if there are no routes."""
    if not routes:
        return None
    groups: dict[object, list[int]] = {}
    for number, route in enumerate(routes):
        groups.setdefault(route.attributes.path[:1], []).append(number)
    winners = [min(members, key=lambda number: _rank(routes[number], by_med=True)) for members in groups.values()]
    best = min(winners, key=lambda number: _rank(routes[number], by_med=False))
    equal = [number for number, route in enumerate(routes) if number != best and _shares(route, routes[best], sharing)]
    equal.sort(key=lambda number: _rank(routes[number], by_med=True))
    return Chosen(best, (best, *equal)[: max(1, sharing.paths)])


def reason(better: Route, worse: Route) -> str:
    """The first rule by which the route `better` wins against the route `worse`, in words."""
    ours, theirs = _rank(better, by_med=_one_as(better, worse)), _rank(worse, by_med=_one_as(better, worse))
    first = next((place for place, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other), None)
    return "they are equal" if first is None else _RULES[first]


_RULES = (
    "weight",
    "local preference",
    "own route",
    "shorter AS path",
    "origin",
    "lower MED",
    "eBGP before iBGP",
    "nearer next hop",
    "lower router id",
    "shorter cluster list",
    "lower neighbor address",
)


def _one_as(one: Route, other: Route) -> bool:
    return one.attributes.path[:1] == other.attributes.path[:1]


def _rank(route: Route, *, by_med: bool) -> tuple[int, ...]:
    """The sort key of a route. The route with the lowest key is the best."""
    attributes = route.attributes
    return (
        -attributes.weight,
        -attributes.preference,
        route.session != OWN,
        len(attributes.path),
        attributes.origin,
        attributes.med if by_med else 0,
        route.internal,
        route.distance,
        route.speaker,
        len(route.clusters),
        route.address,
    )


def _shares(route: Route, best: Route, sharing: Sharing) -> bool:
    """Whether a route shares traffic with the best one: it is equal in all rules up to the distance of the next hop.

    With `multipath-relax` the AS paths may differ. Without it, iBGP routes need the same AS path, and eBGP routes need the same first AS.
    """
    if sharing.paths < 2 or OWN in {route.session, best.session}:
        return False
    by_med = _one_as(route, best)
    if _rank(route, by_med=by_med)[:8] != _rank(best, by_med=by_med)[:8]:
        return False
    if sharing.across_ases:
        return True
    return route.attributes.path == best.attributes.path if best.internal else route.attributes.path[:1] == best.attributes.path[:1]
