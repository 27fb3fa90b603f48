"""Every kind of fault on a lab in memory: it breaks what it says, and undoing is safe whatever happened in between."""

from contextlib import suppress
from pathlib import Path

import pytest

import lab.faults
from lab.errors import InputError, NodeError
from lab.faults import descriptions, inject, inject_for_good, undo
from lab.intent import resolve_fault
from lab.model.broken import Broken
from lab.model.fault import (
    FAULT_KINDS,
    DaemonKill,
    Fault,
    Freeze,
    NodeKill,
)
from lab.model.status import Difference
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.networks import HYBRID, planned
from tests.shipped import CHECKS, shipped_check, shipped_plan
from tests.unit.faults.examples import EXAMPLES

ONLY_WITH_ITS_KERNEL = {"delay"}
"""Kinds that few kernels support. Their example checks are in docs/checks, where no run finds them by itself."""


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


def test_every_kind_of_fault_has_a_description() -> None:
    assert set(descriptions()) == set(FAULT_KINDS)
    for text in descriptions().values():
        assert text.endswith(".")
        assert len(text) > 20


@each_fault
def test_a_fault_says_what_it_holds_and_what_it_breaks(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    effect = fault.effect(whole.plan)
    assert effect.holds
    assert effect.breaks != Broken()


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
def test_a_fault_in_force_shows_all_its_marks(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    marks = fault.effect(whole.plan).marks
    with inject(fault, whole):
        at = whole.differences_at({mark.node for mark in marks})
    assert marks
    assert [mark for mark in marks if not any(mark.fits(each.place, each.found) for each in at)] == []


@each_fault
def test_a_fault_for_good_stays_until_the_lab_is_healed(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    inject_for_good(fault, whole)
    assert _told(whole.differences()) == found
    assert _told(whole.heal()) == found
    assert whole.differences() == ()


@each_fault
def test_a_fault_of_an_earlier_command_is_undone_alone(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    inject_for_good(fault, whole)
    undo(fault, whole)
    assert whole.differences() == ()


@each_fault
def test_undoing_breaks_nothing_if_the_fault_is_over(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    undo(fault, whole)
    assert whole.differences() == ()


@each_fault
def test_undoing_is_safe_after_the_lab_was_healed(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
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
def test_an_exception_in_the_block_is_raised_and_the_fault_undone(whole: FakeLab, fault: Fault, found: set[tuple[str, str]]) -> None:
    with suppress(KeyboardInterrupt), inject(fault, whole):
        raise KeyboardInterrupt
    assert whole.differences() == ()


def test_killed_nodes_are_isolated_before_they_freeze_and_resume_before_they_are_reunited(whole: FakeLab) -> None:
    """The kernel of a frozen node keeps forwarding. Without isolation first, the fault would be another one for a moment."""
    _enter_and_leave(NodeKill(nodes=("vpn1-1", "vpn1-2")), whole)
    assert whole.calls == ["isolate"] * 2 + ["pause"] * 2 + ["resume"] * 2 + ["reunite"] * 2


def test_an_endpoint_dies_after_the_med_is_lowered_and_is_back_before_the_med_is_restored(whole: FakeLab) -> None:
    fault, _ = EXAMPLES["endpoint-replacement"]
    _enter_and_leave(fault, whole)
    assert whole.calls == ["change_router", "kill_daemon", "kill_daemon", "start_daemon", "start_daemon", "restore_router"]


def test_closed_sessions_are_reset_after_the_prefixes_are_withdrawn(whole: FakeLab) -> None:
    fault, _ = EXAMPLES["prefix-overflow"]
    _enter_and_leave(fault, whole)
    assert whole.calls == ["change_router", "restore_router", "clear_session", "clear_session"]


def test_daemons_that_are_dead_cannot_be_broken_again(whole: FakeLab) -> None:
    with inject(DaemonKill(node="vgw", daemon="bgpd"), whole):
        with pytest.raises(NodeError, match="bgpd of vgw does not run"):
            inject_for_good(Freeze(node="vgw", daemon="bgpd"), whole)
        assert _told(whole.differences()) == {("vgw:bgpd", "dead")}


@pytest.mark.parametrize(
    "second",
    [NodeKill(nodes=("vpn1-1", "vgw")), Freeze(node="vgw"), Freeze(node="vgw", daemon="bgpd"), DaemonKill(node="vgw", daemon="bgpd")],
)
def test_a_dead_node_is_not_broken_again_and_stays_dead(whole: FakeLab, second: Fault) -> None:
    inject_for_good(NodeKill(nodes=("vgw",)), whole)
    dead = whole.differences()
    with pytest.raises(NodeError, match="a fault has already frozen or killed vgw"):
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
def test_a_fault_named_on_a_command_line_can_be_injected_and_undone(whole: FakeLab, kind: str, target: str) -> None:
    with inject(resolve_fault(whole.plan, kind, target), whole):
        assert whole.differences() != ()
    assert whole.differences() == ()


@pytest.mark.parametrize("target", ["vif1", "dx1", "carrier-a", "conduit"])
@pytest.mark.parametrize("kind", ["bgp-shutdown", "prefix-withdrawal", "prefix-overflow", "link-down", "silent-loss"])
def test_direct_connects_parts_can_be_broken_by_name_and_undone(kind: str, target: str) -> None:
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
