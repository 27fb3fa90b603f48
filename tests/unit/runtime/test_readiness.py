"""Readiness: what a lab still lacks, in plain words."""

import pytest

from lab.errors import NodeError
from lab.runtime.readiness import missing, wait_until_up
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan


@pytest.fixture
def whole() -> FakeLab:
    return FakeLab(shipped_plan())


def test_a_whole_lab_lacks_nothing_and_is_not_waited_for(whole: FakeLab) -> None:
    assert missing(whole) == ()
    wait_until_up(whole, 0.0)


def test_both_ends_of_a_session_that_is_not_up_are_named(whole: FakeLab) -> None:
    whole.set_link(whole.plan.link("dci").b, up=False)
    assert missing(whole) == ("BGP dc1-core to dc2-core (Active)", "BGP dc2-core to dc1-core (Active)")


def test_a_tunnel_that_is_down_is_named_by_its_sessions_or_itself(whole: FakeLab) -> None:
    whole.terminate_tunnel("vpn1-1")
    assert missing(whole) == ("BGP dc1-gw1 to vpn1-1 (Active)", "BGP vpn1-1 to dc1-gw1 (Active)")
    assert missing(_WithoutSessions(whole)) == ("tunnel vpn1-1 (IKE none, child none)",)


def test_the_missing_parts_are_named_when_the_time_is_up(whole: FakeLab) -> None:
    whole.kill_daemon("vgw", "bgpd")
    with pytest.raises(
        NodeError, match=r"^the lab is not up within 0 s: .*BGP vgw to vpn1-1 \(bgpd does not answer\); .*BGP vgw to vpn4-2"
    ):
        wait_until_up(whole, 0.0)


class _WithoutSessions:
    """The tunnels of a lab, and nothing else."""

    def __init__(self, lab: FakeLab) -> None:
        self.plan = lab.plan
        self.ike_states = lab.ike_states
        self.differences = lab.differences
        self.heal = lab.heal

    def bgp_states(self) -> tuple[()]:
        return ()
