"""Verdicts: every way to pass, to fail and to be an error, each with its reason."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lab.analysis.trust import worth_another
from lab.analysis.verdict import judge
from lab.analysis.ways import passes
from lab.model.check import Promise, When, control_check
from lab.model.event import Event, FlowRecorded, LossRun
from lab.model.outcome import Status
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import AFTER, DIRECT, DURING, ROUND, SENT, check, lost, path, promise, recorded, run

STRAIGHT = (path(DIRECT, 0, 1990),)
PAUSED = "nothing was sent for 0.135 s, so a loss may have been missed; is the host overloaded?"
ALL_OF_DURING = lost(DURING, AFTER - DURING)
ALL_OF_AFTER = lost(AFTER, SENT - AFTER)


def _judged(events: Sequence[Event], *, during: Promise | None = None, after: Promise | None = None) -> tuple[Status, str]:
    judged = judge(check(promise(during=during, after=after)), shipped_plan(), events)
    return judged.status, judged.reason


def test_promises_kept_are_a_pass_without_a_word() -> None:
    kept = Promise(outage_at_most=0.3, outage_at_least=0.3, via=("dci",))
    assert _judged(run(recorded(lost(610, 30))), during=kept, after=Promise(outage_at_most=0.0)) == (Status.PASS, "")


def test_a_flow_that_is_promised_no_figure_must_only_come_back() -> None:
    assert _judged(run(recorded(lost(610, 100))), during=Promise()) == (Status.PASS, "")


@pytest.mark.parametrize(
    ("losses", "kept", "reason"),
    [
        ([lost(610, 31)], Promise(outage_at_most=0.3), "out for 0.310 s, promised at most 0.3 s"),
        ([lost(610, 31)], Promise(outage_at_least=1.5), "out for 0.310 s, expected at least 1.5 s: did the fault have an effect?"),
        ([], Promise(via=("vpn1", "us-east-1b")), f"went {' > '.join(ROUND)}, promised via vpn1 or us-east-1b"),
        ([ALL_OF_DURING], Promise(outage_at_most=9.0), "unreachable, promised reachable"),
        ([], Promise(reachable=False), "reachable, promised unreachable"),
    ],
)
def test_each_broken_promise_has_its_words(losses: list[LossRun], kept: Promise, reason: str) -> None:
    assert _judged(run(recorded(*losses)), during=kept) == (Status.FAIL, f"dc1-app → during: {reason}")


def test_a_flow_that_was_to_be_cut_off_and_is_breaks_nothing() -> None:
    assert _judged(run(recorded(ALL_OF_DURING)), during=Promise(reachable=False)) == (Status.PASS, "")


def test_what_does_not_come_back_is_told_whether_promised_or_not() -> None:
    words = "dc1-app → after: did not come back after the faults were undone"
    assert _judged(run(recorded(ALL_OF_AFTER)), during=Promise()) == (Status.FAIL, words)
    promised = _judged(run(recorded(ALL_OF_AFTER)), after=Promise(outage_at_most=0.5))
    assert promised == (Status.FAIL, f"dc1-app → after: unreachable, promised reachable\n{words}")


def test_a_flow_of_which_nobody_spoke_must_be_back_on_its_first_path_too() -> None:
    stayed = (path(DIRECT, 0, 590), path(ROUND, 660, 1990))
    events = run(recorded(), recorded(flow="dc2-app", direction="reverse", paths=stayed))
    words = f"dc2-app ← after: did not return to its path: went {' > '.join(ROUND)}, before {' > '.join(DIRECT)}"
    assert _judged(events) == (Status.FAIL, words)


def test_who_promises_another_path_for_afterwards_need_not_return() -> None:
    stayed = (path(DIRECT, 0, 590), path(ROUND, 660, 1990))
    assert _judged(run(recorded(paths=stayed)), after=Promise(via=("dci",))) == (Status.PASS, "")
    assert _judged(run(recorded(ALL_OF_AFTER)), after=Promise(reachable=False)) == (Status.PASS, "")


def test_a_promise_for_one_direction_does_not_bind_the_other_which_then_must_lose_nothing() -> None:
    spoken_of = run(recorded(lost(610, 10)), recorded(direction="reverse"))
    assert _judged(spoken_of, during=Promise(outage_at_most=0.1)) == (Status.PASS, "")
    words = "lost 200 packets, but the check allows none (to allow some, write during: {outage_at_most: …})"
    slow = run(recorded(), recorded(lost(610, 200), direction="reverse"))
    assert _judged(slow, during=Promise(outage_at_most=0.0)) == (Status.FAIL, f"dc1-app ← during: {words}")


def test_every_broken_promise_is_a_line() -> None:
    kept = Promise(outage_at_most=0.1, via=("vpn1",))
    status, reason = _judged(run(recorded(lost(610, 31)), recorded(ALL_OF_AFTER, direction="reverse")), during=kept)
    assert status is Status.FAIL
    assert [line.partition(": ")[0] for line in reason.splitlines()] == [
        "dc1-app → during",
        "dc1-app → during",
        "dc1-app ← after",
        "dc1-app ← after",
    ]


def test_an_error_comes_before_any_failure() -> None:
    late = run(recorded(ALL_OF_AFTER), error="vpn1-1: charon does not answer")
    assert _judged(late) == (Status.ERROR, "vpn1-1: charon does not answer")


def test_packets_lost_before_any_fault_spoil_the_measurement() -> None:
    events = run(recorded(lost(DURING - 4, 400)))
    assert _judged(events, during=Promise(outage_at_most=0.0)) == (
        Status.ERROR,
        "dc1-app →: 4 packets lost before any fault; is the host overloaded?",
    )


def test_a_pause_of_the_sender_is_told_once_for_all_streams() -> None:
    events = run(recorded(pause=0.135), recorded(direction="reverse", pause=0.135))
    assert _judged(events) == (Status.ERROR, PAUSED)


def test_a_pause_of_one_stream_names_it() -> None:
    events = run(recorded(), recorded(direction="reverse", pause=0.135))
    assert _judged(events) == (Status.ERROR, f"dc1-app ←: {PAUSED}")


@pytest.mark.parametrize(
    ("flow", "error", "is_only_that"),
    [
        (recorded(pause=0.135, paths=STRAIGHT), None, True),
        (recorded(paths=STRAIGHT), None, False),
        (recorded(lost(610, 2), pause=0.135, paths=STRAIGHT), None, False),
        (recorded(pause=0.135, paths=STRAIGHT), "vpn1-1: charon does not answer", False),
    ],
)
def test_a_control_run_may_have_failed_for_a_pause_and_nothing_else(flow: FlowRecorded, error: str | None, *, is_only_that: bool) -> None:
    assert worth_another(control_check(), run(flow, error=error)) is is_only_that


def test_a_flow_nobody_saw_before_the_fault_cannot_be_judged() -> None:
    assert _judged(run(recorded(paths=()))) == (Status.ERROR, "dc1-app →: no path was seen before the fault")


def test_a_run_without_recordings_cannot_be_judged() -> None:
    assert _judged(run()) == (Status.ERROR, "no flow was recorded")


def test_a_run_broken_off_cannot_be_judged() -> None:
    assert _judged(run(recorded())[:-1]) == (Status.ERROR, "the run was interrupted before the check ended")
    assert _judged(run()[:-1]) == (Status.ERROR, "the run was interrupted before the check ended")


def test_a_control_run_may_lose_nothing() -> None:
    whole = recorded(paths=(path(DIRECT, 0, 1990),))
    assert judge(control_check(), shipped_plan(), run(whole)).status is Status.PASS
    judged = judge(control_check(), shipped_plan(), run(recorded(lost(610, 2), paths=(path(DIRECT, 0, 1990),))))
    assert judged.status is Status.ERROR
    assert judged.reason == "dc1-app →: 2 packets lost without any fault; is the host overloaded?"


@pytest.mark.parametrize(
    ("target", "direct", "around"),
    [
        ("vpn1-1", True, False),
        ("dc1-gw1", True, False),
        ("isp-b", False, True),
        ("us-east-1a", True, True),
        ("us-east-1b", False, False),
        ("vpn3", False, True),
        ("dc2", False, True),
        ("dci", False, True),
        ("isp-a--internet", True, False),
        ("vgw", True, True),
    ],
)
def test_a_path_passes_a_node_a_group_or_a_link(target: str, direct: bool, around: bool) -> None:
    assert (passes(DIRECT, shipped_plan(), target), passes(ROUND, shipped_plan(), target)) == (direct, around)


def test_a_link_is_passed_in_either_direction_and_only_from_end_to_end() -> None:
    plan = shipped_plan()
    assert passes(ROUND[::-1], plan, "dci")
    assert not passes(("dc1-core", "dc1-gw1", "dc2-core"), plan, "dci")
    assert not passes((), plan, "dci")


def test_two_promises_broken_alike_are_told_once() -> None:
    kept = Promise(outage_at_most=0.1)
    twice = replace(promise(during=kept), when=When(step="dci", turn="begins"), then=kept)
    judged = judge(check(twice), shipped_plan(), run(recorded(lost(610, 30))))
    assert judged.reason == "dc1-app → during: out for 0.300 s, promised at most 0.1 s"
