"""Branch: a connection of a data centre to a gateway, as the search for paths sees it."""

from dataclasses import dataclass
from ipaddress import ip_network
from itertools import product

from lab.model.ip import Prefix, lies_in
from lab.model.topology import DataCenter

EVERYTHING = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A connection of a data centre to a gateway.

    - `asn`: that of the edge there.
    - `sites`: the data centres to which it leads. `told`: the prefixes that AWS learns on it.
    - `heard`: the prefixes that the customer learns on it.
    - `dx_gateway`: the Direct Connect gateway on the way, None if there is none.
    - `accepted`: the customer accepts only routes to these prefixes and to parts of them.
    - `vpn`: the name of its VPN connection, if static routes or several tables of the gateway decide about it.
    - `originated`: the Direct Connect gateway originates the prefixes itself, because the gateway behind it is a transit gateway.
    """

    center: DataCenter
    asn: int
    sites: tuple[DataCenter, ...]
    told: frozenset[Prefix]
    heard: tuple[Prefix, ...]
    over_vpn: bool = False
    dx_gateway: str | None = None
    originated: bool = False
    prepended: int = 0
    accepted: tuple[Prefix, ...] = EVERYTHING
    vpn: str | None = None

    def hears(self, prefix: Prefix) -> bool:
        """Whether the customer accepts a route to the prefix. The route is to one of `heard`, or exactly to the prefix."""
        routes = (prefix if heard in EVERYTHING else heard for heard in self.heard if heard.overlaps(prefix))
        return any(lies_in(route, accepted) for route, accepted in product(routes, self.accepted))
