"""Whether an account has drifted from a file: each difference in AWS's words and in those of the file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.import_aws import Order, import_aws
from lab.importers.printed import Printed
from lab.views.imports import drift_text, import_json
from tests.unit.importers.accounts import SITES, customer_gateway, in_files, printed, small, virtual_private_gateway, vpc, vpn


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.yaml"
    path.write_text(SITES, encoding="utf-8")
    return path


def made(tmp_path: Path, sites: Path) -> str:
    """The topology of the small account."""
    return import_aws(Order(files=(in_files(tmp_path / "first", small()),), sites=sites), print).text


def drift(tmp_path: Path, sites: Path, account: list[Printed], text: str) -> list[str]:
    """The differences between an account and a topology."""
    file = tmp_path / "my.yaml"
    file.write_text(text, encoding="utf-8")
    done = import_aws(Order(files=(in_files(tmp_path / "then", account),), sites=sites, check=file), print)
    assert len(json.loads(import_json(done))["differences"]) == len(done.drifted)
    assert drift_text(done, "my.yaml").count("\n  AWS:  ") == len(done.drifted)
    return [f"{each.place.replace(f'{tmp_path}/', '')} | {each.aws} | {each.file}" for each in done.drifted]


def test_the_same_account_has_not_drifted(tmp_path: Path, sites: Path) -> None:
    assert drift(tmp_path, sites, small(), made(tmp_path, sites)) == []


def test_a_changed_value_is_told_in_both_words_with_the_line_of_the_file(tmp_path: Path, sites: Path) -> None:
    assert drift(tmp_path, sites, small(asn=64999, cidr="172.30.0.0/16"), made(tmp_path, sites)) == [
        "my.yaml:12: regions.us-east-1.vpcs.app.cidr | CidrBlock of vpc-1 is 172.30.0.0/16 | cidr is 172.31.0.0/16",
        "my.yaml:14: regions.us-east-1.gateways.vgw-1.asn | AmazonSideAsn of vgw-1 is 64999 | asn is 64512",
    ]


def test_what_only_one_of_the_two_has_is_told(tmp_path: Path, sites: Path) -> None:
    text = made(tmp_path, sites)
    sites.write_text(SITES.replace("[cgw-1]", "[cgw-1, cgw-2]"), encoding="utf-8")
    outputs = printed(
        VpnConnections=[vpn(2)],
        CustomerGateways=[customer_gateway(1), customer_gateway(2)],
        VpnGateways=[virtual_private_gateway()],
        Vpcs=[vpc()],
    )
    assert drift(tmp_path, sites, outputs, text) == [
        "my.yaml:17: vpn_connections.vpn-1 | there is no such VPN connection | there is vpn-1",
        "my.yaml:16: vpn_connections.vpn-2 | there is the VPN connection vpn-2 | there is no vpn-2",
    ]


def test_what_only_the_user_knows_is_not_compared(tmp_path: Path, sites: Path) -> None:
    text = made(tmp_path, sites)
    own = text.replace("10.1.0.0/16", "10.7.0.0/16").replace("gateway: vgw-1", "gateway: vgw-1, provider: isp-a")
    assert "isp-a" in own
    assert drift(tmp_path, sites, small(), own) == []


def test_inside_cidrs_that_the_file_does_not_say_are_not_compared(tmp_path: Path, sites: Path) -> None:
    head, _, tail = made(tmp_path, sites).partition(", inside_cidrs:")
    assert tail
    assert drift(tmp_path, sites, small(), f"{head}}}{tail.partition('}')[2]}") == []


def test_other_inside_cidrs_are_told(tmp_path: Path, sites: Path) -> None:
    outputs = small()
    other = {**vpn(9), "VpnConnectionId": "vpn-1", "CustomerGatewayId": "cgw-1"}
    changed = [replace(outputs[0], data={"VpnConnections": [other]}), *outputs[1:]]
    (told,) = drift(tmp_path, sites, changed, made(tmp_path, sites))
    assert "TunnelInsideCidr of vpn-1 is 169.254.10.72/30, 169.254.10.76/30 | inside_cidrs is 169.254.10.12/30, 169.254.10.8/30" in told


def test_a_file_that_was_changed_by_hand_where_aws_has_no_say_has_not_drifted(tmp_path: Path, sites: Path) -> None:
    head, flows = made(tmp_path, sites).split("flows:\n")
    name = flows.partition(":")[0].strip()
    sections = [f"{each}\n" for each in head.split("\n\n")]
    site = "elsewhere: {asn: 65009, prefixes: [10.9.0.0/16], edges: []}"
    own = "\n".join([*sections[1:2], *reversed(sections[2:])]).replace("dc1: {asn", f"{site}\n  dc1: {{asn")
    more = f"  # mine\n  {name}: {{from: dc1, to: app}}\n  {name}-2: {{from: dc1, to: app}}\n"
    text = f"# my words\n{own}\nflows:\n{more}interconnects: {{dci: {{between: [dc1, elsewhere]}}}}\ndefault_alarms: false\n"
    assert drift(tmp_path, sites, small(), text) == []
