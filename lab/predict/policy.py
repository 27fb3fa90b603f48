"""Apply route-maps to routes. FRR's configuration is written from the same route-maps."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network
from typing import NamedTuple, assert_never

from lab.model.router import (
    BgpRouter,
    CommunityList,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Match,
    Origin,
    PrefixList,
    Prepend,
    RouteMapEntry,
    Set,
    SetCommunities,
    SetMed,
    SetOrigin,
    SetPreference,
    SetWeight,
)

ORIGINS = tuple(Origin)
DEFAULT_PREFERENCE = 100


class Attributes(NamedTuple):
    """The attributes of a route that route-maps read and change. `origin` is a place in ORIGINS. The lowest place is preferred."""

    prefix: IPv4Network
    path: tuple[int, ...] = ()
    preference: int = DEFAULT_PREFERENCE
    med: int = 0
    origin: int = 0
    communities: frozenset[str] = frozenset()
    large: frozenset[str] = frozenset()
    weight: int = 0


class Policy:
    """The route-maps of one router."""

    def __init__(self, router: BgpRouter) -> None:
        self._prefixes: Mapping[str, PrefixList] = {each.name: each for each in router.prefix_lists}
        self._lists: Mapping[tuple[str, bool], CommunityList] = {(each.name, each.large): each for each in router.community_lists}
        self._maps: dict[str, list[RouteMapEntry]] = {}
        for entry in sorted(router.route_maps, key=lambda entry: entry.seq):
            self._maps.setdefault(entry.name, []).append(entry)

    def applied(self, name: str | None, route: Attributes) -> Attributes | None:
        """The route after the route-map with this name. None if the route-map denies the route.

        A route that matches no entry of the route-map is denied. Without a name the route does not change.
        """
        if name is None:
            return route
        for entry in self._maps.get(name, ()):
            if all(self._matches(match, route) for match in entry.match):
                return self._changed(route, entry.set) if entry.permit else None
        return None

    def _matches(self, match: Match, route: Attributes) -> bool:
        match match:
            case InPrefixes():
                listed = self._prefixes.get(match.list)
                return listed is not None and _in_list(listed, route.prefix)
            case HasCommunity():
                wanted = self._lists.get((match.list, match.large))
                carried = route.large if match.large else route.communities
                return wanted is not None and any(_fits(wanted, community) for community in carried)
            case _:
                assert_never(match)

    def _changed(self, route: Attributes, changes: Iterable[Set]) -> Attributes:
        for change in changes:
            match change:
                case SetPreference():
                    route = route._replace(preference=change.value)
                case SetWeight():
                    route = route._replace(weight=change.value)
                case SetMed():
                    route = route._replace(med=change.value)
                case SetOrigin():
                    route = route._replace(origin=ORIGINS.index(change.value))
                case Prepend():
                    route = route._replace(path=(*change.asns, *route.path))
                case SetCommunities() | DropCommunities():
                    route = self._recoloured(route, change)
                case _:
                    assert_never(change)
        return route

    def _recoloured(self, route: Attributes, change: SetCommunities | DropCommunities) -> Attributes:
        carried = route.large if change.large else route.communities
        if isinstance(change, SetCommunities):
            carried = carried.union(change.values) if change.added else frozenset(change.values)
        elif dropped := self._lists.get((change.list, change.large)):
            carried = frozenset(each for each in carried if not _fits(dropped, each))
        return route._replace(large=carried) if change.large else route._replace(communities=carried)


def _in_list(listed: PrefixList, prefix: IPv4Network) -> bool:
    return any(prefix == each or (listed.longer and prefix.subnet_of(each)) for each in listed.prefixes)


def _fits(wanted: CommunityList, community: str) -> bool:
    return community.startswith(wanted.value) if wanted.beginning else community == wanted.value
