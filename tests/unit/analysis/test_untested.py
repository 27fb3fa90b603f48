"""Checks that prove nothing: untested promises, faults that touch no flow, flows on another first path. And symmetry."""

from dataclasses import replace

import pytest

from lab.analysis.report import verdict_of
from lab.analysis.verdict import judge
from lab.model.broken import NOTHING, Broken
from lab.model.check import Check, Expectation, Promise, When, control_check
from lab.model.event import Event, FaultEnded, FaultStarted, FlowRecorded
from lab.model.outcome import Status
from tests.shipped import shipped_plan
from tests.unit.analysis.overlapping import OUTER_OUT, flow, nested, told
from tests.unit.analysis.samples import DIRECT, ROUND, lost, path

STAYS = (path(DIRECT, 0, 1990),)
BACK = (path(DIRECT[::-1], 0, 1990),)
CORE = Broken(nodes=("dc1-core",))
NO_FLOW = (
    "the faults touched no flow: no flow passed what the faults broke, lost a packet or changed its path "
    "(choose another target; of equal paths, break each in turn; or write touches: nothing if this is intended)"
)
OTHER = flow(paths=(path(("dc2-host", "dc2-core", "dc2-gw1", "vpn3-1", "vgw", "app-host"), 0, 1990),), name="dc2-app")
KEPT = Expectation(flow="dc1-app", during=Promise(outage_at_most=0.0))
BOTH = nested(KEPT, Expectation(flow="dc2-app", during=Promise(outage_at_most=0.0)))


def _judged(check: Check, events: list[Event], *, strict: bool = False) -> tuple[Status, list[str]]:
    judged = judge(check, shipped_plan(), events, strict=strict)
    return judged.status, judged.reason.splitlines()


def test_a_flow_that_passed_nothing_broken_and_felt_nothing_is_untouched_and_its_promise_untested() -> None:
    events = told(BOTH, flow(paths=STAYS), OTHER, breaks=CORE)
    verdict = verdict_of([*events, judge(BOTH, shipped_plan(), events)], "j")
    assert {each.flow: each.untouched for each in verdict.flows} == {"dc1-app": False, "dc2-app": True}
    assert (verdict.status, verdict.promises, verdict.untested) == (Status.PASS, 2, ("dc2-app",))


def test_strict_makes_an_untested_promise_a_broken_one() -> None:
    events = told(BOTH, flow(paths=STAYS), OTHER, breaks=CORE)
    assert _judged(BOTH, events) == (Status.PASS, [])
    words = "dc2-app: promise not tested: the faults did not touch the flow (--strict)"
    assert _judged(BOTH, events, strict=True) == (Status.FAIL, [words])


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_a_flow_is_touched_when_either_direction_passes_what_breaks(direction: str) -> None:
    crossing = (path(("dc1-core", "a"), 0, 1990),)
    ways = [flow(paths=crossing if each == direction else STAYS, direction=each) for each in ("forward", "reverse")]  # type: ignore[arg-type]
    assert verdict_of(told(nested(KEPT), *ways, breaks=Broken(hops=(("a", "dc1-core"),))), "j").untested == ()


def test_a_flow_that_lost_a_packet_or_moved_was_touched_whatever_the_fault_says_it_breaks() -> None:
    for touched in (flow(lost(700, 1), paths=STAYS), flow()):
        assert verdict_of(told(BOTH, touched, OTHER, breaks=NOTHING), "j").untested == ("dc2-app",)


def test_a_promise_for_one_event_is_tested_by_that_event_alone() -> None:
    check = nested(
        Expectation(flow="dc1-app", directions=("forward",), when=When(step="outer", turn="begins"), then=Promise(via=("vpn1",)))
    )
    events = told(check, flow(paths=STAYS), breaks=NOTHING)
    inner_only = [replace(each, breaks=CORE) if isinstance(each, FaultStarted) and each.step == 1 else each for each in events]
    assert verdict_of(inner_only, "j").untested == ("dc1-app → when outer begins",)


def test_faults_that_touched_no_flow_are_an_error_unless_the_check_says_so() -> None:
    assert _judged(nested(KEPT), told(nested(KEPT), OTHER, breaks=CORE)) == (Status.ERROR, [NO_FLOW])
    quiet = nested(KEPT, touches_nothing=True)
    assert _judged(quiet, told(quiet, OTHER, breaks=CORE)) == (Status.PASS, [])


def test_a_check_that_says_it_touches_nothing_and_does_is_a_failure() -> None:
    loud = nested(KEPT, touches_nothing=True)
    words = "the faults touched dc1-app, but the check says touches: nothing"
    assert _judged(loud, told(loud, flow(paths=STAYS), breaks=CORE)) == (Status.FAIL, [words])


def _starting(via: str) -> Expectation:
    return Expectation(flow="dc1-app", directions=("forward",), before=(via,), during=Promise())


def test_a_flow_that_begins_elsewhere_makes_a_check_with_faults_an_error_with_the_path_seen() -> None:
    for via, told_so in (("vpn1", []), ("vpn3", [f"dc1-app →: before any fault went {' > '.join(DIRECT)}, expected via vpn3"])):
        check = nested(_starting(via))
        assert _judged(check, told(check, flow(), breaks=CORE)) == (Status.ERROR if told_so else Status.PASS, told_so)
        breaches = judge(check, shipped_plan(), told(check, flow(), breaks=CORE)).breaches
        assert [(each.what, each.flow, each.direction) for each in breaches] == [("before", "dc1-app", "forward")] * len(told_so)


def _as_drawn(expectation: Expectation) -> Check:
    return Check(name="drawn", summary="As drawn.", steps=(), expectations=(expectation,))


def _looked_at(*flows: FlowRecorded) -> list[Event]:
    """A check without a fault."""
    return [event for event in told(nested(), *flows) if not isinstance(event, FaultStarted | FaultEnded)]


def test_a_check_without_faults_that_finds_a_flow_elsewhere_is_a_failure() -> None:
    events = _looked_at(flow(paths=STAYS))
    assert _judged(_as_drawn(_starting("vpn1")), events) == (Status.PASS, [])
    words = f"dc1-app →: before any fault went {' > '.join(DIRECT)}, expected via vpn3"
    assert _judged(_as_drawn(_starting("vpn3")), events) == (Status.FAIL, [words])
    assert _judged(control_check(), events) == (Status.PASS, [])


SYMMETRIC = Expectation(flow="dc1-app", symmetric=True)


def test_both_directions_by_the_same_edges_are_symmetric_before_anything_breaks() -> None:
    same = _looked_at(flow(paths=STAYS), flow(paths=BACK, direction="reverse"))
    assert _judged(_as_drawn(SYMMETRIC), same) == (Status.PASS, [])
    other = _looked_at(flow(paths=STAYS), flow(paths=(path(ROUND[::-1], 0, 1990),), direction="reverse"))
    words = "dc1-app →: before any fault it went out through dc1-gw1 and back through dc2-gw1, but symmetric was promised"
    assert _judged(_as_drawn(SYMMETRIC), other) == (Status.FAIL, [words])


def test_directions_that_part_in_an_event_are_told_with_it() -> None:
    check = nested(SYMMETRIC)
    status, reason = _judged(check, told(check, flow(), flow(paths=BACK, direction="reverse"), breaks=CORE))
    assert status is Status.FAIL
    assert [line.partition(": ")[0] for line in reason] == [
        "dc1-app → outer begins",
        "dc1-app → link-down isp-a--internet begins",
        "dc1-app → link-down isp-a--internet ends",
    ]
    assert {line.partition(": ")[2] for line in reason} == {
        "in the end it went out through dc2-gw1 and back through dc1-gw1, but symmetric was promised"
    }


@pytest.mark.parametrize("asked", [Expectation(flow="dc1-app", before=("vpn1",)), SYMMETRIC])
def test_a_flow_that_is_only_asked_where_it_goes_may_lose_nothing(asked: Expectation) -> None:
    check = nested(asked)
    words = "lost 300 packets, but the check allows none (to allow some, write during: {outage_at_most: …})"
    assert _judged(check, told(check, flow(lost(700, 300)), breaks=CORE)) == (Status.FAIL, [f"dc1-app → during: {words}"])


def test_a_check_that_says_it_touches_nothing_is_put_to_the_test_by_just_that() -> None:
    quiet = nested(KEPT, touches_nothing=True)
    events = told(quiet, OTHER, breaks=CORE)
    assert verdict_of(events, "j").untested == ()
    assert _judged(quiet, events, strict=True) == (Status.PASS, [])


@pytest.mark.parametrize("asked", [Expectation(flow="dc2-app", before=("vpn3",)), Expectation(flow="dc2-app", symmetric=True)])
def test_promises_about_the_time_before_any_fault_are_tested_without_a_fault(asked: Expectation) -> None:
    check = nested(KEPT, asked)
    events = told(check, flow(paths=STAYS), OTHER, breaks=CORE)
    assert verdict_of(events, "j").untested == ()
    assert _judged(check, events, strict=True) == (Status.PASS, [])


def test_a_promise_for_the_time_of_the_faults_is_not_tested_by_what_comes_after_them() -> None:
    late = flow(lost(OUTER_OUT, 1), paths=STAYS)
    assert verdict_of(told(nested(KEPT), late, breaks=NOTHING), "j").untested == ("dc1-app",)
    after = nested(Expectation(flow="dc1-app", after=Promise(outage_at_most=1.0)))
    assert verdict_of(told(after, late, breaks=NOTHING), "j").untested == ()


def test_a_promise_that_one_of_several_trials_did_not_put_to_the_test_counts() -> None:
    tested, not_tested = (told(BOTH, flow(paths=STAYS), other, breaks=CORE) for other in (replace(OTHER, paths=STAYS), OTHER))
    for trials in ((tested, not_tested), (not_tested, tested)):
        events = [event for trial in trials for event in (*trial, judge(BOTH, shipped_plan(), trial))]
        assert verdict_of(events, "j").untested == ("dc2-app",)


def test_what_could_not_be_judged_was_neither_kept_nor_broken() -> None:
    for via, is_judged in (("vpn1", True), ("vpn3", False)):
        events = told(nested(_starting(via)), flow(), breaks=CORE)
        verdict = verdict_of([*events, judge(nested(_starting(via)), shipped_plan(), events)], "j")
        assert {each.is_judged for each in verdict.flows} == {is_judged}


def test_a_direction_that_passes_no_edge_is_said_to_pass_none_and_edges_are_listed_not_drawn_as_a_path() -> None:
    inside, around = (
        ("dc1-host", "dc1-core", "dc2-core", "dc2-host"),
        ("dc2-host", "dc2-core", "dc2-gw1", "vgw", "dc1-gw1", "dc1-core", "dc1-host"),
    )
    events = _looked_at(flow(paths=(path(inside, 0, 1990),)), flow(paths=(path(around, 0, 1990),), direction="reverse"))
    words = "dc1-app →: before any fault it went out through no edge and back through dc1-gw1, dc2-gw1, but symmetric was promised"
    assert _judged(_as_drawn(SYMMETRIC), events) == (Status.FAIL, [words])
