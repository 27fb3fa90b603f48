"""The IPsec tunnels of a plan."""

from dataclasses import dataclass

from lab.model.bgp import ShownMed
from lab.model.ip import Address, AddressWithLength, Prefix
from lab.model.tunnel_options import USUAL_TUNNEL, DpdAction, Initiator, StartupAction, TunnelOptions

CUSTOMER_DEAD_AFTER = 40.0
"""After so many seconds of silence a customer gateway declares AWS's end dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelEnd:
    """One end of an IPsec tunnel: node, tunnel device, address on the internet, address inside the tunnel.

    `behind_nat`: the node's own address, if a NAT box translates it to `outside`.
    `routes` are the prefixes that a static VPN sends into the tunnel while it is up. The tunnel with the lower `metric` is preferred.
    """

    node: str
    device: str
    outside: Address
    inside: AddressWithLength
    routes: tuple[Prefix, ...] = ()
    metric: int = 0
    behind_nat: Address | None = None

    @property
    def own(self) -> Address:
        """The address of the node itself, from which it sends."""
        return self.behind_nat or self.outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """One tunnel of a VPN connection: one IKE SA, one child SA, and one BGP session unless the VPN is static.

    `mtu` is the longest IP packet that fits into it, in octets. `shown` is the MED that AWS sends on it, None for a static VPN.
    """

    name: str
    connection: str
    customer: TunnelEnd
    aws: TunnelEnd
    mtu: int
    options: TunnelOptions = USUAL_TUNNEL
    shown: ShownMed | None = None

    @property
    def ends(self) -> tuple[TunnelEnd, TunnelEnd]:
        """The customer's end and AWS's end."""
        return self.customer, self.aws

    @property
    def starter(self) -> TunnelEnd:
        """The end that starts the tunnel when the lab is deployed or repaired."""
        return self.aws if self.options.initiator is Initiator.AWS else self.customer

    def dead_after(self, end: TunnelEnd) -> float | None:
        """After how many seconds of silence an end declares the other one dead. None: it never does."""
        if end is self.customer:
            return CUSTOMER_DEAD_AFTER
        return None if self.options.dpd_action is DpdAction.NONE else self.options.dpd_timeout

    def restarter(self, node: str) -> TunnelEnd | None:
        """The end that starts the tunnel when the IKE daemon of one of its nodes has started anew. None: nobody does."""
        if self.options.initiator is Initiator.CUSTOMER:
            return self.customer
        return self.aws if node == self.aws.node and self.options.startup_action is StartupAction.START else None
