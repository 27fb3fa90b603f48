"""Read VPCs and their route tables (EC2 API: Vpc, RouteTable)."""

from collections.abc import Iterator

from lab.importers.account import RouteTable, Vpc
from lab.importers.account.vpc import Route
from lab.importers.aws_cli.tags import is_gone, name_tag
from lab.importers.record import Record


def vpc(record: Record, region: str) -> Iterator[Vpc]:
    """A VPC with its CIDRs."""
    primary = record.prefixes("CidrBlock")
    more = (each for each in record.records("CidrBlockAssociationSet") if not is_gone(each.record("CidrBlockState")))
    cidrs = (*primary, *(network for each in more for network in each.prefixes("CidrBlock")))
    if not primary:
        record.wrong("CidrBlock", "expected the IPv4 CIDR of the VPC, found none")
    yield Vpc(
        id=record.text("VpcId"),
        name=name_tag(record),
        region=region,
        cidrs=tuple(dict.fromkeys(cidrs)),
        has_ipv6=any(record.records("Ipv6CidrBlockAssociationSet")),
    )


def route_table(record: Record, region: str) -> Iterator[RouteTable]:
    """A route table of a VPC. Only its routes to gateways that lead to sites are read."""
    yield RouteTable(
        id=record.text("RouteTableId"),
        region=region,
        vpc=record.text("VpcId"),
        routes=tuple(_routes(record)),
        propagating=tuple(each.text("GatewayId") for each in record.records("PropagatingVgws")),
    )


def _routes(record: Record) -> Iterator[Route]:
    for route in record.records("Routes"):
        target = route.text_or("TransitGatewayId") or route.text_or("GatewayId")
        if target.startswith(("vgw-", "tgw-")):
            for prefix in route.prefixes("DestinationCidrBlock"):
                yield Route(prefix=prefix, target=target, is_propagated=route.text_or("Origin") == "EnableVgwRoutePropagation")
