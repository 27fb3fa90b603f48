"""Faults of VPN tunnels: lost IKE SAs, wrong keys, replaced endpoints."""

from dataclasses import dataclass, replace

from lab.model.change import MedShown
from lab.model.fault.crossed import crossed_tunnels
from lab.model.fault.effect import Effect, Part, bgpds, charons, routes_into
from lab.model.mark import Mark, at_daemon, of_tunnel
from lab.model.plan import Plan
from lab.model.tunnel import TunnelEnd

NOTICE_SECONDS = 5.0
"""In a lab, AWS waits at most this many seconds for the customer's routes to leave the tunnel. Then it replaces the endpoint.

AWS publishes no figure.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelDown:
    """VPN tunnels go down: their IKE SAs are deleted and stay deleted until the fault ends.

    The fault is noticed by both ends at once: IKE sends a DELETE, and BGP's address vanishes with the tunnel.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The tunnels are not up."""
        return _of_tunnels(self.tunnels, plan, frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class IkeDelete:
    """AWS deletes the IKE SAs of VPN tunnels once. The customer gateway may start new ones at once.

    The fault is noticed by both ends at once: IKE sends a DELETE, and BGP's address vanishes with the tunnel.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The tunnels are down for a moment. When they are back, nothing shows the fault any more."""
        marks = frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels)
        return replace(_of_tunnels(self.tunnels, plan, marks), is_momentary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyFailure:
    """A customer gateway loses PFS. Its VPN tunnels come up, but AWS refuses to rekey their ESP SAs, which then expire.

    The lifetime is the customer's own setting. Here it is 4 s instead of 3600 s: the rest of the hour would show nothing more.

    The fault is noticed by both ends' IKE at the first rekey (NO_PROPOSAL_CHOSEN), and by BGP and packets when the SA expires.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The customer's charons have another configuration: no PFS, and short ESP SAs."""
        return _of_tunnels(self.tunnels, plan, frozenset(_reconfigured(plan.tunnel(tunnel).customer, tunnel) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongKey:
    """AWS's end of VPN tunnels gets another pre-shared key. Their IKE SAs are deleted, and no new one can start.

    A rekey does not use the key, so without the deletion the tunnels would stay up.

    The fault is noticed by both ends' IKE at the first new SA (AUTHENTICATION_FAILED).
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """AWS's charons have another configuration: another key."""
        return _of_tunnels(self.tunnels, plan, frozenset(_reconfigured(plan.tunnel(tunnel).aws, tunnel) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointReplacement:
    """AWS replaces a VPN tunnel's endpoint. First a lower MED on the other tunnel moves the routes, then the endpoint goes.

    The notice takes at most 5 s of the fault's time. `other` is the change of MED. None without another tunnel, or for a static VPN, which
    has no MED.

    The fault is noticed by the customer's router as a lower MED. The loss itself is noticed by BGP's hold time and DPD, because AWS
    closes no session.
    """

    tunnel: str
    endpoint: str
    customer: str
    other: MedShown | None

    @property
    def shortest_seconds(self) -> float:
        """The shortest duration, in seconds, in which the endpoint really goes if the customer's routes do not move."""
        return NOTICE_SECONDS + 1.0

    def effect(self, plan: Plan) -> Effect:
        """AWS's end of the other tunnel announces a lower MED. Then the daemons of the endpoint die."""
        charon = f"charon:{self.tunnel}"
        effect = _of_tunnels((self.tunnel,), plan, frozenset(at_daemon(self.endpoint, daemon, "dead") for daemon in (charon, "bgpd")))
        effect = replace(effect, begins_anew=effect.begins_anew | {Part(node=self.endpoint, name=each) for each in (charon, "bgpd")})
        if self.other is None:
            return effect
        return replace(
            effect,
            holds=effect.holds | {f"MED of {self.other.node}"},
            needs=effect.needs | bgpds((self.other.node,)),
            notice_seconds=NOTICE_SECONDS,
        )


TunnelFault = TunnelDown | IkeDelete | RekeyFailure | WrongKey | EndpointReplacement

TUNNEL_KINDS: dict[str, type[TunnelFault]] = {
    "tunnel-down": TunnelDown,
    "ike-delete": IkeDelete,
    "rekey-failure": RekeyFailure,
    "wrong-key": WrongKey,
    "endpoint-replacement": EndpointReplacement,
}


def _of_tunnels(names: tuple[str, ...], plan: Plan, marks: frozenset[Mark]) -> Effect:
    """The effect of a fault on these tunnels. Their static routes vanish, and the charons of both ends bring both back."""
    tunnels = [plan.tunnel(name) for name in names]
    return Effect(
        holds=frozenset(f"tunnel {name}" for name in names),
        marks=marks,
        breaks=crossed_tunnels(plan, names),
        needs=charons(tunnels),
        begins_anew=routes_into(tunnels),
    )


def _reconfigured(end: TunnelEnd, tunnel: str) -> Mark:
    return at_daemon(end.node, f"charon:{tunnel}", "reconfigured")
