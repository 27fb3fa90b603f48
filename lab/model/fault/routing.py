"""Faults of routing: sessions that close, and routes that should not be there or are missing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet
from lab.model.broken import Broken
from lab.model.fault.crossed import crossed_cables, crossed_sessions
from lab.model.fault.effect import Effect, bgpds, kernels, static_routes
from lab.model.mark import Mark, at_daemon, at_interface, at_node
from lab.model.plan import Plan, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpShutdown:
    """BGP is shut on AWS's side, while links, BFD and tunnels stay up; on virtual interfaces this is AWS's failover test.

    Noticed by the customer's router at once: BGP says so (Cease).
    """

    sessions: tuple[BgpSession, ...]

    def effect(self, plan: Plan) -> Effect:
        """AWS's bgpds are told to keep the sessions closed."""
        told = frozenset(session.node for session in self.sessions)
        return Effect(
            holds=frozenset(map(_session, self.sessions)),
            marks=_reconfigured(told),
            breaks=crossed_sessions(plan, self.sessions),
            needs=bgpds(told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixWithdrawal:
    """A site withdraws all its prefixes over virtual interfaces or VPN connections, whose BGP sessions stay up.

    Noticed by AWS's side at once, as routes that go; by the site only in where its traffic comes from: every session is up.
    """

    outlets: tuple[Outlet, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds are told to let no prefix out."""
        told = frozenset(outlet.node for outlet in self.outlets)
        return Effect(
            holds=frozenset(f"what {outlet.node} announces by {outlet.route_map}" for outlet in self.outlets),
            marks=_reconfigured(told),
            breaks=_crossed_outlets(plan, self.outlets),
            needs=bgpds(told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixOverflow:
    """A site announces more prefixes than AWS takes, which closes the BGP sessions and keeps them closed until they are reset there.

    Noticed by the customer's router at once: BGP says so (Cease, maximum number of prefixes reached).
    """

    announcements: tuple[Announcement, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds are told to announce prefixes, AWS's in the end to begin the closed sessions anew."""
        outlets = [announcement.outlet for announcement in self.announcements]
        effect = _announced(self.announcements, _crossed_outlets(plan, outlets))
        return replace(effect, needs=effect.needs | bgpds(session.node for outlet in outlets for session in outlet.sessions))


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerPrefix:
    """A misconfiguration: the site also announces both halves of its prefixes over a VPN connection, and the longest prefix wins.

    Noticed by nobody but who looks at routes: every session is up.
    """

    announcements: tuple[Announcement, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds are told to announce prefixes. Routers that hear them send that traffic another way."""
        prefixes = dict.fromkeys(prefix for announcement in self.announcements for prefix in announcement.prefixes)
        return _announced(self.announcements, Broken(prefixes=tuple(prefixes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A misconfiguration: static routes to the site are put on AWS's side of a VPN connection; on a transit gateway they beat all BGP.

    Noticed by nobody but who looks at routes: every session is up.
    """

    routes: tuple[tuple[str, Route], ...]

    def effect(self, plan: Plan) -> Effect:
        """The endpoints' kernels have routes. Routers that hear of them may send that traffic another way."""
        nodes = [node for node, _ in self.routes]
        return Effect(
            holds=frozenset(f"route {node} {route}" for node, route in self.routes),
            marks=frozenset(at_node(node, f"route {route}") for node, route in self.routes),
            breaks=Broken(prefixes=tuple(dict.fromkeys(route.prefix for _, route in self.routes))),
            needs=kernels(nodes) | static_routes(nodes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLoss:
    """A Direct Connect gateway loses its way to the gateways behind; a transit gateway's allowed prefixes stay announced, into the void.

    Noticed by the customer's router as routes that go, on a virtual private gateway; on a transit gateway by nobody who
    does not look at packets.
    """

    legs: tuple[AssociationLeg, ...]

    def effect(self, plan: Plan) -> Effect:
        """The gateways' bgpds are told to keep sessions with the devices closed, and what arrives on the cables between is dropped."""
        links = tuple(leg.link for leg in self.legs)
        told = frozenset(leg.session.node for leg in self.legs)
        ends = [end for link in map(plan.link, links) for end in (link.a, link.b)]
        return Effect(
            holds=frozenset(_session(leg.session) for leg in self.legs) | {f"packets of {link}" for link in links},
            marks=_reconfigured(told) | {at_interface(end, "drops packets (silent)") for end in ends},
            breaks=crossed_cables(plan, links),
            needs=bgpds(told),
        )


RoutingFault = BgpShutdown | PrefixWithdrawal | PrefixOverflow | LongerPrefix | StaticRoute | AssociationLoss

ROUTING_KINDS: dict[str, type[RoutingFault]] = {
    "bgp-shutdown": BgpShutdown,
    "prefix-withdrawal": PrefixWithdrawal,
    "prefix-overflow": PrefixOverflow,
    "longer-prefix": LongerPrefix,
    "static-route": StaticRoute,
    "association-loss": AssociationLoss,
}


def _announced(announcements: tuple[Announcement, ...], breaks: Broken) -> Effect:
    """A router can announce only one thing beyond its plan."""
    told = frozenset(announcement.outlet.node for announcement in announcements)
    return Effect(holds=frozenset(f"announcements of {node}" for node in told), marks=_reconfigured(told), breaks=breaks, needs=bgpds(told))


def _crossed_outlets(plan: Plan, outlets: Iterable[Outlet]) -> Broken:
    return crossed_sessions(plan, (session for outlet in outlets for session in outlet.sessions))


def _session(session: BgpSession) -> str:
    return f"session {session.node} {session.neighbor}"


def _reconfigured(nodes: Iterable[str]) -> frozenset[Mark]:
    """Of a bgpd it shows that it was told something, not what: two faults that tell one bgpd something show alike."""
    return frozenset(at_daemon(node, "bgpd", "reconfigured") for node in nodes)
