"""The contract of every runtime about actions of automations. Part of the suite for the fixture `lab`."""

from contextlib import ExitStack
from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from lab.actions import act
from lab.compiler import compile_topology
from lab.model.automation import ActionKind, Automation, Order, PlannedAutomation
from lab.model.plan import Ipsec, Timers
from lab.runtime.capabilities import LabUnderTest
from tests.contract.samples import NODE
from tests.contract.test_promises import eventually, left_whole  # noqa: F401 - left_whole comes after every test here, too
from tests.shipped import shipped_topology

PREFIX, HALF = IPv4Network("10.1.0.0/16"), IPv4Network("10.1.0.0/17")
ORDERS = {
    "bgp-shutdown": Order(kind=ActionKind.SHUT, target="vpn1"),
    "prepend": Order(kind=ActionKind.PREPEND, target="vpn1", times=2),
    "withdraw all": Order(kind=ActionKind.WITHDRAW, target="vpn1"),
    "withdraw one": Order(kind=ActionKind.WITHDRAW, target="vpn1", prefix=PREFIX),
    "announce": Order(kind=ActionKind.ANNOUNCE, target="vpn1", prefix=HALF),
    "static-route aws": Order(kind=ActionKind.ROUTE, target="vpn1", side="aws"),
    "static-route site": Order(kind=ActionKind.ROUTE, target="vpn1", side="site"),
}
each_action = pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)


def planned(order: Order) -> PlannedAutomation:
    topology = replace(shipped_topology("active-active-vpn"), automations=(Automation(name="x", rule="FlowDown", order=order),))
    (found,) = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE).automations
    return found


def places(lab: LabUnderTest) -> set[str]:
    return {each.place.partition(":")[0] for each in lab.differences()}


@each_action
def test_an_action_in_force_is_a_difference_and_an_undone_one_is_none(lab: LabUnderTest, order: Order) -> None:
    with ExitStack() as undo:
        act(planned(order), lab, undo)
        assert places(lab) == set(planned(order).nodes)
    assert eventually(lambda: lab.differences() == ()), lab.differences()


@each_action
def test_heal_removes_an_action_and_undoing_it_afterwards_is_safe(lab: LabUnderTest, order: Order) -> None:
    with ExitStack() as undo:
        act(planned(order), lab, undo)
        assert {each.place.partition(":")[0] for each in lab.heal()} == set(planned(order).nodes)
        assert eventually(lambda: lab.differences() == ()), lab.differences()
    assert eventually(lambda: lab.differences() == ()), lab.differences()


def test_opening_a_healthy_session_only_restarts_it(lab: LabUnderTest) -> None:
    opened = planned(Order(kind=ActionKind.OPEN, target="vpn1"))
    assert NODE in opened.nodes
    with ExitStack() as undo:
        act(opened, lab, undo)
    assert eventually(lambda: lab.differences() == ()), lab.differences()
