"""The IPsec tunnels of a plan."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from lab.model.bgp import ShownMed


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelEnd:
    """One end of an IPsec tunnel: node, tunnel device, address on the internet, address inside the tunnel.

    `routes` are the prefixes that a static VPN sends into the tunnel while it is up. The tunnel with the lower `metric` is preferred.
    """

    node: str
    device: str
    outside: IPv4Address
    inside: IPv4Interface
    routes: tuple[IPv4Network, ...] = ()
    metric: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """One tunnel of a VPN connection: one IKE SA, one child SA, and one BGP session unless the VPN is static. The customer initiates it.

    `mtu` is the longest IP packet that fits into it, in octets. `shown` is the MED that AWS sends on it, None for a static VPN.
    """

    name: str
    connection: str
    customer: TunnelEnd
    aws: TunnelEnd
    mtu: int
    shown: ShownMed | None = None
