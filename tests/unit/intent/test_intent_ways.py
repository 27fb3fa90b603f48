"""Paths between data centres without an interconnect: AWS forwards between some connections of a customer, but not all."""

import pytest

from tests.unit.intent.networks import ACTIVE_ACTIVE_VPN_TGW, HYBRID_BACKUP, HYBRID_BACKUP_TGW, REDUNDANT_DX, SITELINK

DCI = "interconnects: {dci: {between: [dc1, dc2]}}"

DYNAMIC = HYBRID_BACKUP_TGW.replace(", static_routes: [10.2.0.0/16]", "")

WAYS = {
    "VPNs on a transit gateway": ACTIVE_ACTIVE_VPN_TGW,
    "VPNs on a virtual private gateway": ACTIVE_ACTIVE_VPN_TGW.replace("kind: tgw", "kind: vgw"),
    "a VPN and a virtual interface straight on the gateway": HYBRID_BACKUP.replace("gateway: dxgw, vlan", "gateway: vgw, vlan"),
    "a VPN on a transit gateway and a DX gateway that may announce the other": DYNAMIC.replace(
        "tgw: [172.31.0.0/16]", "tgw: [172.31.0.0/16, 10.2.0.0/16]"
    ),
    "SiteLink": REDUNDANT_DX.replace("vlan: 101", "sitelink: true, vlan: 101"),
}

NO_WAYS = {
    "virtual interfaces of a DX gateway": REDUNDANT_DX,
    "virtual interfaces straight on one gateway": REDUNDANT_DX.replace("us-west-2", "us-east-1").replace("gateway: dxgw", "gateway: vgw"),
    "a VPN and a virtual interface of an associated DX gateway": HYBRID_BACKUP,
    "a VPN on a transit gateway and a DX gateway that may not announce the other": DYNAMIC,
    "a static VPN": ACTIVE_ACTIVE_VPN_TGW.replace("provider: isp-b", "static_routes: [10.2.0.0/16]"),
    "SiteLink of one": REDUNDANT_DX.replace("vlan: 101, bfd: true, local", "vlan: 101, sitelink: true, local"),
    "SiteLink on two DX gateways": SITELINK.replace("{dxgw: {", "{dxgw2: {asn: 64513}, dxgw: {").replace(
        "dx2, kind: private, gateway: dxgw", "dx2, kind: private, gateway: dxgw2"
    ),
}


@pytest.mark.parametrize("what", WAYS)
def test_aws_forwards_between_sites_over(problems, what):
    assert problems(WAYS[what].replace(DCI, "")) == []


@pytest.mark.parametrize("what", NO_WAYS)
def test_aws_does_not_forward_between_sites_over(problems, what):
    told = problems(NO_WAYS[what].replace(DCI, ""))
    assert len(told) == 1
    assert "flows.dc1-dc2: there is no path from dc1 to dc2" in told[0]


def test_one_data_centre_is_no_way_from_one_gateway_to_another(problems):
    text = (
        ACTIVE_ACTIVE_VPN_TGW.replace(DCI, "")
        .replace("vpcs: [app]}}", "vpcs: []}, vgw: {kind: vgw, asn: 64512, vpcs: [app]}}")
        .replace("flows:", "  vpn3: {customer_gateway: dc1-r1, gateway: vgw}\nflows:")
    )
    assert [problem.partition(": ")[2] for problem in problems(text)] == [
        "flows.dc2-app: there is no path from dc2 to app (add a VPN connection or an interconnect)"
    ]


def test_a_site_without_connections_reaches_aws_over_one_it_is_joined_to(problems):
    text = REDUNDANT_DX.replace("[dc2-r1]", "[]").replace("    dx2", "    # dx2").replace("    vif2", "    # vif2")
    assert problems(text) == []
