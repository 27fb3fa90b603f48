"""The contract of every runtime about changed settings of routers and charons. Part of the suite for the fixture `lab`."""

from ipaddress import IPv4Address

from lab.model.change import Announced
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing
from tests.contract.samples import CHARON, NODE, OUTLET, SESSION, TOO_MANY, TUNNEL
from tests.contract.test_promises import eventually, left_whole  # noqa: F401 - left_whole comes after every test here, too


def test_a_session_closed_for_too_many_prefixes_stays_closed_until_it_is_cleared(lab: LabUnderTest) -> None:
    change = Announced(announcement=TOO_MANY)
    lab.change_router(change)
    assert eventually(lambda: _bgp(lab, TUNNEL, NODE) == "Idle (PfxCt)"), _bgp(lab, TUNNEL, NODE)
    lab.restore_router(change)
    assert _bgp(lab, TUNNEL, NODE) == "Idle (PfxCt)"
    for session in OUTLET.sessions:
        lab.clear_session(session)
    assert eventually(lambda: _bgp(lab, TUNNEL, NODE) == _bgp(lab, NODE, TUNNEL) == "Established"), _bgp(lab, TUNNEL, NODE)


def test_clearing_a_healthy_session_only_restarts_it(lab: LabUnderTest) -> None:
    lab.clear_session(SESSION)
    assert eventually(lambda: missing(lab) == () == lab.differences()), missing(lab)


def test_asking_for_bfd_again_leaves_every_session_as_it_was(lab: LabUnderTest) -> None:
    routers = {node.name: node.router for node in lab.plan.nodes if node.router}
    with_bfd = [
        session
        for session in lab.plan.sessions
        for each in routers[session.node].neighbors
        if each.address == session.neighbor and each.bfd
    ]
    assert with_bfd
    for session in with_bfd:
        lab.ask_for_bfd(session)
    assert eventually(lambda: missing(lab) == () == lab.differences()), missing(lab)


def test_waiting_for_routes_to_leave_ends_at_once_if_there_are_none(lab: LabUnderTest) -> None:
    assert lab.wait_until_avoided(NODE, IPv4Address("192.0.2.250"), 0.0)


def test_another_key_does_not_end_a_tunnel_that_is_up_and_the_planned_key_can_be_loaded_twice(lab: LabUnderTest) -> None:
    lab.give_wrong_key(TUNNEL)
    assert {each.place for each in lab.differences()} == {f"{TUNNEL}:{CHARON}"}
    assert _ike(lab) == ("ESTABLISHED", "INSTALLED")
    for _ in range(2):
        lab.load_planned(TUNNEL)
    assert lab.differences() == ()


def _ike(lab: LabUnderTest) -> tuple[str | None, str | None]:
    return next((state.ike, state.child) for state in lab.ike_states() if state.tunnel == TUNNEL)


def _bgp(lab: LabUnderTest, node: str, neighbor: str) -> str:
    return next(each.state for each in lab.bgp_states() if (each.node, each.neighbor_node) == (node, neighbor))
