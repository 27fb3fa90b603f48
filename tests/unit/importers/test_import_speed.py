"""An account with 200 VPN connections is imported within two seconds of processor time."""

import time
from pathlib import Path

from lab.api.import_aws import Order, import_aws
from lab.importers.printed import Printed
from tests.unit.importers.accounts import customer_gateway, in_files, printed, vpc, vpn

CONNECTIONS = 200
ALLOWED_SECONDS = 2.0
TGW = {"TransitGatewayId": "tgw-1", "State": "available", "Options": {"AmazonSideAsn": 64512, "VpnEcmpSupport": "enable"}}


def large() -> list[Printed]:
    """200 sites with a VPN connection each, on a transit gateway with eight VPCs."""
    vpcs = [vpc(f"vpc-{number}", f"172.{16 + number}.0.0/16", f"vpc {number}") for number in range(8)]
    attached = [
        {
            "TransitGatewayAttachmentId": f"tgw-attach-{each['VpcId']}",
            "TransitGatewayId": "tgw-1",
            "ResourceType": "vpc",
            "ResourceId": each["VpcId"],
            "State": "available",
        }
        for each in vpcs
    ]
    return printed(
        VpnConnections=[vpn(number, "tgw-1") for number in range(1, CONNECTIONS + 1)],
        CustomerGateways=[customer_gateway(number, asn=4200000000 + number) for number in range(1, CONNECTIONS + 1)],
        TransitGateways=[dict(TGW)],
        TransitGatewayAttachments=attached,
        Vpcs=vpcs,
    )


def sites_text() -> str:
    lines = ["name: large", "summary: Many sites.", "data_centers:"]
    for number in range(1, CONNECTIONS + 1):
        lines.append(f"  s{number}: {{prefixes: [10.{number}.0.0/16], edges: {{gw{number}: [cgw-{number}]}}}}")
    return "\n".join(lines) + "\n"


def test_two_hundred_connections_are_imported_in_two_seconds(tmp_path: Path) -> None:
    account = in_files(tmp_path / "account", large())
    sites = tmp_path / "sites.yaml"
    sites.write_text(sites_text(), encoding="utf-8")
    begun = time.process_time()
    done = import_aws(Order(files=(account,), sites=sites), print)
    taken = time.process_time() - begun
    assert dict(done.counts)["VPN connection"] == CONNECTIONS
    assert dict(done.counts)["flow"] == CONNECTIONS
    assert taken <= ALLOWED_SECONDS
