"""Chosen: the part of an account that a topology can say. All references in it lead to things in it."""

from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.importers.account import Association, CustomerGateway, DxGateway, VirtualInterface, Vpc, VpnConnection
from lab.importers.build.remark import Remark
from lab.model.lag import Lag


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A virtual private gateway (`kind` is vgw) or a transit gateway (tgw), with the ids of its VPCs.

    `static_routes`: those of its route table. Each has the id of what it leads to, or `blackhole`, and its prefix.
    `are_routes_known`: the files have the static routes of its only route table.
    """

    id: str
    name: str
    kind: str
    region: str
    asn: int
    vpcs: tuple[str, ...]
    vpn_ecmp: bool = True
    static_routes: tuple[tuple[str, IPv4Network], ...] = ()
    are_routes_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Peering:
    """A peering between two transit gateways, by their ids."""

    id: str
    name: str
    between: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcTable:
    """The route table of a VPC with several gateways. `routes`: the id of a gateway and a prefix, for each static route."""

    vpc: str
    routes: tuple[tuple[str, IPv4Network], ...]
    propagation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A Direct Connect connection, or a LAG. `device`: the number of AWS's device at the location, from 1.

    `is_device_known`: false if no file says the device, so that its number is a guess.
    """

    id: str
    name: str
    region: str
    location: str
    device: int
    is_device_known: bool
    bandwidth: int | None
    provider: str
    lag: Lag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What comes into the topology, and remarks about the rest. Each tuple is sorted by id."""

    vpn_connections: tuple[VpnConnection, ...] = ()
    customer_gateways: tuple[CustomerGateway, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    vpcs: tuple[Vpc, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
    dx_gateways: tuple[DxGateway, ...] = ()
    associations: tuple[Association, ...] = ()
    peerings: tuple[Peering, ...] = ()
    vpc_tables: tuple[VpcTable, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing leads from AWS to a site."""
        return not self.vpn_connections and not self.virtual_interfaces

    @property
    def ends(self) -> tuple[CustomerGateway | Circuit, ...]:
        """Everything that ends on a router of the customer: customer gateways and circuits."""
        return (*self.customer_gateways, *self.circuits)
