"""Say transit gateways, their attachments and their static routes as the AWS CLI prints them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.importers.account import Thing, Unread
from lab.importers.declared.resource import Declared, Resource
from lab.importers.declared.said import DEFAULT_ASN, Said, default_asn, set_only, tags_of

_VPC = ("aws_ec2_transit_gateway_vpc_attachment", "aws_ec2_transit_gateway_vpc_attachment_accepter")
_PEERING = ("aws_ec2_transit_gateway_peering_attachment", "aws_ec2_transit_gateway_peering_attachment_accepter")
_DX = "aws_ec2_transit_gateway_dx_gateway_attachment"
_CONNECT = "aws_ec2_transit_gateway_connect"


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """An attachment: its own id, its ResourceType, and what is attached.

    `takes_default`, `propagates`: it is associated with the default route table, and propagates into it, if the gateway has one.
    """

    id: str
    kind: str
    resource: str
    transit_gateway: str
    region: str
    takes_default: bool = True
    propagates: bool = True


def transit_gateway(resource: Resource, _: Declared) -> Iterator[Said | Thing]:
    """A transit gateway."""
    asn = resource.get("amazon_side_asn")
    if asn is None:
        yield default_asn(resource, "amazon_side_asn", DEFAULT_ASN)
    options = set_only({"AmazonSideAsn": asn or DEFAULT_ASN, "VpnEcmpSupport": resource.get("vpn_ecmp_support")})
    yield Said(key="TransitGateways", data={"TransitGatewayId": resource.id, "Options": options, "Tags": tags_of(resource)})


def attachment(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """An attachment, with the route table that routes what comes in by it."""
    end = _end(resource)
    if end is None:
        return
    if not end.transit_gateway:
        yield Unread(id=end.id, why=f"an attachment of the kind {end.kind}, and a topology cannot have one")
        return
    table = _table(end, declared)
    if end.kind in {"vpc", "vpn"} and not _propagates(end, declared):
        what = "attachment that propagates its routes into no route table"
        yield Unread(id=end.resource, what=what, why="in a topology every attachment does, so flows get through there", is_left_out=False)
    data: dict[str, object] = {
        "TransitGatewayAttachmentId": end.id,
        "TransitGatewayId": end.transit_gateway,
        "ResourceType": end.kind,
        "ResourceId": end.resource,
        "Association": {"TransitGatewayRouteTableId": table, "State": "associated"} if table else {},
    }
    gateway = declared.find(end.transit_gateway)
    yield Said(key="TransitGatewayAttachments", data=data, region=gateway.region if gateway else end.region)


def static_route(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A static route in a route table of a transit gateway."""
    where = resource.text("transit_gateway_attachment_id")
    ends = (_end(each) for each in declared.of("aws_vpn_connection", *_VPC, *_PEERING, _DX, _CONNECT))
    end = next((each.resource for each in ends if each and where and where in {each.id, each.resource}), where)
    data: dict[str, object] = {
        "DestinationCidrBlock": resource.get("destination_cidr_block"),
        "Type": "static",
        "State": "active" if where else "blackhole",
        "TransitGatewayAttachments": [{"ResourceId": end}] if where else [],
    }
    if not where and resource.get("blackhole") is not True:
        yield Unread(id=resource.id, why="it leads to no attachment, and it is no blackhole route")
        return
    yield Said(key="Routes", data=data, belongs_to=resource.text("transit_gateway_route_table_id"))


def _end(resource: Resource) -> _End | None:
    """The attachment that a resource is or has. None if it has none."""
    transit, region = resource.text("transit_gateway_id"), resource.region
    if resource.kind == "aws_vpn_connection":
        own = resource.text("transit_gateway_attachment_id") or f"{resource.id} attachment"
        return _End(id=own, kind="vpn", resource=resource.id, transit_gateway=transit, region=region) if transit else None
    if resource.kind in _VPC:
        takes = resource.get("transit_gateway_default_route_table_association") is not False
        spreads = resource.get("transit_gateway_default_route_table_propagation") is not False
        vpc, own = resource.text("vpc_id"), resource.text("transit_gateway_attachment_id") or resource.id
        return _End(id=own, kind="vpc", resource=vpc, transit_gateway=transit, region=region, takes_default=takes, propagates=spreads)
    if resource.kind in _PEERING:
        own = resource.text("transit_gateway_attachment_id") or resource.id
        return _End(id=own, kind="peering", resource=resource.text("peer_transit_gateway_id"), transit_gateway=transit, region=region)
    if resource.kind == _DX:
        dxgw = resource.text("dx_gateway_id")
        return _End(id=resource.id, kind="direct-connect-gateway", resource=dxgw, transit_gateway=transit, region=region)
    under = resource.text("transport_attachment_id")
    return _End(id=resource.id, kind="connect", resource=under, transit_gateway=transit, region=region)


def _table(end: _End, declared: Declared) -> str:
    """The route table of an attachment: the one that a resource associates, or else the default one. "" if none is known."""
    for each in declared.of("aws_ec2_transit_gateway_route_table_association"):
        if each.text("transit_gateway_attachment_id") in {end.id, end.resource}:
            return each.text("transit_gateway_route_table_id")
    gateway = declared.find(end.transit_gateway)
    if gateway is None or not end.takes_default or gateway.get("default_route_table_association") in {"disable", "disabled"}:
        return ""
    # An id that AWS has not given yet is replaced by the gateway's own, also where other resources refer to it.
    return gateway.text("association_default_route_table_id") or gateway.id


def _propagates(end: _End, declared: Declared) -> bool:
    """Whether the routes of an attachment get into some route table. If no file has the gateway, nothing says that they do not."""
    gateway = declared.find(end.transit_gateway)
    if gateway is None or (end.propagates and gateway.get("default_route_table_propagation") not in {"disable", "disabled"}):
        return True
    propagations = declared.of("aws_ec2_transit_gateway_route_table_propagation")
    return any(each.text("transit_gateway_attachment_id") in {end.id, end.resource} for each in propagations)
