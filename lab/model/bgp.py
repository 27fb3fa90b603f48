"""What the two sides of BGP sessions with AWS tell each other, and where: nouns of a plan that faults take hold of."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSession:
    """A BGP session that must be Established, as one of its two speakers sees it; `asn` is that speaker's BGP instance."""

    node: str
    asn: int
    neighbor: IPv4Address
    neighbor_node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where a customer's router announces to AWS through one route-map: a virtual interface, or the tunnels of a VPN connection.

    `neighbors` are AWS's ends; `sessions` are the same as AWS sees them, each of which takes `prefix_limit` prefixes.
    """

    node: str
    asn: int
    route_map: str
    neighbors: tuple[IPv4Address, ...]
    sessions: tuple[BgpSession, ...]
    prefix_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a customer's router could announce beyond its plan: prefixes of its own, at one outlet.

    Those that are not `passed_on` ask AWS's end to keep them to itself (NO_ADVERTISE, RFC 1997): it counts them and tells nobody.
    """

    outlet: Outlet
    prefixes: tuple[IPv4Network, ...]
    passed_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMed:
    """The MED that AWS's end of a tunnel shows its customer, and the entry of a route-map that sets it."""

    node: str
    route_map: str
    entry: int
    neighbor: IPv4Address
    med: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLeg:
    """What carries a Direct Connect gateway's association at one device: the session of the gateway behind with it, and the cable below."""

    session: BgpSession
    link: str
