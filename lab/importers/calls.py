"""The read-only calls to AWS that give all that the readers read. The script `collect-aws.sh` and boto3 make the same ones."""

from dataclasses import dataclass
from enum import Enum


class Each(Enum):
    """For what a call is made: once in every Region, once in the account, or once for every thing of a kind."""

    REGION = "Region"
    ACCOUNT = "account"
    TRANSIT_TABLE = "transit gateway route table"
    DX_GATEWAY = "Direct Connect gateway"
    VIRTUAL_INTERFACE = "virtual interface"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call. `service`, `operation`: as boto3 names them. `key`: the list in its output.

    `is_optional`: older versions of boto3 and of the AWS CLI do not know it, and some policies for reading do not allow it.
    """

    service: str
    operation: str
    key: str
    each: Each = Each.REGION
    is_optional: bool = False

    @property
    def command(self) -> str:
        """The call as the AWS CLI names it, such as `ec2 describe-vpcs`."""
        return f"{self.service} {self.operation.replace('_', '-')}"

    @property
    def permission(self) -> str:
        """The permission that it needs, such as `ec2:DescribeVpcs`."""
        return f"{self.service}:{self.operation.title().replace('_', '')}"


NOT_READ = "NotRead"
"""The list of the calls that AWS did not answer, each with its `call` (as the AWS CLI names it) and its `region`."""

CALLS = (
    Call(service="ec2", operation="describe_vpn_connections", key="VpnConnections"),
    Call(service="ec2", operation="describe_customer_gateways", key="CustomerGateways"),
    Call(service="ec2", operation="describe_vpn_gateways", key="VpnGateways"),
    Call(service="ec2", operation="describe_transit_gateways", key="TransitGateways"),
    Call(service="ec2", operation="describe_transit_gateway_attachments", key="TransitGatewayAttachments"),
    Call(service="ec2", operation="describe_transit_gateway_route_tables", key="TransitGatewayRouteTables"),
    Call(service="ec2", operation="search_transit_gateway_routes", key="Routes", each=Each.TRANSIT_TABLE),
    Call(
        service="ec2",
        operation="get_transit_gateway_route_table_propagations",
        key="TransitGatewayRouteTablePropagations",
        each=Each.TRANSIT_TABLE,
        is_optional=True,
    ),
    Call(service="ec2", operation="describe_route_tables", key="RouteTables"),
    Call(service="ec2", operation="describe_vpcs", key="Vpcs"),
    Call(service="directconnect", operation="describe_connections", key="connections"),
    Call(service="directconnect", operation="describe_lags", key="lags"),
    Call(service="directconnect", operation="describe_virtual_interfaces", key="virtualInterfaces"),
    Call(service="directconnect", operation="list_virtual_interface_routes", key="routes", each=Each.VIRTUAL_INTERFACE, is_optional=True),
    Call(service="directconnect", operation="describe_locations", key="locations"),
    Call(service="directconnect", operation="describe_direct_connect_gateways", key="directConnectGateways", each=Each.ACCOUNT),
    Call(
        service="directconnect",
        operation="describe_direct_connect_gateway_associations",
        key="directConnectGatewayAssociations",
        each=Each.DX_GATEWAY,
    ),
)
"""Every call, in an order in which the things of an earlier call are known to a later one."""
