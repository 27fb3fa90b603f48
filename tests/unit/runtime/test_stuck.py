"""A BGP session that stays Idle although nothing is wrong is freed: its router asks for BFD again."""

from dataclasses import replace

from lab.model.bgp import BgpSession
from lab.model.status import SessionStatus
from lab.runtime.stuck import Stuck
from tests.shipped import shipped_plan


class _Lab:
    """A lab in which the first session has the state `first`, and all others are up."""

    def __init__(self, first: str) -> None:
        self.plan = shipped_plan()
        self.first = first
        self.asked: list[BgpSession] = []

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        up = [
            SessionStatus(node=each.node, neighbor=each.neighbor, neighbor_node=each.neighbor_node, state="Established")
            for each in self.plan.sessions
        ]
        return (replace(up[0], state=self.first), *up[1:])

    def ask_for_bfd(self, session: BgpSession) -> None:
        self.asked.append(session)


class _Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 0.5
        return self.seconds


def _watched(lab: _Lab, seconds: float) -> list[BgpSession]:
    clock = _Clock()
    stuck = Stuck(lab, clock)
    while clock.seconds < seconds:
        stuck.free()
    return lab.asked


def test_a_session_that_is_idle_for_long_is_freed() -> None:
    lab = _Lab("Idle")
    assert _watched(lab, 12.0) == [lab.plan.sessions[0]]


def test_it_is_freed_again_if_that_did_not_help() -> None:
    assert len(_watched(_Lab("Idle"), 32.0)) == 3


def test_a_session_that_is_idle_for_a_moment_is_left_alone() -> None:
    assert _watched(_Lab("Idle"), 8.0) == []


def test_a_session_that_connects_is_left_alone() -> None:
    assert _watched(_Lab("Connect"), 60.0) == []


def test_a_session_without_bfd_is_left_alone() -> None:
    lab = _Lab("Idle")
    session = lab.plan.sessions[0]
    nodes = tuple(
        replace(node, router=replace(node.router, neighbors=tuple(replace(each, bfd=None) for each in node.router.neighbors)))
        if node.router and node.name == session.node
        else node
        for node in lab.plan.nodes
    )
    lab.plan = replace(lab.plan, nodes=nodes)
    assert _watched(lab, 60.0) == []
