"""Every kind of fault on the real lab: it bites, it is undone, and what a killed command left in force is healed."""

import pytest

from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.engine.arrival import wait_until_good
from lab.faults import inject, inject_for_good
from lab.intent import read_parameters, resolve_fault
from lab.model.fault import FAULT_KINDS, Fault
from lab.model.plan import Plan
from lab.runtime.lab import RunningLab

EXAMPLES = {
    "link-down": "dci",
    "flap": "dci count=2",
    "silent-loss": "dc1-gw1--isp-a",
    "partial-loss": "isp-a loss=5%",
    "mtu-drop": "dc1-gw1--isp-a mtu=1400 way=a-to-b",
    "rate-limit": "isp-a rate=10mbit",
    "node-kill": "vpn1-1",
    "node-restart": "dc1-gw1",
    "freeze": "dc1-gw1",
    "tunnel-down": "vpn1",
    "daemon-kill": "dc1-gw1/bgpd",
    "longer-prefix": "vpn1",
    "static-route": "vpn1",
}
"""Target and parameters as on a command line."""

ELSEWHERE = {"bgp-shutdown", "carrier-loss"}
"""Need Direct Connect, which this lab has not: the table of behaviours and the shipped checks show them."""

NOT_EVERYWHERE = {"delay"}
"""Needs a kernel with netem: the contract shows it where there is one, and what is said where not."""

MORE = [
    *EXAMPLES.items(),
    ("freeze", "dc1-core/zebra"),
    ("daemon-kill", "vpn2-1/charon:vpn2-1"),
    ("daemon-kill", "dc2-gw1/zebra"),
    ("node-restart", "vpn1-1"),
    ("node-restart", "internet"),
]


def _fault(plan: Plan, kind: str, words: str) -> Fault:
    target, *said = words.split()
    return resolve_fault(plan, kind, target, read_parameters(said))


def test_there_is_an_example_of_every_kind() -> None:
    assert set(EXAMPLES) | ELSEWHERE | NOT_EVERYWHERE == set(FAULT_KINDS)


@pytest.mark.parametrize(("kind", "words"), MORE)
def test_a_fault_bites_and_is_undone(lab: RunningLab, kind: str, words: str) -> None:
    with inject(_fault(lab.plan, kind, words), lab):
        assert lab.differences() != ()
    wait_until_good(lab, GOOD_WITHIN_SECONDS)
    assert lab.differences() == ()


@pytest.mark.parametrize(("kind", "words"), MORE)
def test_a_fault_left_in_force_is_healed(lab: RunningLab, kind: str, words: str) -> None:
    inject_for_good(_fault(lab.plan, kind, words), lab)
    assert lab.heal() != ()
    wait_until_good(lab, GOOD_WITHIN_SECONDS)
    assert lab.differences() == ()
