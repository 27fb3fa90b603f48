"""The contract of every runtime about impaired cables and restarted nodes. Part of the suite for the fixture `lab`."""

import re

import pytest

from lab.errors import HostError, NodeError
from lab.faults import inject
from lab.model.fault import Delay
from lab.model.impairment import Bandwidth, Impairment, RandomLoss, SizeLimit
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing
from tests.contract.samples import CABLE, CORE, DAEMON, NODE
from tests.contract.test_promises import eventually, left_whole  # noqa: F401 - left_whole comes after every test here, too

LATE = Delay(links=(CABLE,), seconds=0.02, jitter_seconds=0.005)
SLOW = Bandwidth(bits_per_second=10_000_000)
IMPAIRMENTS: tuple[Impairment, ...] = (RandomLoss(part=0.05), SizeLimit(octets=1400), SLOW)


def test_delay_works_or_the_error_says_why_not_and_what_to_do(lab: LabUnderTest) -> None:
    refusal = _refusal_to_delay(lab)
    if refusal is not None:
        assert re.fullmatch(r"this kernel does not support netem\. .+ \(.+\)", refusal)
        with pytest.raises(NodeError, match="on dc1-core, eth3 cannot have a queue"):
            lab.impair(lab.plan.link(CABLE).a, LATE.impairment)
        return
    with inject(LATE, lab):
        assert {difference.found for difference in lab.differences()} == {"holds packets up (netem)"}
    assert lab.differences() == ()
    end = lab.plan.link(CABLE).a
    for impairment, kind in ((LATE.impairment, "netem"), (SLOW, "tbf"), (LATE.impairment, "netem")):
        lab.impair(end, impairment)
        assert [difference.found for difference in lab.differences()] == [f"holds packets up ({kind})"]
    lab.clear(end, SLOW)
    assert lab.differences() == ()


@pytest.mark.parametrize("impairment", IMPAIRMENTS, ids=lambda each: type(each).__name__)
def test_a_later_impairment_of_a_kind_replaces_the_earlier_and_clearing_is_safe_twice(lab: LabUnderTest, impairment: Impairment) -> None:
    end = lab.plan.link(CABLE).a
    lab.require_possible(impairment)
    for _ in range(2):
        lab.impair(end, impairment)
    assert len(lab.differences()) == 1
    for _ in range(2):
        lab.clear(end, impairment)
    assert lab.differences() == ()


def test_impairments_of_different_kinds_are_independent(lab: LabUnderTest) -> None:
    end = lab.plan.link(CABLE).a
    for impairment in IMPAIRMENTS:
        lab.impair(end, impairment)
    for left, impairment in zip((2, 1, 0), IMPAIRMENTS, strict=True):
        lab.clear(end, impairment)
        assert len(lab.differences()) == left


def test_a_node_with_a_dead_daemon_is_not_shut_off(lab: LabUnderTest) -> None:
    lab.kill_daemon(CORE, DAEMON)
    with pytest.raises(NodeError, match=f"{DAEMON} of {CORE} does not run"):
        lab.shut_off(CORE)
    assert eventually(lambda: {(each.place, each.found) for each in lab.differences()} == {(f"{CORE}:{DAEMON}", "dead")})


def test_a_node_boots_with_everything_it_had_and_a_second_boot_changes_nothing(lab: LabUnderTest) -> None:
    lab.shut_off(CORE)
    assert eventually(lambda: any(f"to {CORE}" in late for late in missing(lab)))
    for _ in range(2):
        lab.boot(CORE)
    assert eventually(lambda: missing(lab) == () == lab.differences()), (missing(lab), lab.differences())


def test_clearing_no_impairment_and_booting_a_running_node_is_fine(lab: LabUnderTest) -> None:
    for end in (lab.plan.link(CABLE).a, lab.plan.link(CABLE).b):
        for impairment in (*IMPAIRMENTS, LATE.impairment):
            lab.clear(end, impairment)
    lab.boot(NODE)
    assert lab.differences() == ()


def _refusal_to_delay(lab: LabUnderTest) -> str | None:
    try:
        lab.require_possible(LATE.impairment)
    except HostError as error:
        return str(error)
    return None
