"""DECLARED: resources that Terraform or CloudFormation declares → the things of an account. One function, `things_of`.

Each resource is said in the words of the AWS CLI, and read by the readers of `aws_cli`. So both give the same for the same network.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.errors import Problem
from lab.importers.account import Thing, Unread
from lab.importers.aws_cli import READERS
from lab.importers.declared import direct_connect, transit, vpn
from lab.importers.declared.resource import IN_PART, UNREAD, Circuit, Declared, Resource
from lab.importers.declared.said import Said
from lab.importers.record import Record
from lab.importers.regions import is_region

__all__ = ["IN_PART", "KINDS", "UNREAD", "Circuit", "Declared", "Resource", "is_ours", "things_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of resource is read.

    - `needs`: without one of these values nothing can be said. `asks`: values that are missed, but that the lab can do without.
    - `is_regional`: it must have a Region.
    """

    say: Callable[[Resource, Declared], Iterator[Said | Thing]]
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_regional: bool = True


def _vpn_connection(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A VPN connection, and its attachment if it ends on a transit gateway. Terraform has no resource for that."""
    yield from vpn.vpn_connection(resource, declared)
    yield from transit.attachment(resource, declared)


_PART = Kind(say=vpn.nothing, is_regional=False)
_TUNNELS = tuple(f"tunnel{number}_{key}" for number in (1, 2) for key in vpn.TUNNEL)
_VIF = ("connection_id", "vlan", "bgp_asn", "dx_gateway_id", "vpn_gateway_id")
_VIF_ASKS = ("mtu", "sitelink_enabled")
_INTERFACE = Kind(say=direct_connect.virtual_interface, needs=_VIF, asks=_VIF_ASKS, is_regional=False)
_HOSTED = Kind(say=direct_connect.hosted_interface, needs=_VIF, asks=_VIF_ASKS, is_regional=False)
_ACCEPTER = Kind(say=direct_connect.accepter, needs=("virtual_interface_id",), is_regional=False)
_ATTACHED = Kind(say=transit.attachment, needs=("transit_gateway_id", "vpc_id"), is_regional=False)
_LOOSE = Kind(say=transit.attachment, needs=("transit_gateway_id",), is_regional=False)

KINDS: Mapping[str, Kind] = {
    "aws_vpn_connection": Kind(
        say=_vpn_connection,
        needs=(
            "customer_gateway_id",
            "vpn_gateway_id",
            "transit_gateway_id",
            "static_routes_only",
            "transport_transit_gateway_attachment_id",
        ),
        asks=_TUNNELS,
    ),
    "aws_vpn_connection_route": Kind(say=vpn.nothing, needs=("vpn_connection_id", "destination_cidr_block"), is_regional=False),
    "aws_customer_gateway": Kind(say=vpn.customer_gateway, needs=("bgp_asn", "bgp_asn_extended")),
    "aws_vpn_gateway": Kind(say=vpn.virtual_private_gateway, needs=("vpc_id", "amazon_side_asn")),
    "aws_vpn_gateway_attachment": Kind(say=vpn.nothing, needs=("vpc_id", "vpn_gateway_id"), is_regional=False),
    "aws_vpn_gateway_route_propagation": _PART,
    "aws_vpc": Kind(say=vpn.vpc, needs=("cidr_block",)),
    "aws_vpc_ipv4_cidr_block_association": Kind(say=vpn.nothing, needs=("vpc_id", "cidr_block"), is_regional=False),
    "aws_vpc_ipv6_cidr_block_association": _PART,
    "aws_route_table": Kind(say=vpn.route_table, needs=("vpc_id",)),
    "aws_default_route_table": Kind(say=vpn.route_table, needs=("vpc_id",)),
    "aws_route": _PART,
    "aws_ec2_transit_gateway": Kind(say=transit.transit_gateway, needs=("amazon_side_asn",)),
    "aws_ec2_transit_gateway_vpc_attachment": _ATTACHED,
    "aws_ec2_transit_gateway_vpc_attachment_accepter": _ATTACHED,
    "aws_ec2_transit_gateway_peering_attachment": _LOOSE,
    "aws_ec2_transit_gateway_peering_attachment_accepter": _LOOSE,
    "aws_ec2_transit_gateway_connect": _LOOSE,
    "aws_ec2_transit_gateway_connect_peer": _PART,
    "aws_ec2_transit_gateway_dx_gateway_attachment": _LOOSE,
    "aws_ec2_transit_gateway_vpn_attachment": _PART,
    "aws_ec2_transit_gateway_route_table": _PART,
    "aws_ec2_transit_gateway_route_table_association": Kind(
        say=vpn.nothing, needs=("transit_gateway_attachment_id", "transit_gateway_route_table_id"), is_regional=False
    ),
    "aws_ec2_transit_gateway_route_table_propagation": Kind(say=vpn.nothing, needs=("transit_gateway_attachment_id",), is_regional=False),
    "aws_ec2_transit_gateway_default_route_table_association": _PART,
    "aws_ec2_transit_gateway_default_route_table_propagation": _PART,
    "aws_ec2_transit_gateway_route": Kind(
        say=transit.static_route,
        needs=("destination_cidr_block", "transit_gateway_attachment_id", "transit_gateway_route_table_id"),
        is_regional=False,
    ),
    "aws_dx_connection": Kind(say=direct_connect.connection, needs=("location",), asks=("bandwidth",)),
    "aws_dx_connection_association": Kind(say=vpn.nothing, needs=("connection_id", "lag_id"), is_regional=False),
    "aws_dx_connection_confirmation": _PART,
    "aws_dx_lag": Kind(say=direct_connect.lag, needs=("location",), asks=("connections_bandwidth",)),
    "aws_dx_private_virtual_interface": _INTERFACE,
    "aws_dx_transit_virtual_interface": _INTERFACE,
    "aws_dx_public_virtual_interface": _INTERFACE,
    "aws_dx_hosted_private_virtual_interface": _HOSTED,
    "aws_dx_hosted_transit_virtual_interface": _HOSTED,
    "aws_dx_hosted_public_virtual_interface": _HOSTED,
    "aws_dx_hosted_private_virtual_interface_accepter": _ACCEPTER,
    "aws_dx_hosted_transit_virtual_interface_accepter": _ACCEPTER,
    "aws_dx_hosted_public_virtual_interface_accepter": _ACCEPTER,
    "aws_dx_bgp_peer": _PART,
    "aws_dx_gateway": Kind(say=direct_connect.dx_gateway, needs=("amazon_side_asn",), is_regional=False),
    "aws_dx_gateway_association": Kind(
        say=direct_connect.association,
        needs=("dx_gateway_id", "associated_gateway_id", "vpn_gateway_id", "allowed_prefixes"),
        is_regional=False,
    ),
    "aws_dx_gateway_association_proposal": Kind(say=direct_connect.proposal, is_regional=False),
    "aws_dx_location": Kind(say=direct_connect.location, is_regional=False),
}
"""How each kind of resource is read."""

_OURS = re.compile(
    r"nested stack|aws_(vpn|dx|customer_gateway|ec2_transit_gateway|networkmanager|vpc_peering)|AWS::(DirectConnect|NetworkManager)::"
)
_ALSO_OURS = re.compile(r"AWS::EC2::(VPN|CustomerGateway|TransitGateway|VPCPeering)")


def is_ours(kind: str) -> bool:
    """Whether a kind of resource has to do with a connection to a site, as far as its name says."""
    return bool(_OURS.match(kind) or _ALSO_OURS.match(kind))


def things_of(
    resources: Sequence[Resource], circuits: Sequence[Circuit], problems: list[Problem], way_out: str
) -> Iterator[tuple[str, Thing]]:
    """Everything that the resources say, each thing with its file.

    `circuits`: those that other files have. `way_out`: what a message about a wrong value advises.
    """
    told: list[tuple[str, Thing]] = []
    usable = [each for each in resources if each.kind in KINDS and _is_usable(each, told)]
    declared = Declared(usable, circuits)
    yield from told
    for each in declared:
        if KINDS[each.kind].is_regional and not is_region(each.region):
            problems.append(Problem(place=each.file, message=_no_region(each)))
            continue
        for said in KINDS[each.kind].say(each, declared):
            if isinstance(said, Said):
                record = Record(data=said.data, file=each.file, place=each.written, problems=problems, way_out=way_out)
                reader = READERS[said.key]
                yield from (
                    (each.file, thing)
                    for thing in reader.read(record, said.belongs_to if reader.belongs_to else said.region or each.region)
                )
            else:
                yield each.file, said
    yield from _others(resources)


def _is_usable(resource: Resource, told: list[tuple[str, Thing]]) -> bool:
    """Whether all that a resource needs is known. What is not known is told."""
    kind = KINDS[resource.kind]
    missing = [resource.unknown[key] for key in kind.needs if key in resource.unknown]
    if missing:
        told.append((resource.file, Unread(id=resource.id, why="; ".join(missing))))
        return False
    asked = [resource.unknown[key] for key in kind.asks if key in resource.unknown]
    if asked:
        why = "the topology has its usual value there"
        told.append((resource.file, Unread(id=resource.id, what="; ".join(asked), why=why, is_left_out=False)))
    return True


def _others(resources: Sequence[Resource]) -> Iterator[tuple[str, Thing]]:
    """The resources that no reader knows. Those that have to do with sites are told one by one, of the rest only the kinds."""
    rest: dict[str, Counter[str]] = {}
    for each in resources:
        if each.kind in KINDS or each.is_data:
            continue
        if each.kind in {UNREAD, IN_PART}:
            what, why = next(iter(each.unknown.items()), ("not read", "it is no resource"))
            yield each.file, Unread(id=each.id, what=what, why=why, is_left_out=each.kind == UNREAD)
        elif is_ours(each.kind):
            yield each.file, Unread(id=each.id, why=f"the importer does not know resources of the type {each.kind}")
        else:
            rest.setdefault(each.file, Counter())[each.kind] += 1
    for file, kinds in rest.items():
        words = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())[:_LISTED])
        more = f" and {len(kinds) - _LISTED} more kinds" if len(kinds) > _LISTED else ""
        yield file, Unread(id=f"{words}{more}", why="resources of these kinds are no part of a topology")


_LISTED = 5


def _no_region(resource: Resource) -> str:
    way_out = "name its folder after the Region, as in us-east-1/network.json, or the file, as in us-east-1-network.json"
    return f"neither {resource.written} nor the path says the Region ({way_out})"
