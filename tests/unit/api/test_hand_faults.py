"""Faults by hand: which are still in force, and which could not be undone separately."""

import math

import pytest

from lab.api.hand_faults import behind, meant, reconfigured_by, require_apart
from lab.errors import InputError
from lab.faults import inject
from lab.intent import read_parameters, resolve_fault
from lab.model.check import Step
from lab.model.status import HandFault
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan

PLAN = shipped_plan()


def _by_hand(kind: str, target: str, *parameters: str) -> HandFault:
    return HandFault(kind=kind, target=target, parameters=parameters, since="2026-01-02T03:04:05.678+00:00")


def _step(kind: str, target: str, *parameters: str) -> Step:
    fault = resolve_fault(PLAN, kind, target, read_parameters(parameters))
    return Step(kind=kind, target=target, fault=fault, at=0.0, duration=math.inf)


def test_a_fault_is_in_force_only_while_the_lab_shows_it() -> None:
    kept = (_by_hand("partial-loss", "dci", "loss=5%"), _by_hand("link-down", "isp-a"), _by_hand("ike-delete", "vpn1-1"))
    lab = FakeLab(PLAN)
    with inject(_step("partial-loss", "dci", "loss=5%").fault, lab):
        assert behind(lab.differences(), kept, PLAN) == kept[:1]
    assert behind(lab.differences(), kept, PLAN) == ()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ("silent-loss", "dci"),
            "silent-loss dci and silent-loss dci break the same thing at the same time, so to undo one of them would undo both",
        ),
        (
            ("node-restart", "vpn1-1"),
            "and so undoes wrong-key vpn1-1 too early",
        ),
    ],
)
def test_a_fault_that_could_not_be_undone_separately_is_refused(words: tuple[str, str], reason: str) -> None:
    before = (_by_hand("silent-loss", "dci", "way=a-to-b"), _by_hand("wrong-key", "vpn1-1"))
    with pytest.raises(InputError) as refused:
        require_apart(_step(*words), before, PLAN)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("lab-break: ")
    assert str(refused.value).endswith(" (run ./inv lab-heal first)")


def test_an_endpoint_that_was_replaced_blocks_no_later_fault() -> None:
    require_apart(_step("link-down", "isp-b"), (_by_hand("endpoint-replacement", "vpn1-1"),), PLAN)


IN_FORCE = (_by_hand("silent-loss", "dx1"), _by_hand("partial-loss", "dci", "loss=5%"), _by_hand("silent-loss", "isp-a"))


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["dx1"], IN_FORCE[:1]),
        (["silent-loss isp-a"], IN_FORCE[2:]),
        (["partial-loss"], IN_FORCE[1:2]),
        (["partial-loss  dci loss=5%", "dx1"], IN_FORCE[:2]),
    ],
)
def test_a_fault_in_force_is_named_by_kind_and_target_or_by_one_of_both(words: list[str], chosen: tuple[HandFault, ...]) -> None:
    assert meant(words, IN_FORCE) == chosen


def test_words_that_mean_no_fault_or_several_are_refused_together() -> None:
    with pytest.raises(InputError) as refused:
        meant(["silent-loss", "dx2"], IN_FORCE)
    known = "(in force: 'silent-loss dx1', 'partial-loss dci loss=5%', 'silent-loss isp-a')"
    assert str(refused.value).splitlines() == [
        f"--fault: 'silent-loss' means several faults in force {known}",
        f"--fault: 'dx2' is no fault in force {known}",
    ]
    with pytest.raises(InputError, match="in force: none"):
        meant(["dx1"], ())


def test_routers_that_a_fault_has_reconfigured_are_known_and_no_others() -> None:
    kept = (_by_hand("longer-prefix", "vpn1"), _by_hand("link-down", "isp-a"), _by_hand("wrong-key", "vpn2-1"))
    assert reconfigured_by(kept[1:2], PLAN) == frozenset()
    assert reconfigured_by(kept, PLAN) == {"dc1-gw1", "vpn2-1"}  # AWS forgets the key of a tunnel
