"""Changes of routers by hand: bgpd's lines in their order, and the lines that undo them."""

import os
from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Network

import pytest

from lab.api.outlines import read_outline
from lab.errors import NodeError
from lab.model.bgp import Announcement
from lab.model.change import Announced, MedShown, SessionShut, Withheld
from lab.model.plan import Timers
from lab.runtime.frr import routers
from tests.networks import HYBRID, HYBRID_TGW, planned
from tests.told_cases import case

(SESSION,) = planned(HYBRID).target("vif1").sessions
(LONGER,) = planned(HYBRID_TGW).target("vpn1").announcements
MORE = Announced(announcement=LONGER)
AT_ONCE = ["end", "clear bgp ipv4 unicast 169.254.11.1 soft out", "clear bgp ipv4 unicast 169.254.11.5 soft out"]


def test_a_session_is_shut_and_opened_at_awss_speaker() -> None:
    assert (SESSION.node, SESSION.neighbor) == ("loc-a-1", IPv4Address("100.65.0.0"))
    told = routers.spelled(SessionShut(session=SESSION))
    assert told.lines == ("router bgp 65551", "neighbor 100.65.0.0 shutdown")
    assert told.undo == ("router bgp 65551", "no neighbor 100.65.0.0 shutdown")


def test_withheld_prefixes_are_denied_first_and_neighbors_are_told_at_once() -> None:
    told = routers.spelled(Withheld(outlet=LONGER.outlet))
    assert told.lines == ("route-map AWS-OUT-vpn1 deny 1", *AT_ONCE)
    assert told.undo == ("no route-map AWS-OUT-vpn1 deny 1", *AT_ONCE)


def test_a_med_goes_back_to_what_the_plan_shows() -> None:
    shown = planned(HYBRID).tunnel("vpn1-2").shown
    assert shown
    told = routers.spelled(MedShown(planned=shown, med=50))
    refresh = ("end", "clear bgp ipv4 unicast 169.254.11.6 soft out")
    assert told.lines == ("route-map CUSTOMER-OUT permit 10", "set metric 50", *refresh)
    assert told.undo == ("route-map CUSTOMER-OUT permit 10", "set metric 200", *refresh)
    bgpd = next(file.text for file in planned(HYBRID).node("vpn1-2").files if file.path == "frr/bgpd.conf")
    assert "route-map CUSTOMER-OUT permit 10\n set metric 200\n" in bgpd


def test_prefixes_are_permitted_before_they_are_originated_and_neighbors_are_told_at_once() -> None:
    assert list(routers.spelled(MORE).lines) == [
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
    assert list(routers.spelled(MORE).undo) == [
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


def test_prefixes_that_are_not_passed_on_carry_the_no_advertise_community() -> None:
    told = routers.spelled(Announced(announcement=replace(LONGER, passed_on=False)))
    plain = list(routers.spelled(MORE).lines)
    place = plain.index("match ip address prefix-list BEYOND-PLAN") + 1
    assert list(told.lines) == [*plain[:place], "set community no-advertise", *plain[place:]]
    assert told.undo == routers.spelled(MORE).undo


def test_the_entry_of_an_announcement_comes_before_all_entries_of_a_plan() -> None:
    edge = next(file.text for file in planned(HYBRID_TGW).node(LONGER.outlet.node).files if file.path == "frr/bgpd.conf")
    planned_entries = [int(line.split()[-1]) for line in edge.splitlines() if line.startswith(f"route-map {LONGER.outlet.route_map} ")]
    assert planned_entries
    assert min(planned_entries) > 5
    assert "BEYOND-PLAN" not in edge


@pytest.mark.parametrize(
    "verb",
    [
        lambda pid: routers.change(pid, MORE),
        lambda pid: routers.restore(pid, MORE),
        lambda pid: routers.clear(pid, SESSION),
        routers.configuration,
    ],
    ids=["change", "restore", "clear", "configuration"],
)
def test_a_router_that_does_not_answer_is_a_node_error(verb: Callable[[int], object]) -> None:
    gone = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(gone, 0)
    with pytest.raises(NodeError, match=r"^bgpd does not answer on its control socket"):
        verb(gone)


def test_what_is_changed_of_ipv6_is_said_in_its_words() -> None:
    plan = read_outline(str(case("ipv6-without-bfd")), Timers.TUNED)
    (outlet,) = plan.target("tvif-sto-ipv6").outlets
    prefix = IPv6Network("2001:db8:140::/49")
    withheld = routers.spelled(Withheld(outlet=outlet, prefixes=(prefix,)))
    listed = "HELD-BACK-AWS-OUT-tvif-sto-IPV6"
    assert withheld.lines == (
        f"ipv6 prefix-list {listed} seq 1 permit {prefix}",
        "route-map AWS-OUT-tvif-sto-IPV6 deny 1",
        f"match ipv6 address prefix-list {listed}",
        "end",
        f"clear bgp ipv6 unicast {outlet.neighbors[0]} soft out",
    )
    more = routers.spelled(Announced(announcement=Announcement(outlet=outlet, prefixes=(prefix,))))
    assert f"ipv6 prefix-list BEYOND-PLAN seq 1 permit {prefix}" in more.lines
    assert "address-family ipv6 unicast" in more.lines
