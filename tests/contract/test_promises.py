"""The contract of every runtime about breaking, watching and repairing a lab. A test uses the fixture `lab` and leaves it healthy.

Another folder with its own `lab` fixture reuses the suite by `from tests.contract.test_promises import *` (and from the other files here).
"""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic

import pytest

from lab.errors import NodeError
from lab.faults import inject
from lab.model.change import SessionShut
from lab.model.fault import (
    FAULT_KINDS,
    Fault,
)
from lab.model.plan import Endpoint
from lab.model.status import Difference
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing
from tests.contract.samples import (
    CABLE,
    CHARON,
    DAEMON,
    ELSEWHERE,
    FAULTS,
    MORE,
    NODE,
    PATIENCE_SECONDS,
    ROUTE,
    SESSION,
    SHUT,
    TUNNEL,
)


@pytest.fixture(autouse=True)
def left_whole(lab: LabUnderTest) -> Iterator[None]:
    lab.remember()
    yield
    lab.heal()
    assert eventually(lambda: not missing(lab) and not lab.differences()), (missing(lab), lab.differences())


def test_a_whole_lab_has_everything_up_and_nothing_to_heal(lab: LabUnderTest) -> None:
    assert missing(lab) == ()
    assert lab.differences() == ()
    assert lab.heal() == ()


def test_every_planned_session_and_tunnel_is_listed_in_the_order_of_the_plan(lab: LabUnderTest) -> None:
    assert [(state.node, state.neighbor, state.neighbor_node) for state in lab.bgp_states()] == [
        (session.node, session.neighbor, session.neighbor_node) for session in lab.plan.sessions
    ]
    assert [state.tunnel for state in lab.ike_states()] == [tunnel.name for tunnel in lab.plan.tunnels]


@pytest.mark.parametrize(("fault", "found"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_force_shows_its_differences_and_an_undone_fault_none(lab: LabUnderTest, fault: Fault, found: set[str]) -> None:
    marks = fault.effect(lab.plan).marks
    with inject(fault, lab):
        at_once = lab.differences_at({mark.node for mark in marks})
        assert [mark for mark in marks if not any(mark.fits(each.place, each.found) for each in at_once)] == [], at_once
        assert eventually(lambda: {difference.found for difference in lab.differences()} == found), lab.differences()
    assert eventually(lambda: lab.differences() == ()), lab.differences()


@pytest.mark.parametrize(("fault", "found"), FAULTS.values(), ids=FAULTS)
def test_heal_reports_what_it_repairs_and_undoing_the_fault_afterwards_is_safe(lab: LabUnderTest, fault: Fault, found: set[str]) -> None:
    with inject(fault, lab):
        assert eventually(lambda: {difference.found for difference in lab.differences()} == found), lab.differences()
        assert {difference.found for difference in lab.heal()} == found
        assert eventually(lambda: lab.differences() == ()), lab.differences()
    assert eventually(lambda: lab.differences() == ()), lab.differences()


def test_every_fault_kind_is_tested_here_or_elsewhere() -> None:
    assert {type(fault) for fault, _ in FAULTS.values()} == set(FAULT_KINDS.values()) - ELSEWHERE


@pytest.mark.parametrize(
    "dead",
    [
        [(NODE, "zebra"), (NODE, "bgpd")],
        [(NODE, "mgmtd"), (NODE, "zebra"), (NODE, "bfdd"), (NODE, "bgpd")],
        [(NODE, CHARON), (TUNNEL, CHARON)],
    ],
    ids=["zebra and bgpd", "all of FRR", "both ends of a tunnel"],
)
def test_heal_restarts_daemons_that_died_together(lab: LabUnderTest, dead: list[tuple[str, str]]) -> None:
    for node, daemon in dead:
        lab.kill_daemon(node, daemon)
    assert {f"{node}:{daemon}" for node, daemon in dead} <= {difference.place for difference in lab.heal()}
    assert eventually(lambda: lab.differences() == ()), lab.differences()
    assert eventually(lambda: missing(lab) == ()), missing(lab)


def test_an_interface_is_reported_down_at_the_end_that_was_set_down(lab: LabUnderTest) -> None:
    near = lab.plan.link(CABLE).a
    lab.set_link(near, up=False)
    assert lab.differences() == (Difference(place=str(near), found="down", planned="up"),)
    for _ in range(2):
        lab.set_link(near, up=True)
    assert lab.differences() == ()


def test_undoing_what_is_not_there_is_fine(lab: LabUnderTest) -> None:
    for end in (lab.plan.link(CABLE).a, lab.plan.link(CABLE).b):
        lab.accept_arrivals(end)
    lab.reunite(NODE)
    lab.resume(NODE)
    lab.continue_daemon(NODE, DAEMON)
    lab.start_daemon(NODE, DAEMON)
    lab.initiate_tunnel(TUNNEL)
    lab.load_planned(TUNNEL)
    lab.restore_router(SHUT)
    lab.restore_router(MORE)
    lab.remove_route(TUNNEL, ROUTE)
    assert lab.differences() == ()


def test_removing_a_route_whose_device_is_gone_is_fine(lab: LabUnderTest) -> None:
    lab.add_route(TUNNEL, ROUTE)
    lab.kill_daemon(TUNNEL, CHARON)
    lab.remove_route(TUNNEL, ROUTE)


def test_a_change_of_a_router_can_be_applied_and_restored_twice(lab: LabUnderTest) -> None:
    for _ in range(2):
        lab.change_router(SHUT)
        lab.change_router(MORE)
        lab.add_route(TUNNEL, ROUTE)
    assert {(each.place, each.found) for each in lab.differences()} == {
        (f"{NODE}:bgpd", "reconfigured"),
        (f"{TUNNEL}:bgpd", "reconfigured"),
        (TUNNEL, f"route {ROUTE}"),
    }
    for _ in range(2):
        lab.restore_router(SHUT)
        lab.restore_router(MORE)
        lab.remove_route(TUNNEL, ROUTE)
    assert eventually(lambda: lab.differences() == ()), lab.differences()


def test_a_shut_session_stays_down_at_both_ends_until_it_is_opened(lab: LabUnderTest) -> None:
    lab.change_router(SHUT)
    assert eventually(lambda: _bgp(lab, TUNNEL, NODE) == "Idle (Admin)"), _bgp(lab, TUNNEL, NODE)
    assert eventually(lambda: _bgp(lab, NODE, TUNNEL) != "Established")
    lab.restore_router(SHUT)
    assert eventually(lambda: _bgp(lab, TUNNEL, NODE) == _bgp(lab, NODE, TUNNEL) == "Established"), _bgp(lab, TUNNEL, NODE)


def test_remembering_a_changed_router_again_does_not_make_the_change_planned(lab: LabUnderTest) -> None:
    lab.change_router(SHUT)
    lab.remember()
    assert {(each.place, each.found) for each in lab.heal()} == {(f"{TUNNEL}:bgpd", "reconfigured")}
    assert eventually(lambda: lab.differences() == ()), lab.differences()


def test_deleting_a_tunnel_twice_is_fine(lab: LabUnderTest) -> None:
    for _ in range(2):
        lab.terminate_tunnel(TUNNEL)
    assert eventually(lambda: _ike(lab) == (None, None))


def test_a_dead_daemon_can_be_neither_stopped_nor_killed_but_be_started(lab: LabUnderTest) -> None:
    lab.kill_daemon(NODE, DAEMON)
    assert eventually(lambda: bool(lab.differences()))
    for verb in (lab.kill_daemon, lab.stop_daemon):
        with pytest.raises(NodeError, match=f"{DAEMON} of {NODE} does not run"):
            verb(NODE, DAEMON)
    lab.continue_daemon(NODE, DAEMON)
    lab.start_daemon(NODE, DAEMON)
    assert lab.differences() == ()


def test_a_session_ends_and_comes_back_with_its_daemon(lab: LabUnderTest) -> None:
    lab.kill_daemon(NODE, DAEMON)
    assert eventually(lambda: {state.state for state in lab.bgp_states() if state.node == NODE} == {"bgpd does not answer"})
    assert eventually(lambda: any(f"to {NODE}" in late for late in missing(lab)))
    lab.start_daemon(NODE, DAEMON)
    assert eventually(lambda: missing(lab) == ()), missing(lab)


def test_a_socket_opened_in_a_node_can_be_used_from_outside(lab: LabUnderTest) -> None:
    with lab.open_socket(NODE, socket.AF_INET, socket.SOCK_DGRAM, 0) as line:
        line.settimeout(PATIENCE_SECONDS)
        line.bind(("127.0.0.1", 0))
        line.sendto(b"hello", line.getsockname())
        assert line.recv(16) == b"hello"


def test_a_node_that_is_not_there_is_a_node_error(lab: LabUnderTest) -> None:
    with pytest.raises(NodeError, match="nobody"):
        lab.open_socket("nobody", socket.AF_INET, socket.SOCK_DGRAM, 0)
    with pytest.raises(NodeError, match="nobody"):
        lab.set_link(Endpoint(node="nobody", interface="eth0"), up=False)
    with pytest.raises(NodeError, match="nobody"):
        lab.change_router(SessionShut(session=replace(SESSION, node="nobody")))
    with pytest.raises(NodeError, match="nobody"):
        lab.clear_session(replace(SESSION, node="nobody"))
    with pytest.raises(NodeError, match="nobody"):
        lab.wait_until_avoided("nobody", SESSION.neighbor, 0.0)
    with pytest.raises(NodeError, match="nobody"):
        lab.add_route("nobody", ROUTE)


def test_every_planned_interface_has_an_index(lab: LabUnderTest) -> None:
    for node in lab.plan.nodes:
        assert {interface.name for interface in node.interfaces} <= set(lab.interface_names(node.name).values())


def _ike(lab: LabUnderTest) -> tuple[str | None, str | None]:
    return next((state.ike, state.child) for state in lab.ike_states() if state.tunnel == TUNNEL)


def _bgp(lab: LabUnderTest, node: str, neighbor: str) -> str:
    return next(each.state for each in lab.bgp_states() if (each.node, each.neighbor_node) == (node, neighbor))


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition becomes true in time. There is no pause between two tries, because asking a lab takes long enough."""
    deadline = monotonic() + PATIENCE_SECONDS
    while not condition():
        if monotonic() > deadline:
            return False
    return True
