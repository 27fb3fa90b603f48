"""Whole plans: the same every time, complete, and without duplicates."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface

import pytest

from lab.compiler import compile_topology, outline_topology
from lab.intent import read_check, read_topology
from lab.model.plan import Bridge, Ipsec, Node, Plan, Role, Timers
from lab.model.topology import Topology, VirtualInterface
from tests.networks import planned
from tests.shipped import CHECKS, ROOT, TOPOLOGIES, shipped_plan, shipped_topology

HOSTS = (Role.HOST, Role.VPC_HOST)
CUSTOMERS = (Role.CORE, Role.EDGE, Role.CUSTOMER_GATEWAY)


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


def test_the_same_topology_gives_the_same_plan_byte_for_byte(plan: Plan, topology: Topology) -> None:
    assert repr(compile_topology(topology, timers=plan.timers, ipsec=plan.ipsec)) == repr(plan)


@pytest.mark.parametrize("timers", Timers)
@pytest.mark.parametrize(("topology", "name"), CHECKS)
def test_every_shipped_check_reads_under_every_timer_profile(topology: str, name: str, timers: Timers) -> None:
    check = read_check(ROOT / "checks" / topology / f"{name}.yaml", shipped_plan(topology, timers), timers)
    assert check.name == name
    assert {expectation.flow for expectation in check.expectations} == {flow.name for flow in shipped_plan(topology).flows}


def test_a_plan_has_its_topologys_name_and_the_options_it_was_compiled_with(plan: Plan, topology: Topology) -> None:
    assert (plan.name, plan.summary) == (topology.name, topology.summary)
    assert plan.ipsec is Ipsec.USERSPACE


def test_timer_profiles_differ_in_the_timers_and_the_bfd_of_the_customers_sessions_with_aws_alone(topology: Topology) -> None:
    tuned, default = (planned(topology, timers) for timers in (Timers.TUNED, Timers.DEFAULT))
    changed = Counter[tuple[str, str]]()
    for one, other in zip(tuned.nodes, default.nodes, strict=True):
        assert replace(one, files=(), router=None) == replace(other, files=(), router=None)
        for mine, theirs in zip(one.files, other.files, strict=True):
            changed.update((one.name, line.strip()) for line in mine.text.splitlines())
            changed.subtract((one.name, line.strip()) for line in theirs.text.splitlines())
    expected = Counter[tuple[str, str]]()
    for tunnel in tuned.tunnels:
        if not tunnel.aws.routes:
            expected.update(_timers_changed(tunnel.customer.node, tunnel.aws.inside.ip, "10 30"))
    for session in tuned.sessions:
        if tuned.node(session.neighbor_node).role is Role.DX_DEVICE and tuned.node(session.node).role in CUSTOMERS:
            expected.update(_timers_changed(session.node, session.neighbor, "30 90"))
    expected.update(line for vif in topology.virtual_interfaces if vif.bfd for line in _bfd_lines(tuned, vif))
    assert {line: times for line, times in changed.items() if times} == expected
    assert replace(tuned, nodes=(), timers=Timers.DEFAULT) == replace(default, nodes=())


def test_names_are_unique(plan: Plan) -> None:
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
    addresses = [interface.ip for interface in interfaces if interface.address]
    addresses += [end.inside.ip for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)]
    assert len(set(addresses)) == len(addresses)


def test_macs_are_unicast_and_locally_administered(plan: Plan) -> None:
    assert {int(interface.mac[:2], 16) & 0b11 for node in plan.nodes for interface in node.interfaces} == {0b10}


def test_interface_and_device_names_fit_the_kernel(plan: Plan) -> None:
    names = [interface.name for node in plan.nodes for interface in node.interfaces]
    names += [end.device for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)]
    assert max(map(len, names)) <= 15


def test_every_interface_is_one_end_of_exactly_one_cable(plan: Plan) -> None:
    ends = [str(end) for link in plan.links for end in (link.a, link.b)]
    assert sorted(ends) == sorted(f"{node.name}:{each.name}" for node in plan.nodes for each in node.interfaces)


def test_two_interfaces_joined_by_a_cable_or_a_bridge_share_a_subnet(plan: Plan) -> None:
    addresses = {f"{node.name}:{each.name}": each.address for node in plan.nodes for each in node.interfaces}
    bridged = {f"{node.name}:{port}": number for number, (node, bridge) in enumerate(_bridges(plan)) for port in bridge.ports}
    wires: dict[int | str, list[IPv4Interface]] = {}
    for link in plan.links:
        ends = (str(link.a), str(link.b))
        wire = next((bridged[end] for end in ends if end in bridged), link.name)
        wires.setdefault(wire, []).extend(address for end in ends for address in [addresses[end]] if address)
    for each in wires.values():
        assert len({address.network for address in each}) == 1
        assert len(set(each)) == len(each) > 1


def test_an_interface_without_an_address_is_a_port_of_exactly_one_bridge(plan: Plan) -> None:
    ports = [f"{node.name}:{port}" for node, bridge in _bridges(plan) for port in bridge.ports]
    assert sorted(ports) == sorted(f"{node.name}:{each.name}" for node in plan.nodes for each in node.interfaces if not each.address)


def test_addresses_of_links_between_routers_lie_outside_every_announced_prefix(plan: Plan, topology: Topology) -> None:
    """Otherwise the next hop of a lost link would still be found through an announced prefix."""
    announced = [*(vpc.cidr for vpc in topology.vpcs), *(prefix for site in topology.data_centers for prefix in site.prefixes)]
    for node in plan.nodes:
        for interface in node.interfaces:
            inside = any(interface.address and interface.address.network.overlaps(prefix) for prefix in announced)
            assert inside == _has_host(plan, f"{node.name}:{interface.name}"), f"{node.name} {interface}"


def test_every_session_is_planned_at_both_of_its_ends_and_reaches_an_address_of_its_neighbor(plan: Plan) -> None:
    owners = {interface.ip: node.name for node in plan.nodes for interface in node.interfaces if interface.address}
    owners |= {end.inside.ip: end.node for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)}
    assert all(owners[session.neighbor] == session.neighbor_node for session in plan.sessions)
    pairs = Counter((session.node, session.neighbor_node) for session in plan.sessions)
    assert pairs == Counter((session.neighbor_node, session.node) for session in plan.sessions)


def test_every_static_route_goes_over_an_interface_of_its_node(plan: Plan) -> None:
    for node in plan.nodes:
        for route in node.routes:
            assert (route.via is None) != (route.interface is None)
            over = [each for each in node.interfaces if each.name == route.interface or (route.via and route.via in each.address.network)]
            assert over, f"{node.name}: {route}"


def test_hosts_carriers_and_the_internet_run_nothing_and_every_router_its_daemons_in_order(plan: Plan) -> None:
    for node in plan.nodes:
        charons = tuple(f"charon:{tunnel.name}" for tunnel in plan.tunnels if node.name in {tunnel.customer.node, tunnel.aws.node})
        silent = node.role in {*HOSTS, Role.NAT, Role.INTERNET, Role.CARRIER, Role.WAN}
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


def test_every_node_link_and_tunnel_is_a_target_and_targets_name_nothing_else(plan: Plan) -> None:
    nodes, links, tunnels = ({each.name for each in each_of} for each_of in (plan.nodes, plan.links, plan.tunnels))
    assert nodes | links | tunnels | {tunnel.connection for tunnel in plan.tunnels} <= {target.name for target in plan.targets}
    for target in plan.targets:
        assert set(target.nodes) <= nodes
        assert set(target.waypoints) <= nodes
        assert set(target.links) <= links
        assert set(target.tunnels) <= tunnels
        assert set(target.sessions) <= set(plan.sessions)
        assert {each.node for each in target.outlets} | {node for node, _ in target.static_routes} <= nodes
        assert {leg.link for leg in target.legs} <= links
        assert {leg.session for leg in target.legs} <= set(plan.sessions)
        assert target.nodes or target.links or target.tunnels or target.sessions or target.legs


def _has_host(plan: Plan, end: str) -> bool:
    cable = next(link for link in plan.links if end in {str(link.a), str(link.b)})
    return any(plan.node(each.node).role in HOSTS for each in (cable.a, cable.b))


def _bridges(plan: Plan) -> list[tuple[Node, Bridge]]:
    return [(node, bridge) for node in plan.nodes for bridge in node.bridges]


def _timers_changed(node: str, neighbor: IPv4Address, default: str) -> Counter[tuple[str, str]]:
    head = f"neighbor {neighbor} timers"
    return Counter({(node, f"{head} 1 3"): 1, (node, f"{head} {default}"): -1})


def _bfd_lines(plan: Plan, vif: VirtualInterface) -> Iterator[tuple[str, str]]:
    """The BFD lines for a virtual interface, in the files of both ends."""
    (session,) = plan.target(vif.name).sessions
    (aws,) = (each.ip for each in plan.node(session.node).interfaces if each.address and session.neighbor in each.address.network)
    (port,) = (each.name for each in plan.node(session.node).interfaces if each.address and each.ip == aws)
    (customer,) = (each.name for each in plan.node(session.neighbor_node).interfaces if each.address and each.ip == session.neighbor)
    yield session.node, f"neighbor {session.neighbor} bfd"
    yield session.node, f"peer {session.neighbor} local-address {aws} interface {port}"
    yield session.node, "passive-mode"
    yield session.node, "exit"
    yield session.neighbor_node, f"neighbor {aws} bfd"
    yield session.neighbor_node, f"peer {aws} local-address {session.neighbor} interface {customer}"
    yield session.neighbor_node, "exit"


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_an_outline_is_the_plan_without_files(name: str) -> None:
    plan = shipped_plan(name)
    outline = outline_topology(shipped_topology(name), timers=plan.timers, ipsec=plan.ipsec)
    assert outline == replace(plan, nodes=tuple(replace(node, files=()) for node in plan.nodes))


def test_no_router_uses_nexthop_objects(plan: Plan) -> None:
    """With them, zebra 10.3 leaves a node without a route after two of its links have flapped. A sweep found it on a transit gateway."""
    for node in plan.nodes:
        if "zebra" in node.daemons:
            (text,) = (file.text for file in node.files if file.path == "frr/zebra.conf")
            assert "no zebra nexthop kernel enable" in text.splitlines()
