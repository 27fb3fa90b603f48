"""Faults by name: every kind finds what it breaks, and says what it could break instead."""

import pytest

from lab.errors import InputError
from lab.intent import TARGETS, resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.fault import (
    FAULT_KINDS,
    BgpShutdown,
    DaemonKill,
    Freeze,
    LinkDown,
    LongerPrefix,
    NodeKill,
    SilentLoss,
    StaticRoute,
    TunnelDown,
)
from tests.unit.intent.samples import LONGER, SESSION, STATIC, small_plan

FOUND = [
    ("link-down", "dci", LinkDown(links=("dci",))),
    ("silent-loss", "isp-a", SilentLoss(links=("dc1-gw1--isp-a",))),
    ("node-kill", "dc1", NodeKill(nodes=("dc1-core", "dc1-gw1"))),
    ("tunnel-down", "vpn1", TunnelDown(tunnels=("vpn1-1", "vpn1-2"))),
    ("freeze", "vgw", Freeze(node="vgw")),
    ("freeze", "vpn1-1/charon", Freeze(node="vpn1-1", daemon="charon:vpn1-1")),
    ("freeze", "isp-a", Freeze(node="isp-a")),
    ("daemon-kill", "dc1-gw1/bgpd", DaemonKill(node="dc1-gw1", daemon="bgpd")),
    ("daemon-kill", "dc1-gw1/charon:vpn1-2", DaemonKill(node="dc1-gw1", daemon="charon:vpn1-2")),
    ("bgp-shutdown", "vif1", BgpShutdown(sessions=(SESSION,))),
    ("longer-prefix", "vpn1", LongerPrefix(announcements=(LONGER,))),
    ("static-route", "vpn1", StaticRoute(routes=STATIC)),
]


@pytest.mark.parametrize(("kind", "target", "fault"), FOUND)
def test_a_fault_finds_what_it_breaks(kind, target, fault):
    assert resolve_fault(small_plan(), kind, target) == fault


def test_every_kind_of_fault_can_be_named():
    assert {kind for kind, _, _ in FOUND} == set(FAULT_KINDS)


def test_every_kind_of_fault_says_what_it_takes():
    assert list(TARGETS) == list(FAULT_KINDS)


def test_silent_loss_may_have_a_way():
    assert resolve_fault(small_plan(), "silent-loss", "dci", Parameters(way="b-to-a")) == SilentLoss(links=("dci",), way="b-to-a")


def test_a_wrong_word_on_the_command_line_is_told_at_its_place():
    with pytest.raises(InputError, match=r"^lab-break: no fault 'link-don' \(did you mean 'link-down'\?"):
        resolve_fault(small_plan(), "link-don", "dci")
    with pytest.raises(
        InputError, match=r"^TARGET: nothing that link-down can break is named 'dcj' \(did you mean 'dci'\?; known: dci, isp-a\)$"
    ):
        resolve_fault(small_plan(), "link-down", "dcj", place="TARGET")


@pytest.mark.parametrize("kind", [*FAULT_KINDS, "explode"])
@pytest.mark.parametrize("target", ["", "/", "//", "dci/bgpd", "vgw/bgpd/x", "x" * 10_000, "vpn1-1/charon:", "a\nb"])
def test_no_word_whatever_it_is_gives_anything_but_input_error(kind, target):
    with pytest.raises(InputError):
        resolve_fault(small_plan(), kind, target)
