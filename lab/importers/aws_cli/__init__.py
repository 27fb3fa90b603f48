"""Read what `aws ec2 describe-*` and `aws directconnect describe-*` print. A file is recognized by its top-level key."""

from collections.abc import Mapping

from lab.importers.aws_cli import direct_connect, fis, refused, transit, vpc, vpn
from lab.importers.calls import NOT_READ
from lab.importers.printed import Reader, nothing

READERS: Mapping[str, Reader] = {
    "VpnConnections": Reader(command="aws ec2 describe-vpn-connections", read=vpn.vpn_connection),
    "CustomerGateways": Reader(command="aws ec2 describe-customer-gateways", read=vpn.customer_gateway),
    "VpnGateways": Reader(command="aws ec2 describe-vpn-gateways", read=vpn.virtual_private_gateway),
    "TransitGateways": Reader(command="aws ec2 describe-transit-gateways", read=transit.transit_gateway),
    "TransitGatewayAttachments": Reader(command="aws ec2 describe-transit-gateway-attachments", read=transit.attachment),
    "TransitGatewayVpcAttachments": Reader(
        command="aws ec2 describe-transit-gateway-vpc-attachments", read=nothing("describe-transit-gateway-attachments has them")
    ),
    "TransitGatewayRouteTables": Reader(
        command="aws ec2 describe-transit-gateway-route-tables", read=nothing("attachments say which tables are used"), needs_region=False
    ),
    "Routes": Reader(
        command="aws ec2 search-transit-gateway-routes",
        read=transit.static_route,
        needs_region=False,
        belongs_to="TransitGatewayRouteTableId",
    ),
    "TransitGatewayRouteTablePropagations": Reader(
        command="aws ec2 get-transit-gateway-route-table-propagations",
        read=transit.propagation,
        needs_region=False,
        belongs_to="TransitGatewayRouteTableId",
    ),
    "RouteTables": Reader(command="aws ec2 describe-route-tables", read=vpc.route_table),
    "Vpcs": Reader(command="aws ec2 describe-vpcs", read=vpc.vpc),
    "connections": Reader(command="aws directconnect describe-connections", read=direct_connect.connection, needs_region=False),
    "lags": Reader(command="aws directconnect describe-lags", read=direct_connect.lag, needs_region=False),
    "virtualInterfaces": Reader(
        command="aws directconnect describe-virtual-interfaces", read=direct_connect.virtual_interface, needs_region=False
    ),
    "directConnectGateways": Reader(
        command="aws directconnect describe-direct-connect-gateways", read=direct_connect.dx_gateway, needs_region=False
    ),
    "directConnectGatewayAssociations": Reader(
        command="aws directconnect describe-direct-connect-gateway-associations", read=direct_connect.association, needs_region=False
    ),
    "directConnectGatewayAttachments": Reader(
        command="aws directconnect describe-direct-connect-gateway-attachments",
        read=nothing("describe-virtual-interfaces has them"),
        needs_region=False,
    ),
    "routes": Reader(
        command="aws directconnect list-virtual-interface-routes",
        read=direct_connect.accepted,
        needs_region=False,
        belongs_to="virtualInterfaceId",
    ),
    "virtualGateways": Reader(
        command="aws directconnect describe-virtual-gateways", read=nothing("describe-vpn-gateways has them"), needs_region=False
    ),
    "experimentTemplate": Reader(command="aws fis get-experiment-template", read=fis.experiment, needs_region=False, is_one=True),
    NOT_READ: Reader(command="the collecting script", read=refused.not_read, needs_region=False),
    "locations": Reader(command="aws directconnect describe-locations", read=direct_connect.location, needs_region=False),
}
"""For each top-level key: how the list below it is read."""
