"""BGP sessions with AWS and the announcements on them. Faults change these parts of a plan."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSession:
    """A BGP session that must be Established, as one of its two speakers (`node`) sees it. `asn` is that speaker's BGP instance."""

    node: str
    asn: int
    neighbor: IPv4Address
    neighbor_node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Announcements of a customer's router to AWS through one route-map: on a virtual interface, or on the tunnels of a VPN connection.

    `neighbors` are AWS's ends. `sessions` are the same sessions as AWS sees them. Each accepts `prefix_limit` prefixes.
    """

    node: str
    asn: int
    route_map: str
    neighbors: tuple[IPv4Address, ...]
    sessions: tuple[BgpSession, ...]
    prefix_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Prefixes that a customer's router could announce at one outlet, in addition to its plan.

    If not `passed_on`, AWS's end counts the prefixes but does not announce them further (NO_ADVERTISE, RFC 1997).
    """

    outlet: Outlet
    prefixes: tuple[IPv4Network, ...]
    passed_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMed:
    """The MED that AWS's end of a tunnel sends to the customer, and the entry of a route-map that sets it."""

    node: str
    route_map: str
    entry: int
    neighbor: IPv4Address
    med: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLeg:
    """An association of a Direct Connect gateway at one device: the BGP session between gateway and device, and its cable."""

    session: BgpSession
    link: str
