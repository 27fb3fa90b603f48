"""Sites and accounts together: sites without routers, and ASNs that the user says."""

from pathlib import Path

import pytest

from lab.api.import_aws import Order, import_aws
from lab.errors import InputError
from lab.intent.document.fields import Written
from lab.intent.sites import OwnVifDocument, OwnVpnDocument, SiteDocument
from lab.intent.topology.data_center_document import DataCenterDocument
from lab.intent.topology.direct_connect_document import VirtualInterfaceDocument
from lab.intent.topology.document import VpnConnectionDocument
from tests.unit.importers.accounts import (
    SITES,
    connection,
    customer_gateway,
    in_files,
    printed,
    small,
    virtual_interface,
    virtual_private_gateway,
    vpc,
    vpn,
    with_circuits,
)

BRANCH = """\
  branch:
    prefixes: [10.9.0.0/16]
    edges: {}
"""
JOINED = "interconnects: {dci: {between: [dc1, branch]}}\n"


def topology(tmp_path: Path, sites: str) -> str:
    (tmp_path / "sites.yaml").write_text(sites, encoding="utf-8")
    account = in_files(tmp_path / "account", small())
    return import_aws(Order(files=(account,), sites=tmp_path / "sites.yaml"), print).text


def test_a_site_without_routers_comes_in_with_the_asn_that_the_user_says(tmp_path: Path) -> None:
    text = topology(tmp_path, f"{SITES}{BRANCH}    asn: 65009\n{JOINED}")
    assert "  branch: {asn: 65009, prefixes: [10.9.0.0/16], edges: []}\n" in text
    assert "  dci: {between: [dc1, branch]}\n" in text


@pytest.mark.parametrize(
    ("sites", "told"),
    [
        (f"{SITES}{BRANCH}{JOINED}", "asn is missing: nothing of AWS ends here"),
        (f"{SITES}    asn: 65002\n", "AWS has ASN 65001 for what ends here, found 65002"),
    ],
)
def test_an_asn_that_is_missing_or_wrong_is_told(tmp_path: Path, sites: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        topology(tmp_path, sites)


def _two_asns(tmp_path: Path, sites: str) -> str:
    """A site with two routers, which have the ASNs 65011 and 65012 at AWS."""
    (tmp_path / "sites.yaml").write_text(sites, encoding="utf-8")
    outputs = printed(
        VpnConnections=[vpn(1), vpn(2)],
        CustomerGateways=[customer_gateway(1, 65011), customer_gateway(2, 65012)],
        VpnGateways=[virtual_private_gateway()],
        Vpcs=[vpc()],
    )
    account = in_files(tmp_path / "account", outputs)
    return import_aws(Order(files=(account,), sites=tmp_path / "sites.yaml"), print).text


def test_routers_of_a_site_come_in_with_asns_of_their_own(tmp_path: Path) -> None:
    two = SITES.replace("{gw1: [cgw-1]}", "{gw1: [cgw-1], gw2: [cgw-2]}")
    assert "routers: {gw1: {asn: 65011}, gw2: {asn: 65012}}" in _two_asns(tmp_path, f"{two}    asn: 65001\n")
    assert "edges: [gw1, gw2], routers: {gw2: {asn: 65012}}" in _two_asns(tmp_path, f"{two}    asn: 65011\n")
    with pytest.raises(InputError, match="its routers have the ASNs 65011, 65012, so AWS does not know the site's own"):
        _two_asns(tmp_path, two)
    with pytest.raises(InputError, match="what ends here has the ASNs 65011, 65012, but a router has one"):
        _two_asns(tmp_path, SITES.replace("[cgw-1]", "[cgw-1, cgw-2]"))


def test_what_the_user_leaves_out_takes_what_needs_it_along(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="everything that leads to AWS is in leave_out"):
        topology(tmp_path, f"{SITES}leave_out: [vgw-1]\n")


def test_what_the_user_says_of_a_site_comes_in(tmp_path: Path) -> None:
    said = "    stateful: true\n    originated_by: edges\n    allowas_in: 1\n    announce: [10.0.0.0/8]\n    nat: {box: [gw1]}\n"
    text = topology(tmp_path, SITES + said)
    keys = ("allowas_in: 1", "announce: [10.0.0.0/8]", "originated_by: edges", "stateful: true", "nat: {box: [gw1]}")
    assert [key for key in keys if key not in text] == []


@pytest.mark.parametrize(
    ("topology", "sites", "known"),
    [
        (DataCenterDocument, SiteDocument, {"routers", "ipv6_prefixes"}),
        (VirtualInterfaceDocument, OwnVifDocument, {"connection", "kind", "gateway", "vlan", "sitelink", "mtu", "prefix_limit", "ipv6"}),
        (VpnConnectionDocument, OwnVpnDocument, {"customer_gateway", "gateway", "inside_cidrs", "static_routes", "tunnel_options"}),
    ],
)
def test_a_sites_file_has_every_key_that_aws_cannot_know(topology: type[Written], sites: type[Written], known: set[str]) -> None:
    """`known`: the keys that AWS knows. Providers and shared risks have sections of their own.

    An import brings in no IPv6 yet, so a sites file has none. AWS knows the ASNs of `routers`. Their `frr` is
    written into the topology, because its path begins there.
    """
    keys = set(topology.model_json_schema()["properties"]) - known - {"provider", "shared_risk"}
    assert keys - set(sites.model_json_schema()["properties"]) == set()


def test_the_asn_of_a_customer_gateway_with_static_routes_is_nobodys(tmp_path: Path) -> None:
    two = SITES.replace("{gw1: [cgw-1]}", "{gw1: [cgw-1], gw2: [cgw-2]}")
    (tmp_path / "sites.yaml").write_text(two, encoding="utf-8")
    static = vpn(2, Options={"StaticRoutesOnly": True}, Routes=[{"DestinationCidrBlock": "10.1.0.0/16", "State": "available"}])
    outputs = printed(
        VpnConnections=[vpn(1), static],
        CustomerGateways=[customer_gateway(1, 65001), customer_gateway(2, 65000)],
        VpnGateways=[virtual_private_gateway()],
        Vpcs=[vpc()],
    )
    account = in_files(tmp_path / "account", outputs)
    assert "routers" not in import_aws(Order(files=(account,), sites=tmp_path / "sites.yaml"), print).text


def _private_ip(tmp_path: Path, said: str) -> str:
    """A VPN with private addresses beside a transit virtual interface, on one router."""
    sites = SITES.replace("[cgw-1]", "[cgw-1, dxcon-1]")
    (tmp_path / "sites.yaml").write_text(f"{sites}providers: {{isp-a: [cgw-1]}}\n{said}", encoding="utf-8")
    attached = {"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": "vpc-1"}
    allowed = {"allowedPrefixesToDirectConnectGateway": [{"cidr": "172.31.0.0/16"}], "directConnectGatewayId": "dxgw-1"}
    outputs = with_circuits(
        connection(1),
        VpnGateways=[],
        TransitGateways=[{"TransitGatewayId": "tgw-1", "Options": {"AmazonSideAsn": 64512}}],
        TransitGatewayAttachments=[attached],
        directConnectGatewayAssociations=[{**allowed, "associatedGateway": {"id": "tgw-1", "region": "us-east-1"}}],
        virtualInterfaces=[virtual_interface(1, on="dxcon-1", virtualInterfaceType="transit")],
        VpnConnections=[vpn(1, "tgw-1", Options={"OutsideIpAddressType": "PrivateIpv4"})],
        CustomerGateways=[customer_gateway(1)],
    )
    account = in_files(tmp_path / "account", outputs)
    return import_aws(Order(files=(account,), sites=tmp_path / "sites.yaml"), print).text


def test_a_private_ip_vpn_comes_in_if_the_user_says_what_carries_it(tmp_path: Path) -> None:
    text = _private_ip(tmp_path, "vpn_connections: {vpn-1: {over: dxvif-1}}\n")
    assert "vpn-1: {customer_gateway: gw1, gateway: tgw-1, over: vif-1}" in text


def test_what_carries_a_private_ip_vpn_must_be_imported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'dxvif-9' is no virtual interface that was imported"):
        _private_ip(tmp_path, "vpn_connections: {vpn-1: {over: dxvif-9}}\n")
