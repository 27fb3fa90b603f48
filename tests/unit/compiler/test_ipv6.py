"""A network with IPv6 beside IPv4: one router with the sessions of both families."""

from dataclasses import replace

from lab.api.outlines import read_outline
from lab.compiler.plan import compile_topology
from lab.intent import read_topology
from lab.model.ip import Family
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.topology import Topology
from tests.told_cases import case

TOPOLOGY = case("ipv6-without-bfd")


def _compiled(topology: Topology) -> Plan:
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def _text(plan: Plan, node: str, daemon: str) -> str:
    return next(file.text for file in plan.node(node).files if file.path == f"frr/{daemon}.conf")


def test_each_family_has_its_own_session_on_a_virtual_interface_with_its_own_settings() -> None:
    plan = read_outline(str(TOPOLOGY), Timers.TUNED)
    router = plan.node("plant-r1").router
    assert router
    first, second = (each for each in router.neighbors if each.node == "sto-1")
    assert (first.address.version, first.bfd is None, first.hold) == (4, False, 3)
    assert (second.address.version, second.bfd is None, second.hold) == (6, True, 10)
    aws = plan.node("sto-1").router
    assert aws
    assert [each.bfd is None for each in aws.neighbors if each.node == "plant-r1"] == [False, True]


def test_aws_has_the_first_address_of_a_125_and_the_customer_the_second() -> None:
    plan = read_outline(str(TOPOLOGY), Timers.TUNED)
    ends = [interface.ipv6 for node in ("sto-1", "plant-r1") for interface in plan.node(node).interfaces if interface.ipv6]
    aws, customer = (each for each in ends if each.network.prefixlen == 125)
    assert (aws.ip, customer.ip) == (aws.network[1], aws.network[2])


def test_the_configuration_has_both_families_and_no_name_twice() -> None:
    text = _text(_compiled(read_topology(TOPOLOGY)), "plant-r1", "bgpd")
    assert "ip prefix-list OWN seq 5 permit 10.140.0.0/16\nipv6 prefix-list OWN seq 5 permit 2001:db8:140::/48\n" in text
    assert "route-map AWS-OUT-tvif-sto-IPV6 permit 10\n match ipv6 address prefix-list OWN\n" in text
    assert text.index("address-family ipv4 unicast") < text.index("address-family ipv6 unicast")
    entries = [line for line in text.splitlines() if line.startswith("route-map ")]
    assert len(entries) == len(set(entries))


def test_a_fault_may_name_one_family_of_a_virtual_interface() -> None:
    plan = read_outline(str(TOPOLOGY), Timers.TUNED)
    both, first, second = (plan.target(name) for name in ("tvif-sto", "tvif-sto-ipv4", "tvif-sto-ipv6"))
    assert [each.neighbor.version for each in both.sessions] == [4, 6]
    assert (first.sessions, second.sessions) == (both.sessions[:1], both.sessions[1:])
    assert second.outlets[0].route_map == "AWS-OUT-tvif-sto-IPV6"


def test_without_ipv6_the_plan_is_that_of_a_network_that_never_had_it() -> None:
    dual = read_topology(TOPOLOGY)
    single = replace(
        dual,
        data_centers=tuple(replace(each, ipv6_prefixes=()) for each in dual.data_centers),
        vpcs=tuple(replace(each, ipv6_cidr=None) for each in dual.vpcs),
        virtual_interfaces=tuple(replace(each, ipv6=None) for each in dual.virtual_interfaces),
        flows=tuple(each for each in dual.flows if each.family is Family.IPV4),
    )
    plan, other = _compiled(single), _compiled(dual)
    assert not plan.has_ipv6
    assert "ipv6" not in _text(plan, "plant-r1", "bgpd")
    for node in plan.nodes:
        assert [(each.name, each.mac, each.address) for each in node.interfaces] == [
            (each.name, each.mac, each.address) for each in other.node(node.name).interfaces
        ]
