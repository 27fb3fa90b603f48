"""Apply route-maps to routes. FRR's configuration is written from the same route-maps.

A route does not contain its prefix. The prefix matters to a router only as far as `Seen` says. So most routers have one route, and one
decision about it, for many prefixes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, assert_never

from lab.model.router import (
    BgpRouter,
    CommunityList,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Match,
    Origin,
    PreferGlobal,
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
HOME = 0
"""Stands in AS paths for the ASN that originates the prefix. 0 is no ASN (RFC 7607)."""


class Seen(NamedTuple):
    """What a router can know about a prefix. It treats prefixes about which it knows the same in the same way.

    - `lists`: the names of its prefix lists that contain the prefix
    - `home`: the ASN that originates the prefix, if the router puts it in AS paths or looks for it there. Otherwise None.
    - `version`: that of IP. Each family has its own sessions.
    """

    lists: frozenset[str]
    home: int | None
    version: int = 4

    def named(self, asn: int) -> int:
        """The number that stands for an ASN in AS paths."""
        return HOME if asn == self.home else asn


class Attributes(NamedTuple):
    """The attributes of a route that route-maps read and change.

    `origin` is a place in ORIGINS. The lowest place is preferred. `path` has HOME in place of the ASN that originates the prefix.
    """

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
        self._lists: Mapping[tuple[str, bool], CommunityList] = {(each.name, each.large): each for each in router.community_lists}
        self._maps: dict[str, list[RouteMapEntry]] = {}
        for entry in sorted(router.route_maps, key=lambda entry: entry.seq):
            self._maps.setdefault(entry.name, []).append(entry)

    def applied(self, name: str | None, route: Attributes, seen: Seen) -> Attributes | None:
        """The route after the route-map with this name. None if the route-map denies the route.

        `seen`: what the router knows about the prefix of the route.

        A route that matches no entry of the route-map is denied. Without a name the route does not change.
        """
        if name is None:
            return route
        for entry in self._maps.get(name, ()):
            if all(self._matches(match, route, seen) for match in entry.match):
                return self._changed(route, entry.set, seen) if entry.permit else None
        return None

    def _matches(self, match: Match, route: Attributes, seen: Seen) -> bool:
        match match:
            case InPrefixes():
                return match.list in seen.lists
            case HasCommunity():
                wanted = self._lists.get((match.list, match.large))
                carried = route.large if match.large else route.communities
                return wanted is not None and any(_fits(wanted, community) for community in carried)
            case _:
                assert_never(match)

    def _changed(self, route: Attributes, changes: Iterable[Set], seen: Seen) -> Attributes:
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
                    route = route._replace(path=(*map(seen.named, change.asns), *route.path))
                case SetCommunities() | DropCommunities():
                    route = self._recoloured(route, change)
                case PreferGlobal():
                    pass  # the next hop is the same neighbor
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


def _fits(wanted: CommunityList, community: str) -> bool:
    return community.startswith(wanted.value) if wanted.beginning else community == wanted.value
