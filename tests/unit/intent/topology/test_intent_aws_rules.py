"""Circuits and gateways that AWS refuses are refused with the reason. Similar ones that AWS accepts are read."""

import pytest

from tests.unit.intent.networks import (
    ACTIVE_ACTIVE_VPN_TGW,
    HYBRID_BACKUP,
    HYBRID_BACKUP_TGW,
    MAXIMUM_RESILIENCY,
    REDUNDANT_DX,
    SITELINK,
)

STRAIGHT = HYBRID_BACKUP.replace("gateway: dxgw, vlan", "gateway: vgw, vlan")
"""The virtual interface goes directly to the virtual private gateway."""

TWO_TGWS = HYBRID_BACKUP_TGW.replace(
    "gateways: {tgw: {kind: tgw, asn: 64514, vpcs: [app]}}",
    "gateways: {tgw: {kind: tgw, asn: 64514, vpcs: [app]}, tgw2: {kind: tgw, asn: 64515, vpcs: []}}",
).replace("[tgw], allowed_prefixes: {", "[tgw, tgw2], allowed_prefixes: {tgw2: [172.30.0.0/16], ")

TWO_DXGWS = REDUNDANT_DX.replace("{dxgw: {", "{dxgw2: {asn: 64513}, dxgw: {")

SAME_ASN = SITELINK.replace("asn: 65002", "asn: 65001").replace("edges", "allowas_in: 1, edges")

TWO_VPCS = ACTIVE_ACTIVE_VPN_TGW.replace("{app: {", "{db: {cidr: 172.30.0.0/16}, app: {")

ACCEPTED = {
    "the bandwidth of a circuit": (HYBRID_BACKUP, "provider: carrier-a", "provider: carrier-a, bandwidth: 100gbit"),
    "the bandwidth of an interconnect": (HYBRID_BACKUP, "between: [dc1, dc2]", "between: [dc1, dc2], bandwidth: 500mbit"),
    "the bandwidth that a flow needs": (HYBRID_BACKUP, "to: app}", "to: app, bandwidth: 2gbit}"),
    "one company for the circuit and the VPN": (HYBRID_BACKUP, "carrier-a", "isp-a"),
    "a risk that the VPN's internet line shares": (HYBRID_BACKUP, "provider: isp-a", "provider: isp-a, shared_risk: [duct]"),
    "the same location twice": (REDUNDANT_DX, "location: loc-b", "location: loc-a"),
    "the same device": (MAXIMUM_RESILIENCY, "device: 2", "device: 1"),
    "no BFD": (MAXIMUM_RESILIENCY, ", bfd: true", ""),
    "a location of a Region with nothing in it": (REDUNDANT_DX, "region: us-east-1}", "region: ap-southeast-4}"),
    "a government Region": (REDUNDANT_DX, "region: us-west-2", "region: us-gov-west-1"),
    "a connection without a virtual interface": (SITELINK, "    dx2:", "    dx3: {edge: dc1-r1, location: loc-b}\n    dx2:"),
    "a DX gateway without anything": (REDUNDANT_DX, "{dxgw: {", "{spare: {asn: 64513}, dxgw: {"),
    "one VLAN on two connections": (MAXIMUM_RESILIENCY, "vlan: 102", "vlan: 101"),
    "the ASN of a virtual private gateway on its DX gateway": (REDUNDANT_DX, "asn: 64513", "asn: 64512"),
    "a customer with the ASN of a gateway hidden behind": (REDUNDANT_DX.replace("asn: 64512", "asn: 64600"), "asn: 65001", "asn: 64600"),
    "a virtual interface straight on a gateway of the Region": (STRAIGHT, "", ""),
    "two carriers of one name": (REDUNDANT_DX, "provider: carrier-b", "provider: carrier-a"),
    "a shared risk of one circuit": (REDUNDANT_DX, "[conduit-7, building-1]", "[building-1]"),
    "a filter that covers the VPC": (REDUNDANT_DX, "associations: [vgw]", "associations: [vgw], allowed_prefixes: {vgw: [172.16.0.0/12]}"),
    "a filter of reserved prefixes": (
        REDUNDANT_DX,
        "associations: [vgw]",
        "associations: [vgw], allowed_prefixes: {vgw: [0.0.0.0/0, 100.64.0.0/10]}",
    ),
    "transit virtual interfaces for SiteLink alone": (SITELINK, "kind: private", "kind: transit"),
    "SiteLink beside gateways": (REDUNDANT_DX, "vlan: 101", "sitelink: true, vlan: 101"),
    "SiteLink between equal ASNs that take their own": (SAME_ASN, "", ""),
    "equal ASNs on a transit gateway while no flow joins them": (
        ACTIVE_ACTIVE_VPN_TGW.replace("interconnects: {dci: {between: [dc1, dc2]}}", "").replace("  dc1-dc2: {from: dc1, to: dc2}\n", ""),
        "asn: 65002",
        "asn: 65001",
    ),
    "a transit gateway on two DX gateways": (
        HYBRID_BACKUP_TGW,
        "{dxgw: {",
        "{dxgw2: {asn: 64513, associations: [tgw], allowed_prefixes: {tgw: [172.31.0.0/16]}}, dxgw: {",
    ),
    "two transit gateways with prefixes of their own": (TWO_TGWS, "", ""),
    "a list that nests in itself": (TWO_TGWS, "tgw2: [172.30.0.0/16]", "tgw2: [172.30.0.0/16, 172.30.1.0/24]"),
    "a transit gateway without VPCs": (TWO_TGWS, "", ""),
    "traffic between VPCs of a transit gateway": (
        TWO_VPCS.replace("vpcs: [app]", "vpcs: [app, db]"),
        "flows:",
        "flows:\n  app-db: {from: app, to: db}",
    ),
    "one inside CIDR on two customer gateways of a transit gateway": (
        ACTIVE_ACTIVE_VPN_TGW,
        "gateway: tgw, provider",
        "gateway: tgw, inside_cidrs: [169.254.20.0/30, 169.254.20.4/30], provider",
    ),
    "static routes for more than there is": (HYBRID_BACKUP_TGW, "[10.2.0.0/16]}", "[10.0.0.0/8, 10.2.0.0/16, 192.168.0.0/16]}"),
    "the name of the lab's carrier where every connection names its own": (REDUNDANT_DX, "dc1", "carrier"),
}

REFUSED = {
    "a bandwidth without a unit": (
        HYBRID_BACKUP,
        "provider: carrier-a",
        "provider: carrier-a, bandwidth: 10",
        "10 has no unit (write 10mbit",
    ),
    "more than a circuit can have": (
        HYBRID_BACKUP,
        "provider: carrier-a",
        "provider: carrier-a, bandwidth: 800gbit",
        "expected 1mbit to 400gbit, found 800gbit",
    ),
    "nothing as bandwidth": (HYBRID_BACKUP, "to: app}", "to: app, bandwidth: }", "expected a value, found nothing"),
    "a transit virtual interface on a virtual private gateway": (STRAIGHT, "kind: private", "kind: transit", "only to a DX gateway"),
    "a private one straight on a gateway elsewhere": (
        STRAIGHT,
        "loc-a: {region: us-east-1}",
        "loc-a: {region: eu-west-1}",
        "both must be of one Region",
    ),
    "a private one for transit gateways": (
        HYBRID_BACKUP_TGW,
        "kind: transit",
        "kind: private",
        "allows only transit virtual interfaces",
    ),
    "a virtual interface straight on a transit gateway": (
        HYBRID_BACKUP_TGW,
        "gateway: dxgw",
        "gateway: tgw",
        "only through a DX gateway",
    ),
    "two kinds on a DX gateway without associations": (SITELINK, "dx2, kind: private", "dx2, kind: transit", "vif1 on dxgw is private"),
    "SiteLink without a DX gateway": (STRAIGHT, "bfd: true", "sitelink: true", "goes directly to vgw"),
    "one VLAN twice on a connection": (
        SITELINK,
        "flows:",
        "    vif3: {connection: dx1, kind: private, gateway: dxgw, vlan: 101}\nflows:",
        "vif1 on dx1 already has VLAN 101",
    ),
    "a virtual private gateway on two DX gateways": (
        TWO_DXGWS,
        "{asn: 64513}",
        "{asn: 64513, associations: [vgw]}",
        "one DX gateway for a virtual",
    ),
    "a transit gateway without allowed prefixes": (
        HYBRID_BACKUP_TGW,
        ", allowed_prefixes: {tgw: [172.31.0.0/16]}",
        "",
        "announces only the allowed prefixes",
    ),
    "prefixes for what is not associated": (
        SITELINK,
        "{asn: 64513}",
        "{asn: 64513, allowed_prefixes: {vgw: [10.0.0.0/8]}}",
        "is associated with dxgw",
    ),
    "overlapping prefixes of two transit gateways": (TWO_TGWS, "172.30.0.0/16", "172.31.9.0/24", "172.31.9.0/24 overlaps 172.31.0.0/16"),
    "equal ASNs of two transit gateways": (TWO_TGWS, "asn: 64515", "asn: 64514", "and so has tgw;"),
    "the ASN of a transit gateway on its DX gateway": (HYBRID_BACKUP_TGW, "asn: 64513", "asn: 64514", "and so has dxgw;"),
    "the ASN of the DX gateway at the customer": (REDUNDANT_DX, "asn: 65001", "asn: 64513", "different ASNs at the two ends"),
    "the ASN of the DX gateway at a joined site": (HYBRID_BACKUP, "asn: 65002", "asn: 64513", "would discard its routes through dc1"),
    "the ASN of the transit gateway at the customer": (ACTIVE_ACTIVE_VPN_TGW, "asn: 65001", "asn: 64514", "make an iBGP session"),
    "SiteLink between equal ASNs": (SAME_ASN, "allowas_in: 1, ", "", "one site discards the other's routes"),
    "SiteLink between equal ASNs, one prepending": (
        SAME_ASN,
        "vlan: 101",
        "as_path_prepend: 1, vlan: 101",
        "one site discards the other's routes",
    ),
    "a flow over one SiteLink end": (SITELINK, "vlan: 101, sitelink: true}\nflows", "vlan: 101}\nflows", "SiteLink is not on for both"),
    "a VPC on two gateways without routes": (TWO_TGWS, "vpcs: []", "vpcs: [app]", "no static route to"),
    "traffic between VPCs of which one is elsewhere": (
        TWO_VPCS,
        "flows:",
        "flows:\n  app-db: {from: app, to: db}",
        "only by transit gateways",
    ),
    "one inside CIDR twice on a customer gateway": (
        ACTIVE_ACTIVE_VPN_TGW.replace("customer_gateway: dc2-r1", "customer_gateway: dc1-r1").replace("edges: [dc2-r1]", "edges: []"),
        "gateway: tgw, provider",
        "gateway: tgw, inside_cidrs: [169.254.20.0/30, 169.254.20.4/30], provider",
        "all tunnels of customer gateway dc1-r1",
    ),
    "ECMP of a virtual private gateway": (HYBRID_BACKUP, "kind: vgw", "kind: vgw, vpn_ecmp: true", "Only transit gateways have ECMP"),
    "the name of the lab's carrier": (SITELINK, "dc1", "carrier", "the lab uses the name 'carrier' for the carrier"),
    "the name of a device of AWS": (REDUNDANT_DX, "dc1-r1", "loc-a-1", "'loc-a-1' for an AWS device"),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_aws_accepts(problems, what):
    network, old, new = ACCEPTED[what]
    assert old in network
    assert problems(network.replace(old, new)) == []


@pytest.mark.parametrize("what", REFUSED)
def test_aws_refuses(problems, what):
    network, old, new, reason = REFUSED[what]
    assert old in network
    told = problems(network.replace(old, new))
    assert told
    assert all(reason in problem for problem in told)
