"""What routers are told by hand: lines in the order in which bgpd takes them, and back again."""

import os
from collections.abc import Callable
from ipaddress import IPv4Address

import pytest

from lab.errors import NodeError
from lab.runtime import routers
from tests.networks import HYBRID, HYBRID_TGW, planned

(SESSION,) = planned(HYBRID).target("vif1").sessions
(LONGER,) = planned(HYBRID_TGW).target("vpn1").announcements
AT_ONCE = ["end", "clear bgp ipv4 unicast 169.254.11.1 soft out", "clear bgp ipv4 unicast 169.254.11.5 soft out"]


@pytest.mark.parametrize(
    ("shut", "command"), [(True, "neighbor 100.65.0.0 shutdown"), (False, "no neighbor 100.65.0.0 shutdown")], ids=["shut", "open"]
)
def test_a_session_is_shut_and_opened_at_awss_speaker(shut: bool, command: str) -> None:
    assert (SESSION.node, SESSION.neighbor) == ("loc-a-1", IPv4Address("100.65.0.0"))
    assert routers.setting(SESSION, shut=shut) == ["router bgp 65551", command]


def test_prefixes_are_let_out_before_they_are_originated_and_the_neighbors_told_at_once() -> None:
    assert routers.announcing(LONGER) == [
        "ip prefix-list BEYOND-PLAN seq 1 permit 10.1.0.0/17",
        "ip prefix-list BEYOND-PLAN seq 2 permit 10.1.128.0/17",
        "route-map AWS-OUT-vpn1 permit 5",
        "match ip address prefix-list BEYOND-PLAN",
        "exit",
        "router bgp 65001",
        "address-family ipv4 unicast",
        "network 10.1.0.0/17",
        "network 10.1.128.0/17",
        *AT_ONCE,
    ]


def test_withdrawing_takes_back_every_line_of_announcing_in_the_opposite_order() -> None:
    assert routers.withdrawing(LONGER) == [
        "router bgp 65001",
        "address-family ipv4 unicast",
        "no network 10.1.0.0/17",
        "no network 10.1.128.0/17",
        "exit",
        "exit",
        "no route-map AWS-OUT-vpn1 permit 5",
        "no ip prefix-list BEYOND-PLAN",
        *AT_ONCE,
    ]


def test_the_entry_let_out_by_stands_before_all_that_a_plan_has() -> None:
    edge = next(file.text for file in planned(HYBRID_TGW).node(LONGER.node).files if file.path == "frr/bgpd.conf")
    planned_entries = [int(line.split()[-1]) for line in edge.splitlines() if line.startswith(f"route-map {LONGER.route_map} ")]
    assert planned_entries
    assert min(planned_entries) > 5
    assert "BEYOND-PLAN" not in edge


@pytest.mark.parametrize(
    "verb",
    [
        lambda pid: routers.set_session(pid, SESSION, shut=True),
        lambda pid: routers.announce(pid, LONGER),
        lambda pid: routers.withdraw(pid, LONGER),
        routers.configuration,
    ],
    ids=["set_session", "announce", "withdraw", "configuration"],
)
def test_a_router_that_does_not_answer_is_a_node_error(verb: Callable[[int], object]) -> None:
    gone = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(gone, 0)
    with pytest.raises(NodeError, match=r"^bgpd: does not answer on its control socket"):
        verb(gone)
