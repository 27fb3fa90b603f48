"""What Terraform declares with 200 VPN connections is imported in two seconds of processor time: a state, and a plan."""

import json
import time
from pathlib import Path

import pytest

from lab.api.import_aws import Order
from lab.api.import_terraform import import_terraform

CONNECTIONS = 200
ALLOWED_SECONDS = 2.0
REGION = "us-east-1"
Shown = dict[str, object]


def resource(kind: str, name: str, values: Shown) -> Shown:
    whole = {"region": REGION, **values}
    return {"address": f"{kind}.{name}", "type": kind, "name": name, "mode": "managed", "values": whole, "sensitive_values": {}}


def site(number: int, known: Shown, gateway: Shown) -> list[Shown]:
    inside = {f"tunnel{tunnel}_inside_cidr": f"169.254.{10 + number // 32}.{number % 32 * 8 + (tunnel - 1) * 4}/30" for tunnel in (1, 2)}
    router = {"bgp_asn": str(4200000000 + number), "ip_address": f"198.51.100.{number}", "tags": {"Name": f"router-{number}"}}
    return [
        resource("aws_customer_gateway", f"site{number}", router | gateway),
        resource("aws_vpn_connection", f"site{number}", {"vpn_gateway_id": None, **inside, **known}),
    ]


def hub() -> list[Shown]:
    return [
        resource("aws_ec2_transit_gateway", "hub", {"id": "tgw-1", "amazon_side_asn": 64512, "association_default_route_table_id": "t"}),
        resource("aws_vpc", "app", {"id": "vpc-1", "cidr_block": "172.31.0.0/16"}),
        resource("aws_ec2_transit_gateway_vpc_attachment", "app", {"id": "a", "transit_gateway_id": "tgw-1", "vpc_id": "vpc-1"}),
    ]


def state() -> Shown:
    sites = [
        each
        for number in range(1, CONNECTIONS + 1)
        for each in site(
            number,
            {"id": f"vpn-{number}", "customer_gateway_id": f"cgw-{number}", "transit_gateway_id": "tgw-1"},
            {"id": f"cgw-{number}"},
        )
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": [*hub(), *sites]}}}


def plan() -> Shown:
    """The hub exists. Each site is a block of its own, and is not made yet."""
    sites = [each for number in range(1, CONNECTIONS + 1) for each in site(number, {}, {})]
    unknown = (
        "id",
        "arn",
        "customer_gateway_id",
        "transit_gateway_id",
        "routes",
        "static_routes_only",
        "tunnel1_address",
        "tunnel2_address",
    )
    changes = [
        {"address": each["address"], "change": {"actions": ["create"], "after_unknown": dict.fromkeys(unknown, True)}}
        for each in sites
        if each["type"] == "aws_vpn_connection"
    ]
    blocks = [
        {"mode": "managed", "type": each["type"], "name": each["name"], "expressions": expressions(str(each["name"]))} for each in sites
    ]
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [*hub(), *sites]}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": blocks}},
    }


def expressions(name: str) -> Shown:
    """The references as Terraform writes them."""
    targets = {"customer_gateway_id": f"aws_customer_gateway.{name}", "transit_gateway_id": "aws_ec2_transit_gateway.hub"}
    return {key: {"references": [f"{target}.id", target]} for key, target in targets.items()}


def sites_text(pattern: str) -> str:
    lines = ["name: large", "summary: Many sites.", "data_centers:"]
    for number in range(1, CONNECTIONS + 1):
        lines.append(f"  s{number}: {{prefixes: [10.{number}.0.0/16], edges: {{gw{number}: [{pattern.format(number)}]}}}}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("document", "pattern"), [(state(), "cgw-{}"), (plan(), "aws_customer_gateway.site{}")], ids=["state", "plan"])
def test_two_hundred_declared_connections_are_imported_in_two_seconds(tmp_path: Path, document: Shown, pattern: str) -> None:
    (tmp_path / "shown.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "sites.yaml").write_text(sites_text(pattern), encoding="utf-8")
    begun = time.process_time()
    done = import_terraform(Order(files=(tmp_path / "shown.json",), sites=tmp_path / "sites.yaml"))
    taken = time.process_time() - begun
    assert dict(done.counts)["VPN connection"] == CONNECTIONS
    assert taken <= ALLOWED_SECONDS
