"""Circuits on a real kernel, without a lab. Virtual interfaces reach their devices on separate cables, or as VLANs on one cable."""

import errno
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import IPv4Network

import pytest

from lab.compiler import compile_topology
from lab.model.plan import Circuits, Ipsec, Node, Plan, Timers
from lab.runtime.host.facts import circuits_here
from lab.runtime.netns import NodeView, socket_in
from lab.runtime.netns.network import NodeNetwork
from tests.networks import SHARED_DEVICE

CIRCUIT = ("dc1-r1", "dx1", "loc-a-1-dxgw", "loc-a-1-dxgw-db")


@contextmanager
def _namespace() -> Iterator[int]:
    """A process with its own network namespace."""
    with subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep 600"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process.pid
        finally:
            process.kill()


def _wire(plan: Plan, pids: dict[str, int], stack: ExitStack) -> None:
    views = {name: NodeView(pid) for name, pid in pids.items()}
    networks = {name: NodeNetwork(name, pid, views[name]) for name, pid in pids.items()}
    for each in (*networks.values(), *views.values()):
        stack.callback(each.close)
    for number, link in enumerate(plan.links):
        if {link.a.node, link.b.node} <= set(pids):
            near, far = (_interface(plan.node(end.node), end.interface) for end in (link.a, link.b))
            networks[link.a.node].plug(number, near, far, pids[link.b.node])
    for name, network in networks.items():
        node = plan.node(name)
        cables = {
            end.interface for link in plan.links if {link.a.node, link.b.node} <= set(pids) for end in (link.a, link.b) if end.node == name
        }
        kept = tuple(each for each in node.interfaces if (each.tag.parent if each.tag else each.name) in cables)
        network.configure(Node(name=name, role=node.role, place=node.place, interfaces=kept, bridges=node.bridges))


def _interface(node: Node, name: str):
    return next(each for each in node.interfaces if each.name == name)


def _answers(pid: int, address: str) -> bool:
    """Whether a host answers. It refuses the connection, because nothing listens there. If it is not reached, no answer comes."""
    with socket_in(pid, socket.AF_INET, socket.SOCK_STREAM, 0) as line:
        line.settimeout(10)
        return line.connect_ex((address, 9)) == errno.ECONNREFUSED


@pytest.mark.parametrize("circuits", Circuits, ids=lambda circuits: circuits.name.lower())
def test_every_virtual_interface_reaches_its_own_device_through_the_carrier(circuits: Circuits) -> None:
    if circuits is Circuits.TAGS and circuits_here() is Circuits.CABLES:
        pytest.skip("this kernel has no 802.1Q: labs here have a cable for each virtual interface")
    plan = compile_topology(SHARED_DEVICE, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE, circuits=circuits)
    with ExitStack() as stack:
        pids = {name: stack.enter_context(_namespace()) for name in CIRCUIT}
        _wire(plan, pids, stack)
        for vif in SHARED_DEVICE.virtual_interfaces:
            (session,) = plan.target(vif.name).sessions
            network = IPv4Network((session.neighbor, 31))
            (aws,) = (each for each in plan.node(session.node).interfaces if each.address and each.address.network == network)
            assert bool(aws.tag) == (circuits is Circuits.TAGS)
            assert _answers(pids["dc1-r1"], str(aws.ip)), vif.name
