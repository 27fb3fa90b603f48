"""What each kind of action changes: sessions, route-maps, announcements and routes, in bgpd's words."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from lab.compiler import compile_topology
from lab.model.automation import ActionKind, Automation, ExtraRoute, Order, PlannedAutomation
from lab.model.plan import Ipsec, Timers
from lab.runtime.frr import routers
from tests.shipped import shipped_topology


def planned(order: Order) -> PlannedAutomation:
    """The one automation of hybrid-backup, with this action."""
    topology = replace(shipped_topology("hybrid-backup"), automations=(Automation(name="x", rule="FlowLossHigh", order=order),))
    (found,) = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE).automations
    return found


def lines(found: PlannedAutomation) -> list[str]:
    return [line for change in found.changes for line in routers.spelled(change).lines]


def undo(found: PlannedAutomation) -> list[str]:
    return [line for change in found.changes for line in routers.spelled(change).undo]


def test_a_shutdown_is_done_at_the_customers_router() -> None:
    found = planned(Order(kind=ActionKind.SHUT, target="vpn1"))
    assert found.nodes == ("dc2-r1",)
    assert lines(found)[:2] == ["router bgp 65002", "neighbor 169.254.10.1 shutdown"]
    assert [str(each.neighbor) for each in found.closes] == ["169.254.10.1", "169.254.10.5"]
    assert [(str(each.source), str(each.target)) for each in found.echoes] == [
        ("169.254.10.2", "169.254.10.1"),
        ("169.254.10.6", "169.254.10.5"),
    ]


def test_opening_begins_the_session_anew_at_both_ends_and_changes_nothing() -> None:
    found = planned(Order(kind=ActionKind.OPEN, target="vif1"))
    assert [each.node for each in found.resets] == ["loc-a-1", "dc1-r1"]
    assert (found.changes, found.nodes) == ((), ("loc-a-1", "dc1-r1"))


def test_prepending_puts_entries_before_the_planned_ones_and_undoing_removes_them() -> None:
    found = planned(Order(kind=ActionKind.PREPEND, target="vif1", times=2))
    assert lines(found)[:5] == [
        "route-map AWS-OUT-vif1 permit 6",
        "match ip address prefix-list OWN",
        "set comm-list INTERNAL-TAGS delete",
        "set as-path prepend 65001 65001",
        "exit",
    ]
    assert "match community FROM-DCI" in lines(found)
    assert undo(found)[:2] == ["no route-map AWS-OUT-vif1 permit 6", "no route-map AWS-OUT-vif1 permit 7"]
    assert found.closes == ()


def test_a_local_preference_replaces_the_community() -> None:
    found = planned(Order(kind=ActionKind.PREFER, target="vif1", community="7224:7100"))
    assert lines(found)[1:3] == ["match ip address prefix-list OWN", "set community 7224:7100"]
    assert "set comm-list INTERNAL-TAGS delete" not in lines(found)


def test_one_prefix_is_withheld_by_a_list_of_its_own() -> None:
    found = planned(Order(kind=ActionKind.WITHDRAW, target="vif1", prefix=IPv4Network("10.1.0.0/16")))
    assert lines(found)[:3] == [
        "ip prefix-list HELD-BACK-AWS-OUT-vif1 seq 1 permit 10.1.0.0/16",
        "route-map AWS-OUT-vif1 deny 1",
        "match ip address prefix-list HELD-BACK-AWS-OUT-vif1",
    ]
    assert undo(found)[:2] == ["no route-map AWS-OUT-vif1 deny 1", "no ip prefix-list HELD-BACK-AWS-OUT-vif1"]
    assert found.closes == ()


def test_withdrawing_everything_closes_the_path() -> None:
    found = planned(Order(kind=ActionKind.WITHDRAW, target="vif1"))
    assert lines(found)[0] == "route-map AWS-OUT-vif1 deny 1"
    assert len(found.closes) == 1


def test_a_prefix_is_announced_in_addition() -> None:
    found = planned(Order(kind=ActionKind.ANNOUNCE, target="vpn1", prefix=IPv4Network("10.2.0.0/17")))
    assert "network 10.2.0.0/17" in lines(found)
    assert found.echoes == ()


@pytest.mark.parametrize(
    ("side", "first"),
    [
        ("aws", ExtraRoute(node="vpn1-1", prefix=IPv4Network("10.2.0.0/16"), interface="vpn1-1")),
        ("site", ExtraRoute(node="dc2-r1", prefix=IPv4Network("172.31.0.0/16"), interface="vpn1-1", metric=1)),
    ],
)
def test_static_routes_lead_into_both_tunnels(side: str, first: ExtraRoute) -> None:
    found = planned(Order(kind=ActionKind.ROUTE, target="vpn1", side=side))
    assert (len(found.routes), replace(found.routes[0], interface="vpn1-1")) == (2, first)
    assert found.changes == ()


def test_aws_tells_its_gateway_also_a_part_of_a_prefix_that_an_automation_routes() -> None:
    half = IPv4Network("10.2.0.0/17")
    order = Order(kind=ActionKind.ROUTE, target="vpn1", side="aws", prefix=half)
    topology = replace(shipped_topology("hybrid-backup"), automations=(Automation(name="x", rule="FlowDown", order=order),))
    router = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE).node("vpn1-1").router
    assert router
    assert [half in each.prefixes for each in router.prefix_lists if each.name == "STATIC"] == [True]
