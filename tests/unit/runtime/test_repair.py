"""Repair: a lab is compared with its plan and repaired. Its containers and networks are fakes."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from lab.errors import NodeError
from lab.model.plan import Interface, Node, Plan, Route
from lab.model.status import Difference, SessionStatus, TunnelStatus
from lab.runtime.repair import find_differences, put_right
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan
from tests.waiting import wait_for


@dataclass
class FakeNetwork:
    """A fake of one node's network, for reading and changing. `configure` adds what is planned and leaves other things."""

    interfaces: tuple[Interface, ...]
    routes: tuple[Route, ...]
    drops: list[str] = field(default_factory=list)
    down: set[str] = field(default_factory=set)
    slow: dict[str, str] = field(default_factory=dict)

    def drop_names(self) -> tuple[str, ...]:
        return tuple(self.drops)

    def links_down(self) -> tuple[str, ...]:
        return (*self.down, "ipsec0")

    def queues(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.slow.items())

    def clear_queue(self, interface: str) -> None:
        del self.slow[interface]

    def addresses(self) -> frozenset[tuple[str, str]]:
        return frozenset({("lo", "127.0.0.1/8")} | {(interface.name, str(interface.address)) for interface in self.interfaces})

    def static_routes(self) -> frozenset[Route]:
        return frozenset(self.routes)

    def remove_routes(self, routes: tuple[Route, ...]) -> None:
        self.routes = tuple(route for route in self.routes if route not in routes)

    def configure(self, node: Node) -> None:
        self.interfaces = node.interfaces
        self.routes = (*self.routes, *(route for route in node.routes if route not in self.routes))
        self.down.clear()


class Host(FakeLab):
    """A fake lab: its containers run, and its nodes have the planned networks. It has no real daemons."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(replace(plan, nodes=tuple(replace(node, daemons=()) for node in plan.nodes)))
        self.states = {node.name: "running" for node in self.plan.nodes}
        self.networks = {node.name: FakeNetwork(node.interfaces, node.routes) for node in self.plan.nodes}
        self.reconfigured: set[str] = set()
        self.told_tunnels: set[tuple[str, str]] = set()

    def container_states(self) -> dict[str, str]:
        return self.states

    def network(self, node: str) -> FakeNetwork:
        return self.networks[node]

    def view(self, node: str) -> FakeNetwork:
        return self.networks[node]

    def is_reconfigured(self, node: str) -> bool:
        return node in self.reconfigured

    def is_tunnel_reconfigured(self, node: str, tunnel: str) -> bool:
        return (node, tunnel) in self.told_tunnels

    def pid(self, node: str) -> int:
        return os.getpid()

    def resume(self, node: str) -> None:
        super().resume(node)
        self.states[node] = "running" if self.states[node] == "paused" else self.states[node]


@pytest.fixture
def host() -> Host:
    return Host(shipped_plan())


@pytest.fixture
def gateway(host: Host) -> Node:
    return host.plan.node("dc1-gw1")


def test_a_lab_as_planned_has_no_differences(host: Host) -> None:
    assert find_differences(host) == ()


def test_every_difference_has_its_place_and_what_was_planned(host: Host, gateway: Node) -> None:
    network = host.networks["dc1-gw1"]
    network.drops += ["silent-eth0", "dead"]
    network.slow["eth2"] = "tbf"
    network.down.add("eth1")
    network.interfaces = gateway.interfaces[1:]
    network.routes = gateway.routes[1:]
    assert find_differences(host) == (
        Difference(place="dc1-gw1:eth0", found="drops packets (silent)", planned="forwards"),
        Difference(place="dc1-gw1", found="drops packets (dead)", planned="forwards"),
        Difference(place="dc1-gw1:eth2", found="holds packets up (tbf)", planned="sends at once"),
        Difference(place="dc1-gw1:eth1", found="down", planned="up"),
        Difference(place="dc1-gw1:eth0", found="no address", planned=str(gateway.interfaces[0].address)),
        Difference(
            place="dc1-gw1",
            found=f"no route {gateway.routes[0].prefix}",
            planned=f"{gateway.routes[0].prefix} via {gateway.routes[0].via}",
        ),
    )


def test_only_what_differs_is_repaired(host: Host, gateway: Node) -> None:
    network = host.networks["dc1-gw1"]
    network.drops += ["silent-eth0", "dead"]
    network.slow["eth2"] = "netem"
    network.down.add("eth1")
    network.routes = ()
    host.networks["dc2-core"].interfaces = ()
    put_right(host, tuple(difference for difference in find_differences(host) if difference.place.startswith("dc1-gw1")))
    assert (network.interfaces, network.routes, network.down, network.drops) == (gateway.interfaces, gateway.routes, set(), [])
    assert network.slow == {}
    assert {difference.place.partition(":")[0] for difference in find_differences(host)} == {"dc2-core"}


def test_a_frozen_node_hides_its_tunnels_and_is_unfrozen(host: Host) -> None:
    host.states["dc1-gw1"] = "paused"
    host.pause("dc1-gw1")
    found = find_differences(host)
    assert found == (Difference(place="dc1-gw1", found="frozen", planned="running"),)
    put_right(host, found)
    assert find_differences(host) == ()


def test_a_tunnel_that_is_down_is_a_difference_and_initiated(host: Host) -> None:
    host.terminate_tunnel("vpn1-1")
    assert host.ike_states()[0] == TunnelStatus(tunnel="vpn1-1", ike=None, child=None)
    found = find_differences(host)
    assert found == (Difference(place="vpn1-1", found="IKE none, child none", planned="ESTABLISHED, INSTALLED", learned=True),)
    put_right(host, found)
    assert find_differences(host) == ()


class Gone(Host):
    """A lab whose first gateway has no process any more. Reading it fails."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        raise NodeError("dc1-gw1 does not run")

    def tunnel_state(self, tunnel: str) -> TunnelStatus:
        if self.plan.tunnel(tunnel).customer.node == "dc1-gw1":
            raise NodeError("dc1-gw1 does not run")
        return super().tunnel_state(tunnel)


def test_a_node_without_a_process_is_not_asked() -> None:
    host = Gone(shipped_plan())
    host.states["dc1-gw1"] = "exited"
    assert find_differences(host) == (Difference(place="dc1-gw1", found="container exited", planned="running"),)


@pytest.mark.parametrize("state", ["exited", "dead", "created", "missing"])
def test_a_container_that_is_gone_is_an_error_with_the_way_out(host: Host, state: str) -> None:
    host.states["dc1-gw1"] = state
    if state == "missing":
        del host.states["dc1-gw1"]
    found = find_differences(host)
    assert Difference(place="dc1-gw1", found=f"container {state}", planned="running") in found
    with pytest.raises(
        NodeError, match=r"^lab-heal cannot make containers again, and these are gone: dc1-gw1 \(\./inv lab-down, then lab-up\)$"
    ):
        put_right(host, found)


def test_a_daemon_that_does_not_run_is_dead(host: Host) -> None:
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("vgw"), daemons=("flab-nobodyd",)),), tunnels=())
    assert find_differences(host) == (Difference(place="vgw:flab-nobodyd", found="dead", planned="running"),)


def test_every_daemon_of_a_node_that_differs_is_continued_before_any_is_started(host: Host) -> None:
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("vgw"), daemons=("zebra", "bgpd")),), tunnels=())
    put_right(host, (Difference(place="vgw:bgpd", found="dead", planned="running"),))
    assert host.calls == ["resume", "continue_daemon", "continue_daemon", "start_daemon", "start_daemon"]


def test_a_static_route_beyond_the_plan_is_a_difference_and_removed(host: Host, gateway: Node) -> None:
    network = host.networks["dc1-gw1"]
    network.routes = (*network.routes, Route(prefix=IPv4Network("10.9.0.0/16"), interface="ipsec0"))
    found = find_differences(host)
    assert found == (Difference(place="dc1-gw1", found="route 10.9.0.0/16 out of ipsec0", planned="none"),)
    put_right(host, found)
    assert (network.routes, find_differences(host)) == (gateway.routes, ())


def test_a_route_with_another_metric_than_planned_is_replaced(host: Host, gateway: Node) -> None:
    network = host.networks["dc1-gw1"]
    first, *others = gateway.routes
    network.routes = (replace(first, metric=20), *others)
    found = find_differences(host)
    assert found == (
        Difference(place="dc1-gw1", found=f"no route {first.prefix}", planned=str(first)),
        Difference(place="dc1-gw1", found=f"route {first} metric 20", planned="none"),
    )
    put_right(host, found)
    assert (set(network.routes), find_differences(host)) == (set(gateway.routes), ())


def test_a_port_of_a_bridge_needs_no_address(host: Host, gateway: Node) -> None:
    port = replace(gateway.interfaces[0], address=None)
    host.plan = replace(host.plan, nodes=(replace(gateway, interfaces=(port,)),), tunnels=())
    host.networks["dc1-gw1"].interfaces = ()
    assert find_differences(host) == ()
    host.networks["dc1-gw1"].down.add("eth0")
    assert find_differences(host) == (Difference(place="dc1-gw1:eth0", found="down", planned="up"),)


def test_a_reconfigured_router_is_killed_and_started_as_planned(host: Host) -> None:
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("vgw"), daemons=("zebra", "bgpd")),), tunnels=())
    host.reconfigured.add("vgw")
    put_right(host, (Difference(place="vgw:bgpd", found="reconfigured", planned="as it started"),))
    assert host.calls == ["resume", "continue_daemon", "continue_daemon", "kill_daemon", "start_daemon", "start_daemon"]


@pytest.mark.parametrize(("reconfigured", "found"), [(set(), ()), ({"vgw"}, (("vgw:bgpd", "reconfigured", "as it started"),))])
def test_a_running_router_with_another_configuration_is_reconfigured(
    host: Host, reconfigured: set[str], found: tuple[tuple[str, str, str], ...]
) -> None:
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("vgw"), daemons=("bgpd",)),), tunnels=())
    host.reconfigured = reconfigured
    process = subprocess.Popen(["bgpd", "600"], executable=shutil.which("sleep"))
    try:
        # Popen returns when the old program is gone. The kernel has the new program's arguments a moment later.
        wait_for(lambda: Path(f"/proc/{process.pid}/cmdline").read_bytes(), "its arguments")
        assert tuple((each.place, each.found, each.planned) for each in find_differences(host)) == found
    finally:
        process.kill()
        process.wait()


def test_a_reconfigured_charon_is_a_difference_and_loads_the_plan(host: Host) -> None:
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("vpn1-1"), daemons=("charon:vpn1-1",)),), tunnels=host.plan.tunnels[:1])
    host.told_tunnels.add(("vpn1-1", "vpn1-1"))
    host.states = {"vpn1-1": "running"}  # every node here has the pid of this process, so leave out the tunnel's other end
    difference = Difference(place="vpn1-1:charon:vpn1-1", found="reconfigured", planned="as it started")
    home = {"STRONGSWAN_CONF": "/lab/ipsec/vpn1-1/strongswan.conf"}
    process = subprocess.Popen(["charon-systemd", "600"], executable=shutil.which("sleep"), env=home)
    try:
        assert difference in find_differences(host)
    finally:
        process.kill()
        process.wait()
    put_right(host, (difference,))
    assert host.calls == ["resume", "continue_daemon", "start_daemon", "load_planned", "initiate_tunnel"]


def test_a_frozen_daemon_is_not_asked_for_its_configuration(host: Host) -> None:
    host.states["dc1-gw1"] = "paused"
    host.plan = replace(host.plan, nodes=(replace(host.plan.node("dc1-gw1"), daemons=("charon:vpn1-1",)),), tunnels=())
    host.told_tunnels.add(("dc1-gw1", "vpn1-1"))
    assert "reconfigured" not in {difference.found for difference in find_differences(host)}


class ShutOut(Host):
    """A lab in which an endpoint has closed the session of its customer because of too many prefixes."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        states = super().bgp_states()
        return tuple(replace(state, state="Idle (PfxCt)") if state.node == "vpn1-1" else state for state in states)


def test_a_session_shut_for_too_many_prefixes_is_a_difference_and_its_router_starts_anew() -> None:
    host = ShutOut(shipped_plan())
    host.plan = replace(
        host.plan,
        nodes=(replace(host.plan.node("vpn1-1"), daemons=("bgpd",)),),
        tunnels=(),
        sessions=tuple(each for each in host.plan.sessions if (each.node, each.neighbor_node) == ("vpn1-1", "dc1-gw1")),
    )
    assert Difference(place="vpn1-1:bgpd", found="Idle (PfxCt) to dc1-gw1", planned="Established", learned=True) in find_differences(host)
    put_right(host, (Difference(place="vpn1-1:bgpd", found="Idle (PfxCt) to dc1-gw1", planned="Established", learned=True),))
    assert host.calls == ["resume", "continue_daemon", "kill_daemon", "start_daemon"]
