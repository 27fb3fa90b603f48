"""Route tables of transit gateways and VPCs: their static routes, and the peerings to which those may lead."""

from dataclasses import dataclass

from lab.model.ip import Prefix

BLACKHOLE = "blackhole"
"""What a static route of a transit gateway has in place of an attachment if it drops packets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRoute:
    """A static route of a transit gateway. `attachment`: the VPC, VPN connection or peering to which it leads, or BLACKHOLE."""

    prefix: Prefix
    attachment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitTable:
    """One of several route tables of a transit gateway.

    - `associations`: the VPCs and VPN connections whose packets it routes. A VPN connection hears what it knows.
    - `propagations`: those whose routes it learns
    """

    name: str
    associations: tuple[str, ...]
    propagations: tuple[str, ...]
    static_routes: tuple[TransitRoute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peering:
    """A peering between two transit gateways. No BGP crosses it: only their static routes use it (T23)."""

    name: str
    between: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcRoute:
    """A static route in the route table of a VPC: to the gateway of this name."""

    prefix: Prefix
    gateway: str
