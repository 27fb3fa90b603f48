"""An account as read: what a reader found in the files of others. Every reader fills these nouns. One function makes a topology of them.

Rules for all nouns:

- `id`: the id that AWS (or Terraform, or a template) gives to it. Unique in the account. `sites.yaml` names things by it.
- `name`: its tag `Name` or its own name as written, "" if it has none. `naming` makes a valid name of it.
- A reference is the `id` of another noun. It may lead to something that no file describes, for instance in another account.
- A value that the files do not have is None, "" or (). It is never replaced by a usual value.
- Things that are deleted, deleting or rejected are not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from lab.importers.account.direct_connect import Accepted, Association, Connection, DxGateway, Lag, Location, VirtualInterface
from lab.importers.account.experiments import Experiment
from lab.importers.account.vpc import (
    Attachment,
    CustomerGateway,
    Propagation,
    RouteTable,
    TransitGateway,
    TransitRoute,
    VirtualPrivateGateway,
    Vpc,
    VpnConnection,
)

__all__ = [
    "Accepted",
    "Account",
    "Association",
    "Attachment",
    "Connection",
    "CustomerGateway",
    "DxGateway",
    "Experiment",
    "Lag",
    "Location",
    "Propagation",
    "RouteTable",
    "Thing",
    "TransitGateway",
    "TransitRoute",
    "Unread",
    "VirtualInterface",
    "VirtualPrivateGateway",
    "Vpc",
    "VpnConnection",
    "account_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something in a file that a reader does not understand, or understands only in part (then `is_left_out` is false).

    `id`: what it is. `what`: what about it. `why`: the reason, as a sentence without a full stop.
    """

    id: str
    why: str
    what: str = "not read"
    is_left_out: bool = True


Thing = (
    VpnConnection
    | CustomerGateway
    | VirtualPrivateGateway
    | TransitGateway
    | Attachment
    | TransitRoute
    | Propagation
    | RouteTable
    | Vpc
    | Location
    | Connection
    | Lag
    | VirtualInterface
    | DxGateway
    | Association
    | Accepted
    | Experiment
    | Unread
)
"""Everything that a reader may find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that the files say about a network. Each tuple is sorted by id."""

    vpn_connections: tuple[VpnConnection, ...] = ()
    customer_gateways: tuple[CustomerGateway, ...] = ()
    virtual_private_gateways: tuple[VirtualPrivateGateway, ...] = ()
    transit_gateways: tuple[TransitGateway, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    transit_routes: tuple[TransitRoute, ...] = ()
    propagations: tuple[Propagation, ...] = ()
    route_tables: tuple[RouteTable, ...] = ()
    vpcs: tuple[Vpc, ...] = ()
    locations: tuple[Location, ...] = ()
    connections: tuple[Connection, ...] = ()
    lags: tuple[Lag, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
    dx_gateways: tuple[DxGateway, ...] = ()
    associations: tuple[Association, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    unread: tuple[Unread, ...] = ()


_SECTION: dict[type[Thing], str] = {
    VpnConnection: "vpn_connections",
    CustomerGateway: "customer_gateways",
    VirtualPrivateGateway: "virtual_private_gateways",
    TransitGateway: "transit_gateways",
    Attachment: "attachments",
    TransitRoute: "transit_routes",
    Propagation: "propagations",
    RouteTable: "route_tables",
    Vpc: "vpcs",
    Location: "locations",
    Connection: "connections",
    Lag: "lags",
    VirtualInterface: "virtual_interfaces",
    DxGateway: "dx_gateways",
    Association: "associations",
    Accepted: "accepted",
    Experiment: "experiments",
    Unread: "unread",
}
"""The field of `Account` for each kind of thing."""


def account_of(things: Sequence[Thing]) -> Account:
    """The account that has these things, each of them once."""
    sections: dict[str, list[Thing]] = {field.name: [] for field in fields(Account)}
    for thing in things:
        sections[_SECTION[type(thing)]].append(thing)
    ordered = {name: tuple(sorted(found, key=lambda each: each.id)) for name, found in sections.items()}
    return Account(**ordered)  # type: ignore[arg-type]  # each section has things of its own kind, by _SECTION
