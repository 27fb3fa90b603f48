"""Trust: which measurements are rejected, with which reason, and which of them are tried again."""

from dataclasses import replace

import pytest

from lab.analysis.trust import rejections, worth_another
from lab.analysis.verdict import judge
from lab.model.check import Promise, control_check
from lab.model.event import Compared, Event, FaultEnded, FaultStarted, LoadSeen
from lab.model.evidence import HostLoad
from lab.model.outcome import Status
from lab.model.status import Comparison, Difference
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import AFTER, DIRECT, SENT, check, lost, path, promise, recorded, run

CHECK = check(promise(during=Promise()))
STRAIGHT = (path(DIRECT, 0, 1990),)


def _unseen(events: list[Event]) -> list[Event]:
    return [replace(event, seen=False) if isinstance(event, FaultEnded) else event for event in events]


def _compared(*differences: Difference) -> Compared:
    counts = {"nodes": 1, "daemons": 1, "interfaces": 1, "addresses": 1, "static_routes": 0, "learned_routes": 2, "sessions": 1}
    return Compared(comparison=Comparison(**counts, tunnels=0, differences=differences))


def test_a_fault_that_was_late_is_another_check_and_tried_again() -> None:
    events = [replace(event, due=4.7) if isinstance(event, FaultStarted) else event for event in run(recorded(paths=STRAIGHT))]
    words = (
        "link-down dci was put in 0.300 s later than scheduled (4.7 s); the host or the step before was slow "
        "(leave more time between steps); is the host overloaded?"
    )
    assert rejections(CHECK, events) == (words,)
    assert worth_another(CHECK, events)


@pytest.mark.parametrize("due", [None, 9.8, 10.0])
def test_a_fault_that_comes_out_in_time_or_waits_for_one_that_ends_with_it_is_not_late(due: float | None) -> None:
    events = [replace(event, due=due) if isinstance(event, FaultEnded) else event for event in run(recorded(paths=STRAIGHT))]
    assert rejections(CHECK, events) == ()


def test_a_fault_without_any_effect_proves_nothing_and_is_tried_again() -> None:
    events = _unseen(run(recorded(paths=STRAIGHT)))
    reason = "the lab showed no effect of link-down dci just before the fault was undone"
    assert rejections(CHECK, events) == (reason,)
    assert judge(CHECK, shipped_plan(), events).reason == reason
    assert worth_another(CHECK, events)


@pytest.mark.parametrize(
    ("load", "words"),
    [
        (HostLoad(busy=0.42, stalled=0.05, latest_probe_seconds=0.1), "(processors busy 42%, programs waited for one 5% of the time)"),
        (HostLoad(busy=0.97, stalled=None, latest_probe_seconds=0.1), "(processors busy 97%: overloaded)"),
    ],
)
def test_where_the_host_may_be_the_reason_its_load_is_told(load: HostLoad, words: str) -> None:
    events = [*run(recorded(pause=0.2, paths=STRAIGHT)), LoadSeen(load=load)]
    assert rejections(CHECK, events) == (f"nothing was sent for 0.200 s, so a loss may have been missed {words}",)


def test_a_check_that_lost_packets_before_a_fault_is_tried_again_but_a_control_run_is_not() -> None:
    events = run(recorded(lost(300, 4), paths=STRAIGHT))
    assert rejections(CHECK, events)
    assert worth_another(CHECK, events)
    assert rejections(control_check(), events)
    assert not worth_another(control_check(), events)


def test_what_can_be_trusted_is_not_tried_again() -> None:
    events = run(recorded(lost(610, 5), paths=STRAIGHT))
    assert rejections(CHECK, events) == ()
    assert not worth_another(CHECK, events)


def test_a_fault_left_in_the_lab_is_an_error_and_a_route_that_did_not_return_is_a_failure() -> None:
    ours = _compared(Difference(place="dc1-core:eth3", found="drops packets (silent)", planned="forwards"))
    network = _compared(Difference(place="vgw", found="no route 10.1.0.0/16", planned="via vpn1-1", learned=True))
    told = [judge(CHECK, shipped_plan(), [*run(recorded(paths=STRAIGHT)), each]) for each in (ours, network)]
    assert [(each.status, each.reason) for each in told] == [
        (Status.ERROR, "not undone: dc1-core:eth3: drops packets (silent), planned: forwards"),
        (Status.FAIL, "not as before the faults: vgw: no route 10.1.0.0/16, planned: via vpn1-1"),
    ]


def test_a_flow_that_the_check_does_not_speak_of_must_lose_nothing() -> None:
    events = run(recorded(lost(610, 5), paths=STRAIGHT))
    words = "lost 5 packets, but the check allows none (to allow some, write during: {outage_at_most: …})"
    judged = judge(check(), shipped_plan(), events)
    assert (judged.status, judged.reason) == (Status.FAIL, f"dc1-app → during: {words}")


def test_a_flow_that_may_lose_nothing_during_the_faults_may_lose_nothing_after_unless_the_check_says_so() -> None:
    nothing, some = Promise(outage_at_most=0.0), Promise(outage_at_most=0.5)
    late = run(recorded(lost(AFTER + 20, 5), paths=STRAIGHT))
    told = judge(check(promise(during=nothing)), shipped_plan(), late)
    assert (told.status, "after: lost 5 packets; the check allows none during the faults" in told.reason) == (Status.FAIL, True)
    assert judge(check(promise(during=nothing, after=some)), shipped_plan(), late).status is Status.PASS
    assert judge(check(promise(during=some)), shipped_plan(), late).status is Status.PASS


def test_a_flow_that_goes_on_losing_packets_has_not_recovered_though_its_last_second_is_whole() -> None:
    drizzle = [lost(number, 1) for number in range(AFTER + 50, SENT - 110, 200)]
    told = judge(
        check(promise(during=Promise(), after=Promise(outage_at_most=0.5))), shipped_plan(), run(recorded(*drizzle, paths=STRAIGHT))
    )
    assert (told.status, told.reason) == (Status.FAIL, "dc1-app → after: still lost packets at the end: 2 in the last 5 s")


def test_packets_still_on_their_way_when_the_recording_ends_do_not_count_as_lost() -> None:
    on_its_way = run(recorded(lost(SENT - 40, 40), paths=STRAIGHT))
    assert judge(check(promise(during=Promise())), shipped_plan(), on_its_way).status is Status.PASS


def test_a_recording_that_ends_before_the_faults_are_undone_is_an_error() -> None:
    cut_short = replace(recorded(paths=STRAIGHT), sent=AFTER)
    told = judge(check(promise(during=Promise(), after=Promise(outage_at_most=0.5))), shipped_plan(), run(cut_short))
    assert (told.status, "nothing was sent after the faults were undone" in told.reason) == (Status.ERROR, True)
