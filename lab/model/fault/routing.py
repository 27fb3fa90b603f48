"""Faults of routing: sessions that close, and routes that should not be there or are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet
from lab.model.mark import Mark, at_daemon, at_interface, at_node
from lab.model.plan import Plan, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpShutdown:
    """BGP is shut on AWS's side, while links, BFD and tunnels stay up; on virtual interfaces this is AWS's failover test.

    Noticed by the customer's router at once: BGP says so (Cease).
    """

    sessions: tuple[BgpSession, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"session {session.node} {session.neighbor}" for session in self.sessions)

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _told(session.node for session in self.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixWithdrawal:
    """A site withdraws all its prefixes over virtual interfaces or VPN connections, whose BGP sessions stay up.

    Noticed by AWS's side at once, as routes that go; by the site only in where its traffic comes from: every session is up.
    """

    outlets: tuple[Outlet, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"what {outlet.node} announces by {outlet.route_map}" for outlet in self.outlets)

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _told(outlet.node for outlet in self.outlets)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixOverflow:
    """A site announces more prefixes than AWS takes, which closes the BGP sessions and keeps them closed until they are reset there.

    Noticed by the customer's router at once: BGP says so (Cease, maximum number of prefixes reached).
    """

    announcements: tuple[Announcement, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of: the router can announce only one thing beyond its plan."""
        return frozenset(f"announcements of {announcement.outlet.node}" for announcement in self.announcements)

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _told(announcement.outlet.node for announcement in self.announcements)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerPrefix:
    """A misconfiguration: the site also announces both halves of its prefixes over a VPN connection, and the longest prefix wins.

    Noticed by nobody but who looks at routes: every session is up.
    """

    announcements: tuple[Announcement, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"announcements of {announcement.outlet.node}" for announcement in self.announcements)

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _told(announcement.outlet.node for announcement in self.announcements)


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

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_node(node, f"route {route}") for node, route in self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLoss:
    """A Direct Connect gateway loses its way to the gateways behind; a transit gateway's allowed prefixes stay announced, into the void.

    Noticed by the customer's router as routes that go, on a virtual private gateway; on a transit gateway by nobody who
    does not look at packets.
    """

    legs: tuple[AssociationLeg, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        sessions = {f"session {leg.session.node} {leg.session.neighbor}" for leg in self.legs}
        return frozenset(sessions | {f"packets of {leg.link}" for leg in self.legs})

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _told(leg.session.node for leg in self.legs) | _silenced([leg.link for leg in self.legs], plan)


RoutingFault = BgpShutdown | PrefixWithdrawal | PrefixOverflow | LongerPrefix | StaticRoute | AssociationLoss

ROUTING_KINDS: dict[str, type[RoutingFault]] = {
    "bgp-shutdown": BgpShutdown,
    "prefix-withdrawal": PrefixWithdrawal,
    "prefix-overflow": PrefixOverflow,
    "longer-prefix": LongerPrefix,
    "static-route": StaticRoute,
    "association-loss": AssociationLoss,
}


def _told(nodes: Iterable[str]) -> frozenset[Mark]:
    """Of a bgpd it shows that it was told something, not what: two faults that tell one bgpd something show alike."""
    return frozenset(at_daemon(node, "bgpd", "reconfigured") for node in nodes)


def _silenced(links: Iterable[str], plan: Plan) -> frozenset[Mark]:
    return frozenset(at_interface(end, "drops packets (silent)") for link in map(plan.link, links) for end in (link.a, link.b))
