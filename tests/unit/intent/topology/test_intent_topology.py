"""Topologies: the shipped one is read correctly, defaults are derived, and one mistake does not cause other messages."""

from ipaddress import IPv4Network

import pytest

from lab.intent import read_topology
from lab.model.interconnect import Interconnect
from lab.model.topology import DataCenter, FlowIntent, Gateway, GatewayKind, Vpc
from tests.unit.intent.samples import SHIPPED


def test_the_shipped_topology_means_what_it_says():
    topology = read_topology(SHIPPED)
    assert topology.name == "active-active-vpn"
    assert topology.summary.startswith("Two data centres")
    assert topology.data_centers[1] == DataCenter(
        name="dc2", asn=65002, prefixes=(IPv4Network("10.2.0.0/16"),), edges=("dc2-gw1", "dc2-gw2")
    )
    assert topology.interconnects == (Interconnect(name="dci", between=("dc1", "dc2")),)
    assert topology.vpcs == (Vpc(name="app", region="us-east-1", cidr=IPv4Network("172.31.0.0/16")),)
    assert topology.gateways == (Gateway(name="vgw", kind=GatewayKind.VGW, region="us-east-1", asn=64512, vpcs=("app",)),)
    assert [(vpn.name, vpn.customer_gateway, vpn.provider) for vpn in topology.vpn_connections][2] == ("vpn3", "dc2-gw1", "isp-b")
    assert topology.flows[2] == FlowIntent(name="dc1-dc2", source="dc1", target="dc2")


def _inside(path):
    return [str(cidr) for vpn in read_topology(path).vpn_connections for cidr in vpn.inside_cidrs]


def test_inside_cidrs_come_in_the_order_of_the_file(shipped, written):
    assert _inside(written(shipped)) == [f"169.254.10.{4 * n}/30" for n in range(8)]


def test_inside_cidrs_skip_those_taken(shipped, written):
    text = shipped.replace("gateway: vgw, provider: isp-b}", "gateway: vgw, inside_cidrs: [169.254.10.0/30, 169.254.10.8/30]}", 1)
    assert _inside(written(text)) == [
        *("169.254.10.4/30", "169.254.10.12/30", "169.254.10.16/30", "169.254.10.20/30"),
        *("169.254.10.0/30", "169.254.10.8/30"),
        *("169.254.10.24/30", "169.254.10.28/30"),
    ]


def test_a_connection_without_provider_is_on_the_internet(shipped, written):
    topology = read_topology(written(shipped.replace(", provider: isp-a", "")))
    assert [vpn.provider for vpn in topology.vpn_connections] == ["internet", "internet", "isp-b", "isp-b"]


def test_one_customer_gateway_may_have_connections_over_several_providers(shipped, problems):
    assert problems(shipped.replace("flows:", "  vpn5: {customer_gateway: dc1-gw1, gateway: vgw, provider: isp-b}\n\nflows:")) == []


def test_a_vpc_without_gateway_is_fine_while_no_flow_wants_it(shipped, problems):
    assert problems(shipped.replace("vpcs: {app:", "vpcs: {spare: {cidr: 10.9.0.0/16}, app:")) == []


def test_a_data_centre_may_reach_aws_over_the_other(shipped, problems):
    text = shipped.replace("edges: [dc2-gw1, dc2-gw2]", "edges: []")
    assert problems("\n".join(line for line in text.splitlines() if "isp-b" not in line)) == []


def test_sites_may_have_equal_asns_apart_or_joined_by_an_interconnect(problems):
    text = """
name: apart
summary: Two islands.
data_centers:
  dc1: {asn: 65001, prefixes: [10.1.0.0/16], edges: [gw1]}
  dc2: {asn: 65001, prefixes: [10.2.0.0/16], edges: [gw2]}
regions:
  us-east-1:
    vpcs: {one: {cidr: 10.3.0.0/16}, two: {cidr: 10.4.0.0/16}}
    gateways: {vgw1: {kind: vgw, asn: 64512, vpcs: [one]}, vgw2: {kind: vgw, asn: 64512, vpcs: [two]}}
vpn_connections:
  vpn1: {customer_gateway: gw1, gateway: vgw1}
  vpn2: {customer_gateway: gw2, gateway: vgw2}
flows: {f1: {from: dc1, to: one}, f2: {from: two, to: dc2}}
"""
    assert problems(text) == []
    assert problems(text.replace("regions:", "interconnects: {dci: {between: [dc1, dc2]}}\nregions:")) == []


@pytest.mark.parametrize("count", [100, 101])
def test_a_virtual_private_gateway_takes_a_hundred_prefixes(problems, shipped, count):
    prefixes = ", ".join(f"10.1.{n}.0/24" for n in range(count - 1))
    assert bool(problems(shipped.replace("[10.1.0.0/16]", f"[{prefixes}]"))) == (count > 100)


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("asn: 65001", "asn: 'x'", "6: data_centers.dc1.asn: expected a whole number, found 'x' (for instance 65001)"),
        ("cidr: 172.31.0.0/16", "cidr:", "19: regions.us-east-1.vpcs.app.cidr: expected a prefix such as 10.1.0.0/16, found nothing"),
        ("asn: 64512", "asn: x", "20: regions.us-east-1.gateways.vgw.asn: expected a whole number, found 'x' (for instance 64512)"),
        ("between: [dc1, dc2]", "between: dc1", "15: interconnects.dci.between: expected a list, found 'dc1' (for instance [dc1, dc2])"),
        ("provider: isp-b", "provider: 5", "25: vpn_connections.vpn3.provider: expected a name, found 5"),
        ("    edges: [dc1-gw1, dc1-gw2]", "    edges: 5", "8: data_centers.dc1.edges: expected a list, found 5 (for instance [dc1-gw1])"),
    ],
)  # fmt: skip
def test_one_misfit_is_one_problem(shipped, problems, right, wrong, problem):
    assert problems(shipped.replace(right, wrong, 1)) == [problem]


@pytest.mark.parametrize("section", ["data_centers", "interconnects", "regions", "vpn_connections", "flows"])
def test_a_section_of_the_wrong_kind_makes_no_name_dangle(shipped, problems, section):
    lines = iter(shipped.splitlines())
    text = [f"{section}: 5" if line.startswith(f"{section}:") else line for line in lines]
    start = text.index(f"{section}: 5")
    end = next((n for n in range(start + 1, len(text)) if not text[n].strip()), len(text))
    assert problems("\n".join([*text[: start + 1], *text[end:]])) == [
        f"{start + 1}: {section}: expected a mapping, found 5{_example(section)}"
    ]


def _example(section):
    return {
        "data_centers": " (for instance {dc1: {asn: 65001, edges: [dc1-gw1], prefixes: [10.1.0.0/16]}})",
        "interconnects": " (for instance {dci: {between: [dc1, dc2]}})",
        "regions": " (for instance {us-east-1: {vpcs: {app: {cidr: 172.31.0.0/16}}}})",
        "vpn_connections": " (for instance {vpn1: {customer_gateway: dc1-gw1, gateway: vgw}})",
        "flows": " (for instance {dc1-app: {from: dc1, to: app}})",
    }[section]


def test_a_misspelt_section_is_read_as_what_it_resembles(shipped, problems):
    told = problems(shipped.replace("data_centers:", "data_centres:").replace("asn: 65002", "asn: 64512"))
    assert [line.partition(" ")[2][:30] for line in told] == ["data_centres: unknown key (did", "data_centers.dc2.asn: ASN 6451"]


def test_problems_come_in_the_order_of_lines(shipped, problems):
    told = problems(shipped.replace("to: dc2", "to: dc9").replace("asn: 65001", "asn: 7224").replace("kind: vgw", "kind: igw"))
    assert [int(problem.partition(":")[0]) for problem in told] == [6, 20, 31]


@pytest.mark.parametrize("key", ["'[key]'", "'<one>'", "'\\0one'", '"\\0one"', "'{message}'", "'a.b'", "'[0]'", "''"])
def test_keys_that_look_like_something_else_are_told_as_they_are(shipped, problems, key):
    assert len(problems(f"{key}: 5\n{shipped}")) == 1
    assert problems(shipped.replace("  dc1-app:", f"  {key}:"))[0].startswith("29: flows.")
    assert problems(shipped.replace("    asn: 65001", f"    {key}: 1\n    asn: 65001"))[0].startswith("6: data_centers.dc1.")
