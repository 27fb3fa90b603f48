"""Every kind of fault on a lab in memory: it breaks what it says, and undoing it is safe whatever has happened meanwhile."""

from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest

import lab.faults
from lab.errors import InputError, NodeError
from lab.faults import descriptions, inject, inject_for_good
from lab.intent import resolve_fault
from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet, ShownMed
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
from lab.model.plan import Route
from lab.model.status import Difference
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.networks import HYBRID, planned
from tests.shipped import CHECKS, shipped_check, shipped_plan

ONLY_WITH_ITS_KERNEL = {"delay"}
"""Kinds that few kernels can do: their examples lie in docs/checks, and not where every run finds them."""


def _session(node: str, neighbor: str) -> BgpSession:
    return BgpSession(node=node, asn=65551, neighbor=IPv4Address(neighbor), neighbor_node="dc1-gw1")


def _outlet(node: str, neighbor: str) -> Outlet:
    sessions = (_session("vpn1-1", "169.254.10.2"), _session("vpn1-2", "169.254.10.6"))
    return Outlet(node=node, asn=65001, route_map="AWS-OUT-vpn1", neighbors=(IPv4Address(neighbor),), sessions=sessions, prefix_limit=2)


def _longer(node: str, neighbor: str) -> Announcement:
    return Announcement(outlet=_outlet(node, neighbor), prefixes=tuple(IPv4Network("10.1.0.0/16").subnets()))


FOUR = tuple(IPv4Network("10.1.0.0/16").subnets(prefixlen_diff=2))
NO_ANSWER = "IKE charon does not answer, child none"
OTHER = MedShown(planned=ShownMed(node="vpn1-2", route_map="CUSTOMER-OUT", entry=10, neighbor=IPv4Address("169.254.10.6"), med=200), med=50)

EXAMPLES: dict[str, tuple[Fault, set[tuple[str, str]]]] = {
    "link-down": (
        LinkDown(links=("dci", "isp-a--internet")),
        {("dc1-core:eth3", "down"), ("isp-a:eth0", "down")},
    ),
    "silent-loss": (
        SilentLoss(links=("dci",)),
        {("dc1-core", "drops packets (silent-eth3)"), ("dc2-core", "drops packets (silent-eth3)")},
    ),
    "silent-loss a-to-b": (SilentLoss(links=("dci",), way="a-to-b"), {("dc2-core", "drops packets (silent-eth3)")}),
    "silent-loss b-to-a": (SilentLoss(links=("dci",), way="b-to-a"), {("dc1-core", "drops packets (silent-eth3)")}),
    "carrier-loss": (CarrierLoss(links=("isp-a--internet",)), {("internet:eth0", "down")}),
    "flap": (Flap(links=("dci",), count=3), {("dc1-core:eth3", "down")}),
    "partial-loss": (
        PartialLoss(links=("dci",), loss=0.05),
        {("dc1-core", "drops packets (lossy-eth3)"), ("dc2-core", "drops packets (lossy-eth3)")},
    ),
    "partial-loss a-to-b": (PartialLoss(links=("dci",), loss=0.05, way="a-to-b"), {("dc2-core", "drops packets (lossy-eth3)")}),
    "mtu-drop": (
        MtuDrop(links=("dci",), mtu=1400),
        {("dc1-core", "drops packets (oversize-eth3)"), ("dc2-core", "drops packets (oversize-eth3)")},
    ),
    "mtu-drop b-to-a": (MtuDrop(links=("dci",), mtu=1400, way="b-to-a"), {("dc1-core", "drops packets (oversize-eth3)")}),
    "rate-limit": (
        RateLimit(links=("dci",), bits_per_second=10_000_000),
        {("dc1-core:eth3", "holds packets up (tbf)"), ("dc2-core:eth3", "holds packets up (tbf)")},
    ),
    "rate-limit a-to-b": (
        RateLimit(links=("dci",), bits_per_second=10_000_000, way="a-to-b"),
        {("dc1-core:eth3", "holds packets up (tbf)")},
    ),
    "delay": (
        Delay(links=("dci",), seconds=0.02, jitter_seconds=0.005),
        {("dc1-core:eth3", "holds packets up (netem)"), ("dc2-core:eth3", "holds packets up (netem)")},
    ),
    "delay b-to-a": (Delay(links=("dci",), seconds=0.02, way="b-to-a"), {("dc2-core:eth3", "holds packets up (netem)")}),
    "node-restart": (
        NodeRestart(nodes=("vgw", "dc1-host")),
        {(f"vgw:eth{number}", "down") for number in range(9)}
        | {(f"vgw:{daemon}", "dead") for daemon in ("mgmtd", "zebra", "bfdd", "bgpd")}
        | {("dc1-host:eth0", "down")},
    ),
    "node-kill": (
        NodeKill(nodes=("dc1-gw1", "dc1-gw2")),
        {(node, found) for node in ("dc1-gw1", "dc1-gw2") for found in ("frozen", "drops packets (dead)")},
    ),
    "freeze": (Freeze(node="dc1-core"), {("dc1-core", "frozen")}),
    "freeze of a daemon": (Freeze(node="dc1-core", daemon="bgpd"), {("dc1-core:bgpd", "frozen")}),
    "tunnel-down": (
        TunnelDown(tunnels=("vpn1-1", "vpn1-2")),
        {("vpn1-1", "IKE none, child none"), ("vpn1-2", "IKE none, child none")},
    ),
    "daemon-kill": (DaemonKill(node="vgw", daemon="bgpd"), {("vgw:bgpd", "dead")}),
    "daemon-kill of a charon": (
        DaemonKill(node="dc1-gw1", daemon="charon:vpn1-1"),
        {("dc1-gw1:charon:vpn1-1", "dead"), ("vpn1-1", "IKE charon does not answer, child none")},
    ),
    "bgp-shutdown": (
        BgpShutdown(sessions=(_session("vpn1-1", "169.254.10.2"), _session("vpn1-2", "169.254.10.6"))),
        {("vpn1-1:bgpd", "reconfigured"), ("vpn1-2:bgpd", "reconfigured")},
    ),
    "longer-prefix": (
        LongerPrefix(announcements=(_longer("dc1-gw1", "169.254.10.1"), _longer("dc1-gw2", "169.254.10.9"))),
        {("dc1-gw1:bgpd", "reconfigured"), ("dc1-gw2:bgpd", "reconfigured")},
    ),
    "prefix-withdrawal": (
        PrefixWithdrawal(outlets=(_outlet("dc1-gw1", "169.254.10.1"), _outlet("dc1-gw2", "169.254.10.9"))),
        {("dc1-gw1:bgpd", "reconfigured"), ("dc1-gw2:bgpd", "reconfigured")},
    ),
    "prefix-overflow": (
        PrefixOverflow(announcements=(replace(_longer("dc1-gw1", "169.254.10.1"), prefixes=FOUR),)),
        {("dc1-gw1:bgpd", "reconfigured"), *((f"vpn1-{number}:bgpd", "Idle (PfxCt) to dc1-gw1") for number in (1, 2))},
    ),
    "association-loss": (
        AssociationLoss(legs=(AssociationLeg(session=_session("vgw", "100.64.0.20"), link="dci"),)),
        {("vgw:bgpd", "reconfigured"), ("dc1-core", "drops packets (silent-eth3)"), ("dc2-core", "drops packets (silent-eth3)")},
    ),
    "ike-delete": (IkeDelete(tunnels=("vpn1-1",)), {("vpn1-1", "IKE none, child none")}),
    "rekey-failure": (
        RekeyFailure(tunnels=("vpn1-1",)),
        {("dc1-gw1:charon:vpn1-1", "reconfigured"), ("vpn1-1", "IKE ESTABLISHED, child none")},
    ),
    "wrong-key": (
        WrongKey(tunnels=("vpn1-1",)),
        {("vpn1-1:charon:vpn1-1", "reconfigured"), ("vpn1-1", "IKE none, child none")},
    ),
    "endpoint-replacement": (
        EndpointReplacement(tunnel="vpn1-1", endpoint="vpn1-1", customer="dc1-gw1", other=OTHER),
        {("vpn1-1:charon:vpn1-1", "dead"), ("vpn1-1:bgpd", "dead"), ("vpn1-2:bgpd", "reconfigured"), ("vpn1-1", NO_ANSWER)},
    ),
    "static-route": (
        StaticRoute(routes=tuple((node, Route(prefix=IPv4Network("10.1.0.0/16"), interface="ipsec0")) for node in ("vpn1-1", "vpn1-2"))),
        {("vpn1-1", "route 10.1.0.0/16 out of ipsec0"), ("vpn1-2", "route 10.1.0.0/16 out of ipsec0")},
    ),
}
each_fault = pytest.mark.parametrize(("fault", "found"), EXAMPLES.values(), ids=EXAMPLES)


@pytest.fixture
def whole() -> FakeLab:
    return FakeLab(shipped_plan())


def _told(differences: tuple[Difference, ...]) -> set[tuple[str, str]]:
    return {(difference.place, difference.found) for difference in differences}


def test_every_kind_of_fault_has_an_example_here() -> None:
    assert {type(fault) for fault, _ in EXAMPLES.values()} == set(FAULT_KINDS.values())


def test_every_kind_of_fault_has_a_file_of_its_own() -> None:
    files = {path.stem.replace("_", "-") for path in Path(lab.faults.__file__).parent.glob("*/*.py")}
    assert set(FAULT_KINDS) == files - {"--init--"}


def test_every_kind_of_fault_has_a_description_of_one_sentence() -> None:
    assert set(descriptions()) == set(FAULT_KINDS)
    for text in descriptions().values():
        assert text.endswith(".")
        assert len(text) > 20


def test_every_kind_of_fault_is_used_by_a_shipped_check() -> None:
    used = {step.kind for topology, name in CHECKS for step in shipped_check(topology, name).steps}
    assert used == set(FAULT_KINDS) - ONLY_WITH_ITS_KERNEL


@pytest.mark.parametrize(("topology", "name"), CHECKS)
def test_every_step_of_a_shipped_check_breaks_something_and_can_be_undone(topology: str, name: str) -> None:
    for step in shipped_check(topology, name).steps:
        stage = FakeLab(shipped_plan(topology))
        with inject(step.fault, stage):
            assert stage.differences() != ()
        assert stage.differences() == ()


@each_fault
def test_a_fault_breaks_what_it_names_and_nothing_else(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    with inject(fault, whole):
        assert _told(whole.differences()) == found
    assert whole.differences() == ()


@each_fault
def test_a_fault_for_good_stays_until_the_lab_is_healed(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    inject_for_good(fault, whole)
    assert _told(whole.differences()) == found
    assert _told(whole.heal()) == found
    assert whole.differences() == ()


@each_fault
def test_undoing_is_safe_when_everything_has_been_put_right_already(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    with inject(fault, whole):
        assert _told(whole.heal()) == found
    assert whole.differences() == ()


@pytest.mark.parametrize("done", [False, True])
@each_fault
def test_a_fault_that_fails_half_way_is_undone_at_once(fault: Fault, found: set[tuple[str, str]], done: bool) -> None:
    for call in range(_calls_to_put_in(fault)):
        for put_in in (inject_for_good, _enter_and_leave):
            stage = FakeLab(shipped_plan(), Refusal(call=call, done=done))
            with pytest.raises(NodeError, match=f"call {call} is refused"):
                put_in(fault, stage)
            assert stage.differences() == ()


@each_fault
def test_when_one_undoing_fails_the_others_still_happen(fault: Fault, found: set[tuple[str, str]]) -> None:
    calls = _calls_in_and_out(fault)
    for call in range(_calls_to_put_in(fault), calls):
        stage = FakeLab(shipped_plan(), Refusal(call=call))
        with pytest.raises(NodeError, match=f"call {call} is refused"):
            _enter_and_leave(fault, stage)
        assert len(stage.calls) == calls
        assert stage.heal() != ()
        assert stage.differences() == ()


@each_fault
def test_what_happens_in_the_block_is_passed_on_and_the_fault_undone(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    with suppress(KeyboardInterrupt), inject(fault, whole):
        raise KeyboardInterrupt
    assert whole.differences() == ()


def test_dead_nodes_are_cut_off_before_they_freeze_and_go_on_before_they_are_back(whole: FakeLab) -> None:
    """A frozen node's kernel forwards on: for a moment it would be broken in another way than it says."""
    _enter_and_leave(NodeKill(nodes=("vpn1-1", "vpn1-2")), whole)
    assert whole.calls == ["isolate"] * 2 + ["pause"] * 2 + ["resume"] * 2 + ["reunite"] * 2


def test_an_endpoint_goes_after_the_other_tunnel_was_recommended_and_is_back_before_that_ends(whole: FakeLab) -> None:
    fault, _ = EXAMPLES["endpoint-replacement"]
    _enter_and_leave(fault, whole)
    assert whole.calls == ["change_router", "kill_daemon", "kill_daemon", "start_daemon", "start_daemon", "restore_router"]


def test_sessions_shut_out_are_reset_only_when_the_prefixes_are_gone(whole: FakeLab) -> None:
    fault, _ = EXAMPLES["prefix-overflow"]
    _enter_and_leave(fault, whole)
    assert whole.calls == ["change_router", "restore_router", "clear_session", "clear_session"]


def test_daemons_that_are_dead_cannot_be_broken_again(whole: FakeLab) -> None:
    with inject(DaemonKill(node="vgw", daemon="bgpd"), whole):
        with pytest.raises(NodeError, match="vgw: bgpd does not run"):
            inject_for_good(Freeze(node="vgw", daemon="bgpd"), whole)
        assert _told(whole.differences()) == {("vgw:bgpd", "dead")}


@pytest.mark.parametrize(
    "second",
    [NodeKill(nodes=("vpn1-1", "vgw")), Freeze(node="vgw"), Freeze(node="vgw", daemon="bgpd"), DaemonKill(node="vgw", daemon="bgpd")],
)
def test_a_dead_node_is_not_broken_again_and_stays_dead(whole: FakeLab, second: Fault) -> None:
    inject_for_good(NodeKill(nodes=("vgw",)), whole)
    dead = whole.differences()
    with pytest.raises(NodeError, match="vgw: is frozen or dead by a fault"):
        inject_for_good(second, whole)
    assert whole.differences() == dead


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("link-down", "dc1-core--dc1-gw1"),
        ("silent-loss", "isp-a"),
        ("node-kill", "us-east-1a"),
        ("freeze", "vpn1-1/charon"),
        ("tunnel-down", "vpn1"),
        ("daemon-kill", "dc1-core/zebra"),
        ("longer-prefix", "vpn1"),
        ("bgp-shutdown", "vpn1-2"),
        ("prefix-withdrawal", "vpn1"),
        ("prefix-overflow", "vpn1"),
        ("ike-delete", "vpn1"),
        ("rekey-failure", "vpn1"),
        ("wrong-key", "vpn1"),
        ("endpoint-replacement", "vpn1-2"),
        ("static-route", "vpn1"),
    ],
)
def test_what_a_command_line_names_can_be_broken_and_mended(whole: FakeLab, kind: str, target: str) -> None:
    with inject(resolve_fault(whole.plan, kind, target), whole):
        assert whole.differences() != ()
    assert whole.differences() == ()


@pytest.mark.parametrize("target", ["vif1", "dx1", "carrier-a", "conduit"])
@pytest.mark.parametrize("kind", ["bgp-shutdown", "prefix-withdrawal", "prefix-overflow", "link-down", "silent-loss"])
def test_what_direct_connect_is_made_of_can_be_broken_by_its_name_and_mended(kind: str, target: str) -> None:
    stage = FakeLab(planned(HYBRID))
    if kind in {"link-down", "silent-loss"} and target == "vif1":
        with pytest.raises(InputError, match="is a virtual interface"):
            resolve_fault(stage.plan, kind, target)
        return
    with inject(resolve_fault(stage.plan, kind, target), stage):
        assert stage.differences() != ()
    assert stage.differences() == ()


def _calls_to_put_in(fault: Fault) -> int:
    counting = FakeLab(shipped_plan())
    inject_for_good(fault, counting)
    return len(counting.calls)


def _calls_in_and_out(fault: Fault) -> int:
    counting = FakeLab(shipped_plan())
    _enter_and_leave(fault, counting)
    return len(counting.calls)


def _enter_and_leave(fault: Fault, stage: FakeLab) -> None:
    with inject(fault, stage):
        pass
