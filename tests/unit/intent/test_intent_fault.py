"""Faults by name: every kind finds what it breaks, and otherwise lists what it can break."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from lab.errors import InputError
from lab.intent import EXAMPLES, NEEDED, TARGETS, resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.bgp import Announcement, ShownMed
from lab.model.change import MedShown
from lab.model.fault import (
    FAULT_KINDS,
    AssociationLoss,
    BgpShutdown,
    CarrierLoss,
    DaemonKill,
    Delay,
    EndpointReplacement,
    Fault,
    Flap,
    Freeze,
    IkeDelete,
    LinkDown,
    LongerPrefix,
    MtuDrop,
    NodeKill,
    NodeRestart,
    PartialLoss,
    PrefixOverflow,
    PrefixWithdrawal,
    RateLimit,
    RekeyFailure,
    SilentLoss,
    StaticRoute,
    TunnelDown,
    WrongKey,
)
from tests.shipped import shipped_plan
from tests.unit.intent.samples import LEG, LONGER, OUTLET, SESSION, SHOWN, STATIC, small_plan

TOO_MANY = Announcement(
    outlet=OUTLET, prefixes=tuple(map(IPv4Network, ("198.18.0.0/28", "198.18.0.16/28", "198.18.0.32/28"))), passed_on=False
)
"""One more than the two prefixes that AWS accepts there."""


def replaced(tunnel: str, other: ShownMed) -> EndpointReplacement:
    """The fault, with the MED that the connection's other tunnel shows during it."""
    return EndpointReplacement(tunnel=tunnel, endpoint=tunnel, customer="dc1-gw1", other=MedShown(planned=other, med=50))


FOUND = [
    ("link-down", "dci", LinkDown(links=("dci",))),
    ("silent-loss", "isp-a", SilentLoss(links=("dc1-gw1--isp-a",))),
    ("node-kill", "dc1", NodeKill(nodes=("dc1-core", "dc1-gw1"))),
    ("node-restart", "isp-a", NodeRestart(nodes=("isp-a",))),
    ("tunnel-down", "vpn1", TunnelDown(tunnels=("vpn1-1", "vpn1-2"))),
    ("freeze", "vgw", Freeze(node="vgw")),
    ("freeze", "vpn1-1/charon", Freeze(node="vpn1-1", daemon="charon:vpn1-1")),
    ("freeze", "isp-a", Freeze(node="isp-a")),
    ("daemon-kill", "dc1-gw1/bgpd", DaemonKill(node="dc1-gw1", daemon="bgpd")),
    ("daemon-kill", "dc1-gw1/charon:vpn1-2", DaemonKill(node="dc1-gw1", daemon="charon:vpn1-2")),
    ("bgp-shutdown", "vif1", BgpShutdown(sessions=(SESSION,))),
    ("longer-prefix", "vpn1", LongerPrefix(announcements=(LONGER,))),
    ("static-route", "vpn1", StaticRoute(routes=STATIC)),
    ("prefix-withdrawal", "vpn1", PrefixWithdrawal(outlets=(OUTLET,))),
    ("prefix-overflow", "vpn1", PrefixOverflow(announcements=(TOO_MANY,))),
    ("association-loss", "dxgw", AssociationLoss(legs=(LEG,))),
    ("ike-delete", "vpn1", IkeDelete(tunnels=("vpn1-1", "vpn1-2"))),
    ("rekey-failure", "vpn1-1", RekeyFailure(tunnels=("vpn1-1",))),
    ("wrong-key", "vpn1-2", WrongKey(tunnels=("vpn1-2",))),
    ("endpoint-replacement", "vpn1-1", replaced("vpn1-1", SHOWN[1])),
    ("endpoint-replacement", "vpn1-2", replaced("vpn1-2", SHOWN[0])),
]


TOLD: list[tuple[str, str, Parameters, Fault]] = [
    ("flap", "dci", Parameters(count=5), Flap(links=("dci",), count=5)),
    ("partial-loss", "dci", Parameters(loss=0.05), PartialLoss(links=("dci",), loss=0.05)),
    ("partial-loss", "dci", Parameters(loss=0.05, way="a-to-b"), PartialLoss(links=("dci",), loss=0.05, way="a-to-b")),
    ("mtu-drop", "isp-a", Parameters(mtu=1400), MtuDrop(links=("dc1-gw1--isp-a",), mtu=1400)),
    ("rate-limit", "dci", Parameters(rate=10_000_000), RateLimit(links=("dci",), bits_per_second=10_000_000)),
    ("delay", "dci", Parameters(delay=0.02, jitter=0.005), Delay(links=("dci",), seconds=0.02, jitter_seconds=0.005)),
]
ON_CIRCUITS: list[tuple[str, str, Parameters, Fault]] = [
    ("carrier-loss", "dx1", Parameters(side="customer"), CarrierLoss(links=("dc1-r1--dx1",))),
    ("carrier-loss", "dx1", Parameters(side="aws"), CarrierLoss(links=("dx1--loc-a-1",))),
    ("carrier-loss", "carrier-b", Parameters(side="aws"), CarrierLoss(links=("dx2--loc-b-1",))),
    ("partial-loss", "dx1", Parameters(loss=0.05), PartialLoss(links=("dc1-r1--dx1",), loss=0.05)),
    ("delay", "dx1--loc-a-1", Parameters(delay=0.02), Delay(links=("dx1--loc-a-1",), seconds=0.02)),
]
"""A packet passes both cables of a circuit, so the fault goes into one of them."""


@pytest.mark.parametrize(("kind", "target", "fault"), FOUND)
def test_a_fault_finds_what_it_breaks(kind, target, fault):
    assert resolve_fault(small_plan(), kind, target) == fault


@pytest.mark.parametrize(("kind", "target", "said", "fault"), TOLD)
def test_a_fault_is_what_is_said_of_it(kind, target, said, fault):
    assert resolve_fault(small_plan(), kind, target, said) == fault


@pytest.mark.parametrize(("kind", "target", "said", "fault"), ON_CIRCUITS)
def test_a_fault_of_a_circuit_finds_the_half_that_is_meant(kind, target, said, fault):
    assert resolve_fault(shipped_plan("redundant-dx"), kind, target, said) == fault


def test_every_kind_of_fault_can_be_named():
    assert {kind for kind, *_ in (*FOUND, *TOLD, *ON_CIRCUITS)} == set(FAULT_KINDS)


@pytest.mark.parametrize("kind", [kind for kind in FAULT_KINDS if NEEDED[kind]])
def test_what_a_kind_needs_is_asked_for_with_an_example_of_both_ways_to_say_it(kind):
    (needed,) = NEEDED[kind]
    with pytest.raises(InputError) as caught:
        resolve_fault(shipped_plan("redundant-dx"), kind, "dx1")
    written = f"in a check: {needed}: {EXAMPLES[needed]}; on the command line: --with {needed}={EXAMPLES[needed]}"
    assert str(caught.value) == f"lab-break: {kind} needs {needed} ({written})"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Parameters(delay=0.0), "expected a delay of more than 0s and at most 10s, found 0s"),
        (Parameters(delay=11.0), "expected a delay of more than 0s and at most 10s, found 11s"),
        (
            Parameters(delay=0.01, jitter=0.02),
            r"jitter is larger than delay: packets would arrive before they are sent \(reduce jitter\)",
        ),
    ],
)
def test_a_delay_that_cannot_be_is_told(said, message):
    with pytest.raises(InputError, match=f"^lab-break: {message}$"):
        resolve_fault(small_plan(), "delay", "dci", said)


def test_only_what_has_circuits_loses_the_light_of_one_side():
    with pytest.raises(
        InputError,
        match=r"'dci' is an interconnect, but carrier-loss breaks Direct Connect connections and members of LAGs \(.*known: dx1, dx2",
    ):
        resolve_fault(shipped_plan("redundant-dx"), "carrier-loss", "dci", Parameters(side="aws"))


def test_every_kind_of_fault_says_what_it_takes():
    assert list(TARGETS) == list(FAULT_KINDS)


def test_aws_replaces_one_endpoint_at_a_time():
    with pytest.raises(InputError, match=r"'vpn1' has 2 tunnels; AWS replaces one endpoint at a time \(write one of vpn1-1, vpn1-2\)$"):
        resolve_fault(small_plan(), "endpoint-replacement", "vpn1")


def test_a_static_vpn_has_no_med_to_lower():
    plan = small_plan()
    static = replace(plan, tunnels=tuple(replace(tunnel, shown=None) for tunnel in plan.tunnels))
    fault = resolve_fault(static, "endpoint-replacement", "vpn1-1")
    assert isinstance(fault, EndpointReplacement)
    assert fault.other is None


def test_silent_loss_may_have_a_way():
    assert resolve_fault(small_plan(), "silent-loss", "dci", Parameters(way="b-to-a")) == SilentLoss(links=("dci",), way="b-to-a")


def test_a_wrong_word_on_the_command_line_is_told_at_its_place():
    with pytest.raises(InputError, match=r"^lab-break: there is no fault named 'link-don' \(did you mean 'link-down'\?"):
        resolve_fault(small_plan(), "link-don", "dci")
    with pytest.raises(InputError, match=r"^TARGET: link-down has no target named 'dcj' \(did you mean 'dci'\?; known: dci, isp-a\)$"):
        resolve_fault(small_plan(), "link-down", "dcj", place="TARGET")


@pytest.mark.parametrize("kind", [*FAULT_KINDS, "explode"])
@pytest.mark.parametrize("target", ["", "/", "//", "dci/bgpd", "vgw/bgpd/x", "x" * 10_000, "vpn1-1/charon:", "a\nb"])
def test_no_word_whatever_it_is_gives_anything_but_input_error(kind, target):
    with pytest.raises(InputError):
        resolve_fault(small_plan(), kind, target)
