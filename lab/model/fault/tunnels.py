"""Faults of VPN connections: what happens to their IKE SAs, keys and endpoints."""

from dataclasses import dataclass, replace

from lab.model.change import MedShown
from lab.model.fault.crossed import crossed_tunnels
from lab.model.fault.effect import Effect, Part, bgpds, charons, routes_into
from lab.model.mark import Mark, at_daemon, of_tunnel
from lab.model.plan import Plan, TunnelEnd

NOTICE_SECONDS = 5.0
"""How long AWS waits here for the customer's routes to leave a tunnel whose endpoint it replaces: it publishes no figure, and does not wait
for a customer whose routes never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelDown:
    """VPN tunnels go down: their IKE SAs are deleted, and stay so until undone.

    Noticed by both ends at once: IKE says so (DELETE), and BGP's address goes with the tunnel.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The tunnels are not up."""
        return _of_tunnels(self.tunnels, plan, frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class IkeDelete:
    """AWS's side deletes the IKE SAs of VPN tunnels, once; the customer gateway may bring them back at once.

    Noticed by both ends at once: IKE says so (DELETE), and BGP's address goes with the tunnel.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The tunnels are not up for a moment; nothing is left of it where they are back at once."""
        marks = frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels)
        return replace(_of_tunnels(self.tunnels, plan, marks), is_momentary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyFailure:
    """A customer gateway without PFS: its VPN tunnel comes up, but AWS refuses every rekey of the ESP SA, which dies at its lifetime.

    That lifetime is the customer's own and 4 s here, for 3600 s: the rest of an hour would show nothing else.

    Noticed by both ends' IKE at the first rekey (NO_PROPOSAL_CHOSEN), by BGP and packets at the end of the SA's lifetime.
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The customer's charons have another configuration."""
        return _of_tunnels(self.tunnels, plan, frozenset(_reconfigured(plan.tunnel(tunnel).customer, tunnel) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongKey:
    """AWS's side of VPN tunnels gets another pre-shared key, and their IKE SAs are deleted: no rekey asks for the key, but none comes back.

    Noticed by both ends' IKE at the first new SA (AUTHENTICATION_FAILED).
    """

    tunnels: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """AWS's charons have another configuration."""
        return _of_tunnels(self.tunnels, plan, frozenset(_reconfigured(plan.tunnel(tunnel).aws, tunnel) for tunnel in self.tunnels))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointReplacement:
    """AWS replaces a VPN tunnel's endpoint: it shows a lower MED on the other tunnel, and when routes have moved the endpoint goes.

    The notice, of at most 5 s, is a part of the fault's time. `other` is that change; None where the connection is static and has no MED.

    Noticed by the customer's router as a lower MED; the loss itself by BGP's hold time and DPD, as nobody says goodbye.
    """

    tunnel: str
    endpoint: str
    customer: str
    other: MedShown | None

    @property
    def shortest_seconds(self) -> float:
        """In less, a customer whose routes stay would not lose the endpoint."""
        return NOTICE_SECONDS + 1.0

    def effect(self, plan: Plan) -> Effect:
        """The endpoint's daemons die; before, AWS's end of the other tunnel is told to show another MED."""
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
    """Static routes go with their tunnels, and both ends' charons bring these back."""
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
