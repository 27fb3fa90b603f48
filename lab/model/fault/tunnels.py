"""Faults of VPN connections: what happens to their IKE SAs and endpoints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelDown:
    """VPN tunnels go down: their IKE SAs are deleted, and stay so until undone.

    Noticed by both ends at once: IKE says so (DELETE), and BGP's address goes with the tunnel.
    """

    tunnels: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"tunnel {tunnel}" for tunnel in self.tunnels)


TunnelFault = TunnelDown

TUNNEL_KINDS: dict[str, type[TunnelFault]] = {"tunnel-down": TunnelDown}
