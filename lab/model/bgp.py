"""BGP sessions between customer and AWS, and the announcements on them. Routing faults change these."""

from dataclasses import dataclass

from lab.model.ip import Address, Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpSession:
    """A planned BGP session, as the router `node` sees it. `asn`: the ASN of that router's BGP instance."""

    node: str
    asn: int
    neighbor: Address
    neighbor_node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The place at which a customer's router announces prefixes to AWS through one route-map: a virtual interface, or a VPN connection.

    `neighbors`: AWS's addresses. `sessions`: the sessions, as AWS's routers see them. Each session accepts `prefix_limit` prefixes.
    """

    node: str
    asn: int
    route_map: str
    neighbors: tuple[Address, ...]
    sessions: tuple[BgpSession, ...]
    prefix_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Prefixes that a fault makes a customer's router announce on one outlet, in addition to its plan.

    If `passed_on` is false, AWS's router counts the prefixes but does not announce them further (NO_ADVERTISE, RFC 1997).
    """

    outlet: Outlet
    prefixes: tuple[Prefix, ...]
    passed_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMed:
    """The MED that AWS's endpoint of a tunnel sends to the customer, and the route-map entry that sets it."""

    node: str
    route_map: str
    entry: int
    neighbor: Address
    med: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationLeg:
    """The part of an association that one AWS device carries: the BGP session between the AWS gateway and the device, and their cable."""

    session: BgpSession
    link: str
