"""The types of CloudFormation that are read. For each: Terraform's type for the same thing, and Terraform's words for its properties."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A type of resource. `kind`: Terraform's word for it. `keys`: for each property that is read, Terraform's word."""

    kind: str
    keys: Mapping[str, str]


_VIF = {
    "VirtualInterfaceName": "name",
    "ConnectionId": "connection_id",
    "Vlan": "vlan",
    "Mtu": "mtu",
    "EnableSiteLink": "sitelink_enabled",
    "DirectConnectGatewayId": "dx_gateway_id",
    "VirtualGatewayId": "vpn_gateway_id",
}
_ATTACHED = Type(kind="aws_ec2_transit_gateway_vpc_attachment", keys={"TransitGatewayId": "transit_gateway_id", "VpcId": "vpc_id"})
_IN_TABLE = {"TransitGatewayAttachmentId": "transit_gateway_attachment_id", "TransitGatewayRouteTableId": "transit_gateway_route_table_id"}

TYPES: Mapping[str, Type] = {
    "AWS::EC2::VPNConnection": Type(
        kind="aws_vpn_connection",
        keys={
            "CustomerGatewayId": "customer_gateway_id",
            "VpnGatewayId": "vpn_gateway_id",
            "TransitGatewayId": "transit_gateway_id",
            "VpnConcentratorId": "vpn_concentrator_id",
            "StaticRoutesOnly": "static_routes_only",
            "EnableAcceleration": "enable_acceleration",
            "OutsideIpAddressType": "outside_ip_address_type",
            "TransportTransitGatewayAttachmentId": "transport_transit_gateway_attachment_id",
            "TunnelInsideIpVersion": "tunnel_inside_ip_version",
            "TunnelBandwidth": "tunnel_bandwidth",
        },
    ),
    "AWS::EC2::VPNConnectionRoute": Type(
        kind="aws_vpn_connection_route", keys={"VpnConnectionId": "vpn_connection_id", "DestinationCidrBlock": "destination_cidr_block"}
    ),
    "AWS::EC2::CustomerGateway": Type(
        kind="aws_customer_gateway",
        keys={
            "BgpAsn": "bgp_asn",
            "BgpAsnExtended": "bgp_asn_extended",
            "IpAddress": "ip_address",
            "CertificateArn": "certificate_arn",
            "DeviceName": "device_name",
        },
    ),
    "AWS::EC2::VPNGateway": Type(kind="aws_vpn_gateway", keys={"AmazonSideAsn": "amazon_side_asn"}),
    "AWS::EC2::VPCGatewayAttachment": Type(kind="aws_vpn_gateway_attachment", keys={"VpcId": "vpc_id", "VpnGatewayId": "vpn_gateway_id"}),
    "AWS::EC2::VPNGatewayRoutePropagation": Type(
        kind="aws_vpn_gateway_route_propagation", keys={"VpnGatewayId": "vpn_gateway_id", "RouteTableIds": "route_table_ids"}
    ),
    "AWS::EC2::VPC": Type(kind="aws_vpc", keys={"CidrBlock": "cidr_block", "Ipv4IpamPoolId": "ipv4_ipam_pool_id"}),
    "AWS::EC2::VPCCidrBlock": Type(
        kind="aws_vpc_ipv4_cidr_block_association",
        keys={"VpcId": "vpc_id", "CidrBlock": "cidr_block", "Ipv6CidrBlock": "ipv6", "AmazonProvidedIpv6CidrBlock": "ipv6"},
    ),
    "AWS::EC2::RouteTable": Type(kind="aws_route_table", keys={"VpcId": "vpc_id"}),
    "AWS::EC2::Route": Type(
        kind="aws_route",
        keys={
            "RouteTableId": "route_table_id",
            "DestinationCidrBlock": "destination_cidr_block",
            "GatewayId": "gateway_id",
            "TransitGatewayId": "transit_gateway_id",
        },
    ),
    "AWS::EC2::TransitGateway": Type(
        kind="aws_ec2_transit_gateway",
        keys={
            "AmazonSideAsn": "amazon_side_asn",
            "VpnEcmpSupport": "vpn_ecmp_support",
            "DefaultRouteTableAssociation": "default_route_table_association",
            "DefaultRouteTablePropagation": "default_route_table_propagation",
        },
    ),
    "AWS::EC2::TransitGatewayAttachment": _ATTACHED,
    "AWS::EC2::TransitGatewayVpcAttachment": _ATTACHED,
    "AWS::EC2::TransitGatewayPeeringAttachment": Type(
        kind="aws_ec2_transit_gateway_peering_attachment",
        keys={"TransitGatewayId": "transit_gateway_id", "PeerTransitGatewayId": "peer_transit_gateway_id"},
    ),
    "AWS::EC2::TransitGatewayConnect": Type(
        kind="aws_ec2_transit_gateway_connect", keys={"TransportTransitGatewayAttachmentId": "transport_attachment_id"}
    ),
    "AWS::EC2::TransitGatewayConnectPeer": Type(kind="aws_ec2_transit_gateway_connect_peer", keys={}),
    "AWS::EC2::TransitGatewayRouteTable": Type(kind="aws_ec2_transit_gateway_route_table", keys={"TransitGatewayId": "transit_gateway_id"}),
    "AWS::EC2::TransitGatewayRouteTableAssociation": Type(kind="aws_ec2_transit_gateway_route_table_association", keys=_IN_TABLE),
    "AWS::EC2::TransitGatewayRouteTablePropagation": Type(kind="aws_ec2_transit_gateway_route_table_propagation", keys=_IN_TABLE),
    "AWS::EC2::TransitGatewayRoute": Type(
        kind="aws_ec2_transit_gateway_route",
        keys={**_IN_TABLE, "DestinationCidrBlock": "destination_cidr_block", "Blackhole": "blackhole"},
    ),
    "AWS::DirectConnect::Connection": Type(
        kind="aws_dx_connection",
        keys={
            "ConnectionName": "name",
            "Bandwidth": "bandwidth",
            "Location": "location",
            "LagId": "lag_id",
            "ProviderName": "provider_name",
        },
    ),
    "AWS::DirectConnect::Lag": Type(
        kind="aws_dx_lag",
        keys={
            "LagName": "name",
            "ConnectionsBandwidth": "connections_bandwidth",
            "Location": "location",
            "MinimumLinks": "minimum_links",
            "ProviderName": "provider_name",
        },
    ),
    "AWS::DirectConnect::DirectConnectGateway": Type(
        kind="aws_dx_gateway", keys={"DirectConnectGatewayName": "name", "AmazonSideAsn": "amazon_side_asn"}
    ),
    "AWS::DirectConnect::DirectConnectGatewayAssociation": Type(
        kind="aws_dx_gateway_association",
        keys={
            "DirectConnectGatewayId": "dx_gateway_id",
            "AssociatedGatewayId": "associated_gateway_id",
            "AllowedPrefixesToDirectConnectGateway": "allowed_prefixes",
        },
    ),
    "AWS::DirectConnect::PrivateVirtualInterface": Type(kind="aws_dx_private_virtual_interface", keys=_VIF),
    "AWS::DirectConnect::TransitVirtualInterface": Type(kind="aws_dx_transit_virtual_interface", keys=_VIF),
    "AWS::DirectConnect::PublicVirtualInterface": Type(kind="aws_dx_public_virtual_interface", keys=_VIF),
}
"""The types that are read (CloudFormation Template Reference). Properties that hold keys are none of them."""

FLAGS = frozenset({"static_routes_only", "enable_acceleration", "sitelink_enabled", "blackhole"})
"""Values that are true or false. A template may write them as text."""
