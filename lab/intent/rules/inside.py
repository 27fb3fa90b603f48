"""Rules for the inside addresses of tunnels: /30s that AWS accepts, unique on a gateway and on a customer gateway."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding, dotted
from lab.intent.rules.draft import Draft, where
from lab.intent.topology.tunnel_inside import AWS_RESERVED, INSIDE_RANGE
from lab.model.ip import Prefix, lies_in
from lab.model.topology import GatewayKind, VpnConnection


def usable(draft: Draft) -> Iterator[Finding]:
    """Rule: each inside CIDR is a /30 of the range, and AWS does not reserve it."""
    for vpn in draft.topology.vpn_connections:
        for index, cidr in enumerate(vpn.inside_cidrs):
            reason = _unusable(cidr)
            if reason:
                yield Finding(where=(*where(vpn), "inside_cidrs", index), message=f"{reason} (for instance 169.254.10.0/30)")


def _unusable(cidr: Prefix) -> str | None:
    if not lies_in(cidr, INSIDE_RANGE) or cidr.prefixlen != 30:
        return f"expected a /30 from {INSIDE_RANGE} as the inside CIDR of a tunnel, found {cidr}"
    if cidr in AWS_RESERVED:
        return f"{cidr} is reserved by AWS"
    return None


def unique(draft: Draft) -> Iterator[Finding]:
    """Rule: two tunnels of one virtual private gateway or customer gateway have different inside CIDRs.

    On a transit gateway they may be equal.
    """
    taken: dict[tuple[str, Prefix], tuple[VpnConnection, int]] = {}
    for vpn in draft.topology.vpn_connections:
        for index, cidr in enumerate(vpn.inside_cidrs):
            ends = _ends(draft, vpn)
            clash = next((end for end in ends if (end, cidr) in taken), None)
            if clash:
                earlier, number = taken[clash, cidr]
                place = dotted((*where(earlier), "inside_cidrs", number))
                message = f"{place} is also {cidr}, but all tunnels of {clash} need different inside CIDRs (choose another CIDR)"
                yield Finding(where=(*where(vpn), "inside_cidrs", index), message=message)
            taken.update({(end, cidr): (vpn, index) for end in ends if (end, cidr) not in taken})


def _ends(draft: Draft, vpn: VpnConnection) -> tuple[str, ...]:
    """The gateways on which the inside CIDRs of the connection must be unique."""
    gateway = draft.gateway(vpn.gateway)
    customer = f"customer gateway {vpn.customer_gateway}"
    return (customer,) if gateway and gateway.kind is GatewayKind.TGW else (f"gateway {vpn.gateway}", customer)
