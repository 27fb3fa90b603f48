"""A look at a lab says what its kernels count, and what its routers said last."""

from collections.abc import Iterator

import pytest

from lab.feed import Collector
from lab.model.evidence import TimelineEvent
from tests.fakes.lab import FakeLab
from tests.fakes.meters import PREFIXES, TRAFFIC, FakeMeters
from tests.shipped import shipped_plan
from tests.waiting import wait_for


class Watched:
    """A collector that runs, on a lab in memory."""

    def __init__(self, topology: str) -> None:
        self.lab = FakeLab(shipped_plan(topology))
        self.meters = FakeMeters(self.lab)
        self.collector = Collector(self.meters)

    def happens(self, node: str) -> None:
        """A monitor reports an event in a node."""
        self.collector.notice(TimelineEvent(at=1.0, node=node, source="bgp", what="neighbor down"))


@pytest.fixture
def circuits() -> Iterator[Watched]:
    watched = Watched("redundant-dx")
    with watched.collector.running():
        yield watched


def test_a_healthy_lab_is_up_everywhere(circuits: Watched) -> None:
    snapshot = circuits.collector.look()
    assert [(each.connection, each.up) for each in snapshot.connections] == [("dx1", True), ("dx2", True)]
    assert [(each.vif, each.bgp_up, each.accepted) for each in snapshot.vifs] == [("vif1", True, PREFIXES), ("vif2", True, PREFIXES)]
    assert snapshot.vifs[0].traffic == TRAFFIC
    assert all(each.established for each in snapshot.sessions)
    assert all(each.up for each in (*snapshot.interfaces, *snapshot.peers))
    assert snapshot.asked_seconds_ago is not None
    assert snapshot.flows == ()


def test_only_the_routers_of_the_sites_are_the_customers(circuits: Watched) -> None:
    assert {each.node for each in circuits.collector.look().sessions} == {"dc1-core", "dc1-r1", "dc2-core", "dc2-r1"}


def test_looks_are_numbered(circuits: Watched) -> None:
    assert [circuits.collector.look().seq for _ in range(3)] == [1, 2, 3]


def test_a_look_asks_no_router(circuits: Watched) -> None:
    before = len(circuits.meters.asked)
    circuits.collector.look()
    assert len(circuits.meters.asked) == before


def test_after_an_event_only_that_router_is_asked_again(circuits: Watched) -> None:
    before = len(circuits.meters.asked)
    for _ in range(5):
        circuits.happens("loc-a-1")
    wait_for(lambda: len(circuits.meters.asked) > before, "a question after an event")
    assert set(circuits.meters.asked[before:]) == {"loc-a-1"}


def test_a_lost_session_is_seen_after_the_event_and_the_light_stays(circuits: Watched) -> None:
    session = circuits.lab.plan.target("vif1").sessions[0]
    circuits.lab.kill_daemon(session.neighbor_node, "bgpd")
    assert circuits.collector.look().vifs[0].bgp_up is True
    circuits.happens(session.node)
    wait_for(lambda: circuits.collector.look().vifs[0].bgp_up is False, "the session is down")
    assert circuits.collector.look().connections[0].up is True


def test_a_dark_connection_is_seen_at_once(circuits: Watched) -> None:
    (far,) = (link.b for link in circuits.lab.plan.links if link.name == "dx1--loc-a-1")
    circuits.lab.set_link(far, up=False)
    assert circuits.collector.look().connections[0].up is False


def test_a_router_that_does_not_answer_has_no_reading(circuits: Watched) -> None:
    circuits.meters.mute.add("loc-a-1")
    circuits.happens("loc-a-1")
    wait_for(lambda: circuits.collector.look().vifs[0].bgp_up is None, "no reading")
    assert circuits.collector.look().vifs[1].bgp_up is True


def test_a_node_that_is_gone_has_no_reading(circuits: Watched) -> None:
    circuits.meters.gone.add("loc-a-1")
    snapshot = circuits.collector.look()
    assert (snapshot.connections[0].up, snapshot.connections[0].traffic, snapshot.vifs[0].traffic) == (None, None, None)


def test_a_tunnel_is_up_with_bgp_or_with_ipsec_alone_if_it_is_static() -> None:
    watched = Watched("hybrid-backup-tgw")
    with watched.collector.running():
        snapshot = watched.collector.look()
        assert all(each.up and each.ipsec_up for each in snapshot.tunnels)
        assert [(each.gateway, each.no_route, each.ttl_expired) for each in snapshot.gateways] == [("tgw", 3, 4)]
        assert {each.attachment: each.traffic for each in snapshot.attachments}["vpn1"] == TRAFFIC + TRAFFIC


def test_a_newer_answer_is_not_replaced_by_an_older_one(circuits: Watched) -> None:
    states = circuits.collector._states
    told = states.neighbors("loc-a-1")
    states.told_neighbors("loc-a-1", 1.0, None)
    assert states.neighbors("loc-a-1") == told


def test_an_interface_that_the_kernel_added_is_not_the_sites(circuits: Watched) -> None:
    before = circuits.collector.look().interfaces
    circuits.meters.added = ("tunl0",)
    assert circuits.collector.look().interfaces == before


@pytest.mark.parametrize("topology", ["active-active-vpn", "hybrid-backup-tgw"])
def test_a_tunnel_whose_endpoint_does_not_answer_is_down(topology: str) -> None:
    watched = Watched(topology)
    first = watched.lab.plan.tunnels[0]
    watched.meters.mute.add(first.aws.node)
    with watched.collector.running():
        told = {each.tunnel: each.up for each in watched.collector.look().tunnels}
    assert told == {each.name: each != first for each in watched.lab.plan.tunnels}
