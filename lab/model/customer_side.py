"""How the customer's router treats the BGP sessions of one virtual interface or VPN connection. All of it is the customer's own choice."""

from dataclasses import dataclass
from ipaddress import IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSide:
    """What the customer chose for its end. None or (): the customer chose nothing.

    - `prefer`: the local preference of routes from AWS. By default 200 on a virtual interface, 100 on a VPN connection.
    - `announce`: what the router announces to AWS. (): what its site announces.
    - `accept`: the router accepts only routes to these prefixes, or to parts of them. () accepts all.
    """

    prefer: int | None = None
    accept: tuple[IPv4Network, ...] = ()
    announce: tuple[IPv4Network, ...] = ()


USUAL = CustomerSide()
"""The customer chose nothing."""
