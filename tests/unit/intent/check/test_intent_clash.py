"""Clashes: which steps may be in force together, and which could not be undone separately."""

import pytest

from lab.intent.check.clash import clash, kept_waiting
from lab.intent.faults import resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.check import Step
from lab.model.fault import Flap
from tests.shipped import shipped_plan
from tests.unit.intent.samples import small_plan

PLAN = small_plan()

GATEWAY, AWS = "dc1-gw1", "vpn1-1"


def step(kind: str, target: str, at: float = 2.0, duration: float = 10.0) -> Step:
    fault = resolve_fault(PLAN, kind, target, Parameters())
    return Step(kind=kind, target=target, fault=fault, at=at, duration=duration)


@pytest.mark.parametrize(
    ("restarting", "telling"),
    [
        (("daemon-kill", f"{GATEWAY}/bgpd"), ("prefix-withdrawal", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/bgpd"), ("longer-prefix", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/zebra"), ("prefix-withdrawal", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/bgpd"), ("freeze", GATEWAY)),
        (("daemon-kill", f"{AWS}/charon:vpn1-1"), ("wrong-key", "vpn1-1")),
        (("daemon-kill", "vgw/bgpd"), ("association-loss", "dxgw")),
        (("node-restart", GATEWAY), ("tunnel-down", "vpn1-1")),
        (("node-restart", GATEWAY), ("link-down", "isp-a")),
        (("node-restart", AWS), ("static-route", "vpn1")),
        (("node-restart", AWS), ("freeze", f"{AWS}/bgpd")),
        (("endpoint-replacement", "vpn1-1"), ("daemon-kill", f"{AWS}/bgpd")),
        (("tunnel-down", "vpn1-1"), ("static-route", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/charon:vpn1-1"), ("static-route", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/charon:vpn1-1"), ("node-restart", AWS)),
        (("node-restart", GATEWAY), ("node-restart", AWS)),
        (("daemon-kill", "vpn1-2/bgpd"), ("endpoint-replacement", "vpn1-1")),
    ],
)
def test_a_restart_clashes_with_a_fault_that_changed_the_restarted_part(restarting: tuple[str, str], telling: tuple[str, str]) -> None:
    one, other = step(*restarting), step(*telling, at=5.0)
    for first, second in ((one, other), (other, one)):
        assert clash(PLAN, first, second)


@pytest.mark.parametrize(
    ("stopping", "telling"),
    [
        (("freeze", f"{AWS}/charon:vpn1-1"), ("tunnel-down", "vpn1-1")),
        (("freeze", f"{GATEWAY}/charon:vpn1-1"), ("daemon-kill", f"{AWS}/charon:vpn1-1")),
        (("freeze", f"{GATEWAY}/bgpd"), ("prefix-withdrawal", "vpn1")),
        (("node-kill", AWS), ("tunnel-down", "vpn1-1")),
        (("node-kill", GATEWAY), ("freeze", f"{GATEWAY}/bgpd")),
        (("node-kill", GATEWAY), ("endpoint-replacement", "vpn1-1")),
    ],
)
def test_a_stopped_part_clashes_with_a_fault_that_needs_it(stopping: tuple[str, str], telling: tuple[str, str]) -> None:
    one, other = step(*stopping), step(*telling, at=5.0)
    for first, second in ((one, other), (other, one)):
        assert clash(PLAN, first, second)


@pytest.mark.parametrize(("at", "duration"), [(2.0, 20.0), (6.9, 20.0), (1.0, 3.0)])
def test_nothing_begins_or_ends_while_an_endpoint_replacement_gives_its_notice(at: float, duration: float) -> None:
    replacing, cut = step("endpoint-replacement", "vpn1-1"), step("link-down", "isp-a", at=at, duration=duration)
    for first, second in ((replacing, cut), (cut, replacing)):
        assert kept_waiting(PLAN, first, second) == (
            "link-down isp-a begins or ends while endpoint-replacement vpn1-1 is still being put in "
            "(move link-down isp-a to before 2s, or to 7s or later)"
        )


@pytest.mark.parametrize(("at", "duration"), [(7.0, 2.0), (1.0, 6.0), (1.0, 20.0)])
def test_a_step_that_begins_and_ends_outside_that_notice_is_accepted(at: float, duration: float) -> None:
    assert kept_waiting(PLAN, step("endpoint-replacement", "vpn1-1"), step("link-down", "isp-a", at=at, duration=duration)) is None


def test_no_flap_goes_down_or_up_while_an_endpoint_replacement_gives_its_notice() -> None:
    flap = Step(kind="flap", target="dci", fault=Flap(links=("dci",), count=10), at=1.0, duration=20.0)
    assert kept_waiting(PLAN, step("endpoint-replacement", "vpn1-1"), flap)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("node-restart", GATEWAY), ("silent-loss", "isp-a")),  # a filter outlives a router's daemons
        (("node-restart", GATEWAY), ("node-restart", "dc1-core")),
        (("daemon-kill", f"{GATEWAY}/bfdd"), ("prefix-withdrawal", "vpn1")),
        (("daemon-kill", f"{GATEWAY}/bgpd"), ("link-down", "isp-a")),
        (("freeze", f"{GATEWAY}/bgpd"), ("tunnel-down", "vpn1-1")),
        (("daemon-kill", f"{AWS}/charon:vpn1-1"), ("wrong-key", "vpn1-2")),
        (("node-kill", GATEWAY), ("link-down", "isp-a")),
    ],
)
def test_what_can_be_undone_apart_may_be_in_force_together(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert clash(PLAN, step(*one), step(*other, at=5.0)) is None


def test_a_gateway_may_boot_while_its_lan_is_down_because_the_link_is_set_down_at_the_core() -> None:
    plan, link = shipped_plan("active-active-vpn"), "dc1-core--dc1-gw1"
    lan = Step(kind="link-down", target=link, fault=resolve_fault(plan, "link-down", link, Parameters()), at=2.0, duration=20.0)
    for node, may in (("dc1-gw1", True), ("dc1-core", False)):
        boot = Step(kind="node-restart", target=node, fault=resolve_fault(plan, "node-restart", node, Parameters()), at=5.0, duration=5.0)
        assert (clash(plan, lan, boot) is None) is may


def test_one_that_begins_when_the_other_has_ended_clashes_with_nothing() -> None:
    assert clash(PLAN, step("node-restart", GATEWAY), step("link-down", "isp-a", at=12.0)) is None
    assert clash(PLAN, step("link-down", "isp-a", at=12.0), step("node-restart", GATEWAY)) is None


def test_the_same_thing_is_not_broken_twice() -> None:
    reason = clash(PLAN, step("link-down", "dci", at=5.0), step("link-down", "dci"))
    assert reason == "link-down dci and link-down dci break the same thing at the same time, so to undo one of them would undo both"


def test_the_reason_names_the_part_that_both_need() -> None:
    told = step("prefix-withdrawal", "vpn1", at=5.0)
    anew = clash(PLAN, told, step("daemon-kill", f"{GATEWAY}/bgpd"))
    assert anew == "daemon-kill dc1-gw1/bgpd restarts dc1-gw1/bgpd, and so undoes prefix-withdrawal vpn1 too early"
    stopped = clash(PLAN, told, step("node-kill", GATEWAY))
    assert stopped == "node-kill dc1-gw1 stops dc1-gw1/bgpd, which prefix-withdrawal vpn1 needs"


def test_rounding_errors_do_not_make_a_step_clash_with_one_that_ends_when_it_begins() -> None:
    first, second = step("link-down", "isp-a", at=1.1, duration=2.2), step("link-down", "isp-a", at=3.3, duration=1.0)
    assert first.at + first.duration > second.at
    assert clash(PLAN, first, second) is None
