"""Faults of VPN connections: what happens to their IKE SAs, keys and endpoints."""

from dataclasses import dataclass

from lab.model.change import MedShown
from lab.model.mark import Mark, at_daemon, of_tunnel
from lab.model.plan import Plan

NOTICE_SECONDS = 5.0
"""How long AWS waits here for the customer's routes to leave a tunnel whose endpoint it replaces: it publishes no figure, and does not wait
for a customer whose routes never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelDown:
    """VPN tunnels go down: their IKE SAs are deleted, and stay so until undone.

    Noticed by both ends at once: IKE says so (DELETE), and BGP's address goes with the tunnel.
    """

    tunnels: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _hold(self.tunnels)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels)


@dataclass(frozen=True, slots=True, kw_only=True)
class IkeDelete:
    """AWS's side deletes the IKE SAs of VPN tunnels, once; the customer gateway may bring them back at once.

    Noticed by both ends at once: IKE says so (DELETE), and BGP's address goes with the tunnel.
    """

    tunnels: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _hold(self.tunnels)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """Where it was; nothing is left of it where the tunnel is back at once."""
        return frozenset(of_tunnel(plan.tunnel(tunnel)) for tunnel in self.tunnels)


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyFailure:
    """A customer gateway without PFS: its VPN tunnel comes up, but AWS refuses every rekey of the ESP SA, which dies at its lifetime.

    That lifetime is the customer's own and 4 s here, for 3600 s: the rest of an hour would show nothing else.

    Noticed by both ends' IKE at the first rekey (NO_PROPOSAL_CHOSEN), by BGP and packets at the end of the SA's lifetime.
    """

    tunnels: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _hold(self.tunnels)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_daemon(plan.tunnel(tunnel).customer.node, f"charon:{tunnel}", "reconfigured") for tunnel in self.tunnels)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongKey:
    """AWS's side of VPN tunnels gets another pre-shared key, and their IKE SAs are deleted: no rekey asks for the key, but none comes back.

    Noticed by both ends' IKE at the first new SA (AUTHENTICATION_FAILED).
    """

    tunnels: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _hold(self.tunnels)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_daemon(plan.tunnel(tunnel).aws.node, f"charon:{tunnel}", "reconfigured") for tunnel in self.tunnels)


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

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _hold((self.tunnel,)) | ({f"MED of {self.other.node}"} if self.other else set())

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_daemon(self.endpoint, daemon, "dead") for daemon in (f"charon:{self.tunnel}", "bgpd"))


TunnelFault = TunnelDown | IkeDelete | RekeyFailure | WrongKey | EndpointReplacement

TUNNEL_KINDS: dict[str, type[TunnelFault]] = {
    "tunnel-down": TunnelDown,
    "ike-delete": IkeDelete,
    "rekey-failure": RekeyFailure,
    "wrong-key": WrongKey,
    "endpoint-replacement": EndpointReplacement,
}


def _hold(tunnels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"tunnel {tunnel}" for tunnel in tunnels)
