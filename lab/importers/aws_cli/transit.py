"""Read transit gateways, their attachments and their static routes (EC2 API: TransitGateway, TransitGatewayAttachment, …)."""

from collections.abc import Iterator

from lab.importers.account import Attachment, Propagation, TransitGateway, TransitRoute
from lab.importers.aws_cli.tags import is_gone, name_tag
from lab.importers.record import Record


def transit_gateway(record: Record, region: str) -> Iterator[TransitGateway]:
    """A transit gateway, unless it is deleted."""
    if is_gone(record):
        return
    options = record.record("Options")
    yield TransitGateway(
        id=record.text("TransitGatewayId"),
        name=name_tag(record),
        region=region,
        asn=options.number("AmazonSideAsn"),
        vpn_ecmp=options.text_or("VpnEcmpSupport") != "disable",
    )


def attachment(record: Record, region: str) -> Iterator[Attachment]:
    """An attachment of a transit gateway, unless it is deleted."""
    if is_gone(record):
        return
    association = record.record("Association")
    yield Attachment(
        id=record.text("TransitGatewayAttachmentId"),
        region=region,
        transit_gateway=record.text("TransitGatewayId"),
        kind=record.text("ResourceType"),
        resource=record.text_or("ResourceId"),
        route_table="" if is_gone(association) else association.text_or("TransitGatewayRouteTableId"),
        name=name_tag(record),
    )


def static_route(record: Record, table: str) -> Iterator[TransitRoute]:
    """A static route. A propagated one is not read: it follows from what is announced.

    `table`: the id of the route table. AWS does not print it, so it is known only in files that our own script made.
    """
    if record.text_or("Type") != "static" or is_gone(record):
        return
    ends = [each.text_or("ResourceId") for each in record.records("TransitGatewayAttachments")]
    for prefix in record.prefixes("DestinationCidrBlock"):
        for end in ends or [""]:
            yield TransitRoute(id=" ".join(filter(None, (table, str(prefix), end))), table=table, prefix=prefix, resource=end)


def propagation(record: Record, table: str) -> Iterator[Propagation]:
    """An attachment that propagates its routes into a route table. `table`: the id of the table, "" if the file does not say it."""
    attachment = record.text_or("TransitGatewayAttachmentId")
    if attachment and table and record.text_or("State") == "enabled":
        yield Propagation(id=f"{table} {attachment}", table=table, attachment=attachment)
