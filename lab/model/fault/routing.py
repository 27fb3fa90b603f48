"""Faults of routing: closed BGP sessions, and missing or wrong routes."""

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
    """AWS shuts BGP sessions while links, BFD and tunnels stay up. On virtual interfaces this is AWS's failover test.

    The fault is noticed by the customer's router at once: BGP sends a Cease.
    """

    sessions: tuple[BgpSession, ...]

    def effect(self, plan: Plan) -> Effect:
        """AWS's bgpds close the sessions and keep them closed."""
        told = frozenset(session.node for session in self.sessions)
        return Effect(
            holds=frozenset(map(_session, self.sessions)),
            marks=_reconfigured(told),
            breaks=crossed_sessions(plan, self.sessions),
            needs=bgpds(told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixWithdrawal:
    """A site withdraws all its prefixes on virtual interfaces or VPN connections. Their BGP sessions stay up.

    The fault is noticed by AWS at once, as withdrawn routes. The site can only see that traffic arrives on another path: every session is
    up.
    """

    outlets: tuple[Outlet, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds announce no prefix on these outlets."""
        told = frozenset(outlet.node for outlet in self.outlets)
        return Effect(
            holds=frozenset(f"what {outlet.node} announces by {outlet.route_map}" for outlet in self.outlets),
            marks=_reconfigured(told),
            breaks=_crossed_outlets(plan, self.outlets),
            needs=bgpds(told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixOverflow:
    """A site announces more prefixes than AWS allows. AWS closes the BGP sessions until they are reset on its side.

    The fault is noticed by the customer's router at once: BGP sends a Cease (maximum number of prefixes reached).
    """

    announcements: tuple[Announcement, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds announce more prefixes. Afterwards AWS's bgpds reset the closed sessions."""
        outlets = [announcement.outlet for announcement in self.announcements]
        effect = _announced(self.announcements, _crossed_outlets(plan, outlets))
        return replace(effect, needs=effect.needs | bgpds(session.node for outlet in outlets for session in outlet.sessions))


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerPrefix:
    """A misconfiguration: a site also announces both halves of its prefixes over a VPN connection. The longest prefix wins.

    The fault is noticed by nobody, unless somebody looks at the routes: every session is up.
    """

    announcements: tuple[Announcement, ...]

    def effect(self, plan: Plan) -> Effect:
        """The site's bgpds announce more prefixes. Routers that learn them send that traffic over the VPN connection."""
        prefixes = dict.fromkeys(prefix for announcement in self.announcements for prefix in announcement.prefixes)
        return _announced(self.announcements, Broken(prefixes=tuple(prefixes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A misconfiguration: AWS has static routes to the site over a VPN connection. On a transit gateway they beat all BGP routes.

    The fault is noticed by nobody, unless somebody looks at the routes: every session is up.
    """

    routes: tuple[tuple[str, Route], ...]

    def effect(self, plan: Plan) -> Effect:
        """The kernels of AWS's endpoints have the static routes. AWS's routers that learn them may send that traffic over the VPN
        connection.
        """
        nodes = [node for node, _ in self.routes]
        return Effect(
            holds=frozenset(f"route {node} {route}" for node, route in self.routes),
            marks=frozenset(at_node(node, f"route {route}") for node, route in self.routes),
            breaks=Broken(prefixes=tuple(dict.fromkeys(route.prefix for _, route in self.routes))),
            needs=kernels(nodes) | static_routes(nodes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLoss:
    """A Direct Connect gateway loses its associations with gateways. Allowed prefixes of a transit gateway stay announced and lead nowhere.

    The fault is noticed by the customer's router as withdrawn routes, if the gateway is a virtual private gateway. With a transit gateway,
    only the lost packets show the fault.
    """

    legs: tuple[AssociationLeg, ...]

    def effect(self, plan: Plan) -> Effect:
        """The AWS gateways' bgpds close their sessions with the devices. Packets on the cables between them are dropped."""
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
    """The effect of additional announcements. A router can have only one such announcement at a time."""
    told = frozenset(announcement.outlet.node for announcement in announcements)
    return Effect(holds=frozenset(f"announcements of {node}" for node in told), marks=_reconfigured(told), breaks=breaks, needs=bgpds(told))


def _crossed_outlets(plan: Plan, outlets: Iterable[Outlet]) -> Broken:
    return crossed_sessions(plan, (session for outlet in outlets for session in outlet.sessions))


def _session(session: BgpSession) -> str:
    return f"session {session.node} {session.neighbor}"


def _reconfigured(nodes: Iterable[str]) -> frozenset[Mark]:
    """The mark of bgpds with changed settings. It does not say which settings, so two faults on one bgpd look the same."""
    return frozenset(at_daemon(node, "bgpd", "reconfigured") for node in nodes)
