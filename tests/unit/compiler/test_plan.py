"""Whole plans: the same every time, complete, and without anything that is there twice."""

from collections import Counter
from dataclasses import replace

import pytest

from lab.compiler import compile_topology
from lab.intent import read_check, read_topology
from lab.model.plan import Ipsec, Plan, Role, Timers
from tests.shipped import CHECKS, ROOT, TOPOLOGIES, shipped_plan

HOSTS = (Role.HOST, Role.VPC_HOST)


def test_there_are_topologies_and_each_has_checks() -> None:
    assert TOPOLOGIES
    assert {topology for topology, _ in CHECKS} == set(TOPOLOGIES)


@pytest.mark.parametrize("timers", Timers)
@pytest.mark.parametrize("name", TOPOLOGIES)
def test_the_same_file_gives_the_same_plan_byte_for_byte(name: str, timers: Timers) -> None:
    path = ROOT / "topologies" / f"{name}.yaml"
    plans = [compile_topology(read_topology(path), timers=timers, ipsec=Ipsec.USERSPACE) for _ in range(2)]
    assert plans[0] == plans[1]
    assert repr(plans[0]) == repr(plans[1])


@pytest.mark.parametrize("timers", Timers)
@pytest.mark.parametrize(("topology", "name"), CHECKS)
def test_every_shipped_check_reads_under_every_timer_profile(topology: str, name: str, timers: Timers) -> None:
    check = read_check(ROOT / "checks" / topology / f"{name}.yaml", shipped_plan(topology, timers), timers)
    assert check.name == name
    assert check.steps
    assert {expectation.flow for expectation in check.expectations} == {flow.name for flow in shipped_plan(topology).flows}


def test_a_plan_bears_the_name_of_its_topology_and_what_it_was_compiled_for(plan: Plan) -> None:
    assert plan.name in TOPOLOGIES
    assert plan.ipsec is Ipsec.USERSPACE
    assert plan.summary


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_timer_profiles_differ_in_the_timers_of_the_customers_vpn_sessions_alone(name: str) -> None:
    tuned, default = (shipped_plan(name, timers) for timers in (Timers.TUNED, Timers.DEFAULT))
    changed = []
    for one, other in zip(tuned.nodes, default.nodes, strict=True):
        assert replace(one, files=()) == replace(other, files=())
        for mine, theirs in zip(one.files, other.files, strict=True):
            lines = zip(mine.text.splitlines(), theirs.text.splitlines(), strict=True)
            changed += [(one.name, line.split()[1:], other_line.split()[1:]) for line, other_line in lines if line != other_line]
    assert changed == [
        (tunnel.customer.node, [str(tunnel.aws.inside.ip), "timers", "1", "3"], [str(tunnel.aws.inside.ip), "timers", "10", "30"])
        for tunnel in tuned.tunnels
    ]
    assert replace(tuned, nodes=(), timers=Timers.DEFAULT) == replace(default, nodes=())


def test_nothing_bears_a_name_twice(plan: Plan) -> None:
    for names in (
        [node.name for node in plan.nodes],
        [link.name for link in plan.links],
        [tunnel.name for tunnel in plan.tunnels],
        [flow.name for flow in plan.flows],
        [target.name for target in plan.targets],
        *([file.path for file in node.files] for node in plan.nodes),
        *([interface.name for interface in node.interfaces] for node in plan.nodes),
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_two_interfaces_share_a_mac_or_an_address(plan: Plan) -> None:
    interfaces = [interface for node in plan.nodes for interface in node.interfaces]
    assert len({interface.mac for interface in interfaces}) == len(interfaces)
    addresses = [interface.address.ip for interface in interfaces]
    addresses += [end.inside.ip for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)]
    assert len(set(addresses)) == len(addresses)


def test_macs_are_unicast_and_locally_administered(plan: Plan) -> None:
    assert {int(interface.mac[:2], 16) & 0b11 for node in plan.nodes for interface in node.interfaces} == {0b10}


def test_interface_and_device_names_fit_the_kernel(plan: Plan) -> None:
    names = [interface.name for node in plan.nodes for interface in node.interfaces]
    names += [end.device for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)]
    assert max(map(len, names)) <= 15


def test_every_interface_is_one_end_of_exactly_one_cable_and_both_ends_share_a_subnet(plan: Plan) -> None:
    addresses = {f"{node.name}:{each.name}": each.address for node in plan.nodes for each in node.interfaces}
    ends = [str(end) for link in plan.links for end in (link.a, link.b)]
    assert sorted(ends) == sorted(addresses)
    for link in plan.links:
        assert addresses[str(link.a)].network == addresses[str(link.b)].network


def test_addresses_of_links_between_routers_lie_outside_every_announced_prefix(plan: Plan) -> None:
    """Else an announced aggregate would mask next-hop tracking: a dead link's next hop would still resolve."""
    topology = read_topology(ROOT / "topologies" / f"{plan.name}.yaml")
    announced = [*(vpc.cidr for vpc in topology.vpcs), *(prefix for site in topology.data_centers for prefix in site.prefixes)]
    for node in plan.nodes:
        for interface in node.interfaces:
            inside = any(interface.address.network.overlaps(prefix) for prefix in announced)
            assert inside == _has_host(plan, f"{node.name}:{interface.name}"), f"{node.name} {interface}"


def test_every_session_is_planned_at_both_of_its_ends_and_reaches_an_address_of_its_neighbor(plan: Plan) -> None:
    owners = {interface.address.ip: node.name for node in plan.nodes for interface in node.interfaces}
    owners |= {end.inside.ip: end.node for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)}
    assert all(owners[session.neighbor] == session.neighbor_node for session in plan.sessions)
    pairs = Counter((session.node, session.neighbor_node) for session in plan.sessions)
    assert pairs == Counter((session.neighbor_node, session.node) for session in plan.sessions)


def test_every_static_route_goes_over_an_interface_of_its_node(plan: Plan) -> None:
    for node in plan.nodes:
        for route in node.routes:
            assert any(route.via in interface.address.network for interface in node.interfaces), f"{node.name}: {route}"


def test_hosts_and_the_internet_run_nothing_and_every_router_its_daemons_in_order(plan: Plan) -> None:
    for node in plan.nodes:
        charons = tuple(f"charon:{tunnel.name}" for tunnel in plan.tunnels if node.name in {tunnel.customer.node, tunnel.aws.node})
        silent = node.role in {*HOSTS, Role.INTERNET}
        assert node.daemons == (() if silent else (*charons, "mgmtd", "zebra", "bfdd", "bgpd"))
        assert bool(node.files) != silent


def test_a_flow_leaves_by_its_hosts_interface_for_its_first_router(plan: Plan) -> None:
    macs = {f"{node.name}:{each.name}": each for node in plan.nodes for each in node.interfaces}
    for flow in plan.flows:
        for end in (flow.source, flow.target):
            host = f"{end.node}:{end.interface}"
            assert plan.node(end.node).role in HOSTS
            assert (macs[host].mac, macs[host].address.ip) == (end.mac, end.address)
            cable = next(link for link in plan.links if host in {str(link.a), str(link.b)})
            router = str(cable.b) if str(cable.a) == host else str(cable.a)
            assert macs[router].mac == end.gateway_mac


def test_every_node_link_and_tunnel_can_be_spoken_of_and_targets_name_nothing_else(plan: Plan) -> None:
    nodes, links, tunnels = ({each.name for each in each_of} for each_of in (plan.nodes, plan.links, plan.tunnels))
    assert nodes | links | tunnels | {tunnel.connection for tunnel in plan.tunnels} <= {target.name for target in plan.targets}
    for target in plan.targets:
        assert set(target.nodes) <= nodes
        assert set(target.waypoints) <= nodes
        assert set(target.links) <= links
        assert set(target.tunnels) <= tunnels
        assert target.nodes or target.links or target.tunnels


def _has_host(plan: Plan, end: str) -> bool:
    cable = next(link for link in plan.links if end in {str(link.a), str(link.b)})
    return any(plan.node(each.node).role in HOSTS for each in (cable.a, cable.b))
