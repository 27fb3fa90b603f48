"""Layouts that no shipped topology has: small prefixes, the internet as provider, several connections at one edge, empty pools."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.compiler import compile_topology
from lab.compiler.cabling import AWS_OUTSIDE, CUSTOMER_OUTSIDE, MANY_AWS_OUTSIDE, MANY_CUSTOMERS_OUTSIDE, Cabling
from lab.compiler.spelling import spell
from lab.errors import InputError
from lab.model.plan import Ipsec, Plan, Role, Route, Timers
from lab.model.topology import DataCenter, FlowIntent, Gateway, GatewayKind, Topology, Vpc, VpnConnection
from tests.unit.compiler.reading import bgpd_lines

MANY = (MANY_AWS_OUTSIDE, MANY_CUSTOMERS_OUTSIDE)


def small(*connections: VpnConnection, edges: tuple[str, ...] = ("gw",)) -> Topology:
    """One data centre, one VPC, one gateway."""
    return Topology(
        name="small",
        summary="One site.",
        data_centers=(DataCenter(name="dc", asn=65001, prefixes=(IPv4Network("10.1.0.0/16"),), edges=edges),),
        interconnects=(),
        vpcs=(Vpc(name="app", region="eu-west-1", cidr=IPv4Network("172.31.0.0/16")),),
        gateways=(Gateway(name="vgw", kind=GatewayKind.VGW, region="eu-west-1", asn=64512, vpcs=("app",)),),
        vpn_connections=connections,
        flows=(FlowIntent(name="dc-app", source="dc", target="app"),),
    )


def vpn(name: str, third: int, *, provider: str = "isp", edge: str = "gw") -> VpnConnection:
    """A connection whose tunnels have inside addresses from 169.254.THIRD.0."""
    inside = IPv4Network(f"169.254.{third}.0/30"), IPv4Network(f"169.254.{third}.4/30")
    return VpnConnection(name=name, customer_gateway=edge, gateway="vgw", provider=provider, inside_cidrs=inside)


def compiled(topology: Topology) -> Plan:
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def test_in_a_vpc_the_router_has_the_second_address_and_the_host_none_that_aws_reserves() -> None:
    topology = small(vpn("vpn1", 10))
    for cidr, host in (("172.31.0.0/16", "172.31.0.10"), ("172.31.0.0/28", "172.31.0.5")):
        plan = compiled(replace(topology, vpcs=(replace(topology.vpcs[0], cidr=IPv4Network(cidr)),)))
        assert plan.flows[0].target.address == IPv4Address(host)
        assert plan.node("app-host").routes == (Route(prefix=IPv4Network("0.0.0.0/0"), via=IPv4Address("172.31.0.1")),)


def test_the_internet_may_be_the_provider_itself() -> None:
    plan = compiled(small(vpn("vpn1", 10, provider="internet")))
    assert [node.name for node in plan.nodes if node.role is Role.INTERNET] == ["internet"]
    assert plan.node("internet").routes == ()
    assert "gw--internet" in {link.name for link in plan.links}


def test_an_edge_has_one_uplink_a_provider_and_one_device_a_tunnel() -> None:
    plan = compiled(small(vpn("vpn1", 10), vpn("vpn2", 11), vpn("vpn3", 12, provider="other")))
    assert [link.name for link in plan.links if link.a.node == "gw"] == ["gw--isp", "gw--other"]
    assert [tunnel.customer.device for tunnel in plan.tunnels] == [f"ipsec{number}" for number in range(6)]
    outside = {tunnel.connection: tunnel.customer.outside for tunnel in plan.tunnels}
    assert outside["vpn1"] == outside["vpn2"] != outside["vpn3"]


def test_each_tunnel_end_is_reached_through_the_provider_of_its_connection() -> None:
    plan = compiled(small(vpn("vpn1", 10), vpn("vpn2", 11, provider="other")))
    addresses = {interface.address.ip: node.name for node in plan.nodes for interface in node.interfaces}
    uplinks = {link.b.node: link.b for link in plan.links if link.a.node == "gw"}
    for tunnel in plan.tunnels:
        (route,) = (each for each in plan.node("gw").routes if each.prefix == IPv4Network(tunnel.aws.outside))
        assert addresses[route.via] == ("isp" if tunnel.connection == "vpn1" else "other")
        assert addresses[route.via] in uplinks


def test_the_internet_has_a_route_to_every_customer_and_endpoints_have_no_other_route() -> None:
    plan = compiled(small(vpn("vpn1", 10)))
    (route,) = plan.node("internet").routes
    assert plan.tunnels[0].customer.outside in route.prefix
    assert [route.prefix for route in plan.node("vpn1-1").routes] == [CUSTOMER_OUTSIDE]


def test_with_one_site_no_configuration_names_another() -> None:
    plan = compiled(small(vpn("vpn1", 10)))
    assert not any(line.startswith("ip prefix-list OTHER") for line in bgpd_lines(plan.node("gw")))


@pytest.mark.parametrize(("connections", "aws", "customers"), [(64, AWS_OUTSIDE, CUSTOMER_OUTSIDE), (65, *MANY)])
def test_more_vpn_tunnels_than_a_slash_24_has_room_for_get_a_larger_range(
    connections: int, aws: IPv4Network, customers: IPv4Network
) -> None:
    edges = tuple(f"gw{number}" for number in range(connections))
    plan = compiled(small(*(vpn(f"vpn{number}", number + 10, edge=edge) for number, edge in enumerate(edges)), edges=edges))
    assert all(tunnel.aws.outside in aws and tunnel.customer.outside in customers for tunnel in plan.tunnels)
    assert {route.prefix for tunnel in plan.tunnels for route in plan.node(tunnel.aws.node).routes} == {customers}


def test_a_used_up_address_pool_is_an_input_error() -> None:
    cabling, pool = Cabling(), IPv4Network("192.0.2.0/30")
    cabling.connect("a", "b", pool=pool)
    cabling.connect("a", "c", pool=pool)
    with pytest.raises(InputError, match=r"^topology: more than 2 links need addresses from 192\.0\.2\.0/30 \(use fewer links\)$"):
        cabling.connect("a", "d", pool=pool)


def test_cables_are_numbered_in_the_order_they_are_drawn() -> None:
    cabling = Cabling()
    pool = IPv4Network("192.0.2.0/29")
    pairs = [cabling.connect("a", "b", pool=pool), cabling.connect("a", "c", pool=pool, name="trunk")]
    assert [(pair.a.name, str(pair.a.address), pair.a.mac) for pair in pairs] == [
        ("eth0", "192.0.2.0/31", "02:fb:00:00:00:00"),
        ("eth1", "192.0.2.2/31", "02:fb:00:00:00:02"),
    ]
    assert [(link.name, str(link.a), str(link.b)) for link in cabling.links] == [
        ("a--b", "a:eth0", "b:eth0"),
        ("trunk", "a:eth1", "c:eth0"),
    ]


def test_a_missing_template_value_is_an_error_and_no_empty_string() -> None:
    with pytest.raises(Exception, match="'router' is undefined"):
        spell("lab.compiler.frr", "zebra.conf", {})
