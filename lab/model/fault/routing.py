"""Faults of routing: sessions that close, and routes that should not be there or are missing."""

from dataclasses import dataclass

from lab.model.plan import Announcement, BgpSession, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpShutdown:
    """AWS's failover test: BGP of virtual interfaces is shut on AWS's side, while links and BFD stay up.

    Noticed by the customer's router at once: BGP says so (Cease).
    """

    sessions: tuple[BgpSession, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"session {session.node} {session.neighbor}" for session in self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerPrefix:
    """A misconfiguration: the site also announces both halves of its prefixes over a VPN connection, and the longest prefix wins.

    Noticed by nobody but who looks at routes: every session is up.
    """

    announcements: tuple[Announcement, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"announcements of {announcement.node}" for announcement in self.announcements)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A misconfiguration: static routes to the site are put on AWS's side of a VPN connection; on a transit gateway they beat all BGP.

    Noticed by nobody but who looks at routes: every session is up.
    """

    routes: tuple[tuple[str, Route], ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"route {node} {route}" for node, route in self.routes)


RoutingFault = BgpShutdown | LongerPrefix | StaticRoute

ROUTING_KINDS: dict[str, type[RoutingFault]] = {"bgp-shutdown": BgpShutdown, "longer-prefix": LongerPrefix, "static-route": StaticRoute}
