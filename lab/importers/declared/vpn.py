"""Say VPN connections, customer gateways, virtual private gateways and VPCs as the AWS CLI prints them. Keys and addresses stay behind."""

from collections.abc import Iterator

from lab.importers.account import RouteTable, Thing, Unread
from lab.importers.account.vpc import Route
from lab.importers.declared.resource import Declared, Resource
from lab.importers.declared.said import DEFAULT_ASN, Said, default_asn, set_only, tags_of
from lab.importers.record import as_network

TUNNEL = {
    "inside_cidr": "TunnelInsideCidr",
    "startup_action": "StartupAction",
    "dpd_timeout_action": "DpdTimeoutAction",
    "dpd_timeout_seconds": "DpdTimeoutSeconds",
    "phase1_lifetime_seconds": "Phase1LifetimeSeconds",
    "phase2_lifetime_seconds": "Phase2LifetimeSeconds",
    "ike_versions": "IkeVersions",
    "phase2_encryption_algorithms": "Phase2EncryptionAlgorithms",
    "phase2_integrity_algorithms": "Phase2IntegrityAlgorithms",
}
"""The tunnel options that are read: Terraform's word after `tunnel1_`, and AWS's. The pre-shared key is none of them."""


def vpn_connection(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A VPN connection, with the static routes that other resources give it."""
    routes = [each.get("destination_cidr_block") for each in declared.of("aws_vpn_connection_route") if _is_of(each, resource)]
    routes += [each.get("destination_cidr_block") for each in resource.each("routes")]
    yield Said(
        key="VpnConnections",
        data=set_only(
            {
                "VpnConnectionId": resource.id,
                "CustomerGatewayId": resource.get("customer_gateway_id"),
                "VpnGatewayId": resource.get("vpn_gateway_id"),
                "TransitGatewayId": resource.get("transit_gateway_id"),
                "CoreNetworkArn": resource.get("core_network_arn", "core_network_attachment_arn"),
                "VpnConcentratorId": resource.get("vpn_concentrator_id"),
                "Tags": tags_of(resource),
                "Routes": [{"DestinationCidrBlock": each} for each in dict.fromkeys(each for each in routes if isinstance(each, str))],
                "Options": _options(resource),
            }
        ),
    )


def _is_of(route: Resource, vpn: Resource) -> bool:
    return route.text("vpn_connection_id") == vpn.id


def _options(resource: Resource) -> dict[str, object]:
    return set_only(
        {
            "StaticRoutesOnly": resource.get("static_routes_only"),
            "EnableAcceleration": resource.get("enable_acceleration"),
            "OutsideIpAddressType": resource.get("outside_ip_address_type"),
            "TransportTransitGatewayAttachmentId": resource.get("transport_transit_gateway_attachment_id"),
            "TunnelInsideIpVersion": resource.get("tunnel_inside_ip_version"),
            "TunnelBandwidth": resource.get("tunnel_bandwidth"),
            "TunnelOptions": [_tunnel(resource, number) for number in (1, 2)],
        }
    )


def _tunnel(resource: Resource, number: int) -> dict[str, object]:
    """One tunnel. Terraform has 0 for a number that is not set, and a list of words where AWS has a list of objects."""
    found = {word: resource.get(f"tunnel{number}_{key}") for key, word in TUNNEL.items()}
    return {
        word: [{"Value": each} for each in value if isinstance(each, str)] if isinstance(value, list) else value
        for word, value in found.items()
        if value not in (None, 0)
    }


def customer_gateway(resource: Resource, _: Declared) -> Iterator[Said | Thing]:
    """A customer gateway. Of its address, only a digest goes on."""
    data = set_only(
        {
            "CustomerGatewayId": resource.id,
            "BgpAsn": resource.get("bgp_asn"),
            "BgpAsnExtended": resource.get("bgp_asn_extended"),
            "IpAddress": resource.get("ip_address"),
            "CertificateArn": resource.get("certificate_arn"),
            "DeviceName": resource.get("device_name"),
            "Tags": tags_of(resource),
        }
    )
    if "BgpAsn" not in data and "BgpAsnExtended" not in data:
        # CreateCustomerGateway, parameter BgpAsn: "Default: 65000".
        data["BgpAsn"] = 65000
        yield default_asn(resource, "bgp_asn", 65000)
    yield Said(key="CustomerGateways", data=data)


def virtual_private_gateway(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A virtual private gateway, attached by itself or by another resource."""
    vpcs = [resource.text("vpc_id", "attached_vpc_id")]
    vpcs += [each.text("vpc_id") for each in declared.of("aws_vpn_gateway_attachment") if each.text("vpn_gateway_id") == resource.id]
    asn = resource.get("amazon_side_asn")
    if asn is None:
        yield default_asn(resource, "amazon_side_asn", DEFAULT_ASN)
    attached = [{"VpcId": each, "State": "attached"} for each in dict.fromkeys(vpcs) if each]
    data = {"VpnGatewayId": resource.id, "AmazonSideAsn": asn or DEFAULT_ASN, "VpcAttachments": attached, "Tags": tags_of(resource)}
    yield Said(key="VpnGateways", data=data)


def vpc(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A VPC with all its CIDRs."""
    if resource.get("cidr_block") is None:
        yield Unread(id=resource.id, why="its CIDR is not written. A pool of IPAM chooses it")
        return
    more = [each.get("cidr_block") for each in declared.of("aws_vpc_ipv4_cidr_block_association") if each.text("vpc_id") == resource.id]
    more += [each.get("cidr_block") for each in resource.each("cidr_block_associations") if each.get("state") in {None, "associated"}]
    ipv6 = [each for each in declared.of("aws_vpc_ipv6_cidr_block_association") if each.text("vpc_id") == resource.id]
    has_ipv6 = bool(ipv6 or resource.get("ipv6_cidr_block") or resource.get("assign_generated_ipv6_cidr_block"))
    data = set_only(
        {
            "VpcId": resource.id,
            "CidrBlock": resource.get("cidr_block"),
            "CidrBlockAssociationSet": [{"CidrBlock": each} for each in more if each],
            "Ipv6CidrBlockAssociationSet": [{}] if has_ipv6 else [],
            "Tags": tags_of(resource),
        }
    )
    yield Said(key="Vpcs", data=data)


def route_table(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A route table of a VPC, with the routes and propagations that other resources give it.

    If a target is not known, nothing is said about the table: it may have the route that leads to the gateway.
    """
    id_ = resource.text("default_route_table_id") or resource.id
    routes = [each for each in declared.of("aws_route") if each.text("route_table_id") in {resource.id, id_}]
    if any(each.unknown for each in routes) or "route" in resource.unknown:
        return
    inside = [(each.get("cidr_block"), each.get("transit_gateway_id"), each.get("gateway_id")) for each in resource.each("route")]
    apart = [(each.get("destination_cidr_block"), each.get("transit_gateway_id"), each.get("gateway_id")) for each in routes]
    if any("transit_gateway_id" not in each and "gateway_id" not in each and _is_bare(each) for each in resource.each("route")):
        return
    propagations = [each for each in declared.of("aws_vpn_gateway_route_propagation") if each.text("route_table_id") in {resource.id, id_}]
    listed = resource.get("propagating_vgws")
    propagating = [*(listed if isinstance(listed, list) else ()), *(each.text("vpn_gateway_id") for each in propagations)]
    yield RouteTable(
        id=id_,
        region=resource.region,
        vpc=resource.text("vpc_id"),
        routes=tuple(dict.fromkeys(_routes([*inside, *apart], declared))),
        propagating=tuple(dict.fromkeys(each for each in propagating if isinstance(each, str) and each)),
    )


def _is_bare(route: object) -> bool:
    """Whether a route of a plan lacks its target, because AWS has not made it yet."""
    return isinstance(route, dict) and not any(value for key, value in route.items() if key.endswith("_id"))


def _routes(written: list[tuple[object, object, object]], declared: Declared) -> Iterator[Route]:
    for cidr, transit, gateway in written:
        target = transit or gateway
        prefix = as_network(cidr) if isinstance(cidr, str) else None
        if prefix is not None and prefix.version == 4 and isinstance(target, str) and _is_gateway(target, declared):
            yield Route(prefix=prefix, target=target)


def _is_gateway(target: str, declared: Declared) -> bool:
    found = declared.find(target)
    kinds = {"aws_vpn_gateway", "aws_ec2_transit_gateway"}
    return found.kind in kinds if found else target.startswith(("vgw-", "tgw-"))


def nothing(_: Resource, __: Declared) -> Iterator[Said | Thing]:
    """Say nothing: the resource is a part of another one, which has it."""
    yield from ()
