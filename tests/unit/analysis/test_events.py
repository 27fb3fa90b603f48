"""Events: with several faults, each instant at which one begins or ends has its own outcome, path and promises."""

from dataclasses import replace

import pytest

from lab.analysis.happened import convergence_events, peaks
from lab.analysis.outcome import outcomes
from lab.analysis.report import verdict_of
from lab.analysis.verdict import judge
from lab.model.check import Check, Expectation, Promise, When
from lab.model.event import Event, FaultEnded, FaultStarted, FlowRecorded
from lab.model.outcome import FlowOutcome, Status
from tests.shipped import shipped_plan
from tests.unit.analysis.overlapping import (
    BEGINS,
    ENDS,
    INNER,
    INNER_BEGINS,
    INNER_ENDS,
    INNER_OUT,
    OUTER,
    OUTER_OUT,
    flow,
    nested,
    told,
)
from tests.unit.analysis.samples import DIRECT, ROUND, SENT, lost, path

CUT_OFF = lost(INNER, INNER_OUT - INNER)


def _during(promise: Promise) -> Check:
    return nested(Expectation(flow="dc1-app", directions=("forward",), during=promise))


def _when(step: str, turn: str, then: Promise, during: Promise | None = None) -> Check:
    return nested(
        Expectation(flow="dc1-app", directions=("forward",), during=during or Promise(), when=When(step=step, turn=turn), then=then)  # type: ignore[arg-type]
    )


def _judged(check: Check, *flows: FlowRecorded) -> list[str]:
    judged = judge(check, shipped_plan(), told(check, *flows))
    assert judged.status is (Status.FAIL if judged.reason else Status.PASS)
    return judged.reason.splitlines()


def _turn(number: int, *, begins: bool, step: int = 0) -> Event:
    if begins:
        return FaultStarted(step=step, kind="flap", target="dx1", event=number, before=float(number), after=number + 0.001)
    return FaultEnded(step=step, event=number, before=float(number), after=number + 0.001)


def test_each_event_is_named_after_the_steps_that_begin_and_end() -> None:
    happened = convergence_events(told(nested()))
    assert [(event.name, event.phase, event.begins, event.ends) for event in happened] == [
        (BEGINS, "during", ("outer",), ()),
        (INNER_BEGINS, "during", ("isp-a--internet",), ()),
        (INNER_ENDS, "during", (), ("isp-a--internet",)),
        (ENDS, "after", (), ("outer",)),
    ]
    assert [event.name for event in peaks(happened)] == [INNER_BEGINS]


def test_a_flap_is_an_event_each_time_and_each_time_down_is_a_peak() -> None:
    events = [_turn(number, begins=number % 2 == 0) for number in range(6)]
    happened = convergence_events(events)
    assert [event.name for event in happened][:3] == ["flap dx1 begins (1)", "flap dx1 ends (1)", "flap dx1 begins (2)"]
    assert [event.phase for event in happened] == ["during"] * 5 + ["after"]
    assert [event.number for event in peaks(happened)] == [0, 2, 4]


def test_what_ends_and_begins_at_one_instant_is_one_event() -> None:
    events = [_turn(0, begins=True), _turn(1, begins=False), _turn(1, begins=True, step=1), _turn(2, begins=False, step=1)]
    assert [event.name for event in convergence_events(events)] == [
        "flap dx1 begins",
        "flap dx1 ends, flap dx1 begins",
        "flap dx1 ends",
    ]


def test_a_check_with_one_fault_has_an_outcome_a_phase_and_one_with_more_also_the_whole_time_of_its_faults() -> None:
    recorded = flow(lost(OUTER, 30), lost(INNER, 20), lost(OUTER_OUT, 10))
    every = outcomes([recorded], convergence_events(told(nested())))
    assert [(each.phase, each.event, each.lost, each.sent) for each in every] == [
        ("during", None, 50, OUTER_OUT - OUTER),
        ("during", BEGINS, 30, INNER - OUTER),
        ("during", INNER_BEGINS, 20, INNER_OUT - INNER),
        ("during", INNER_ENDS, 0, OUTER_OUT - INNER_OUT),
        ("after", ENDS, 10, SENT - OUTER_OUT),
    ]
    one = convergence_events([event for event in told(nested()) if getattr(event, "step", 0) == 0])
    assert [(each.phase, each.event) for each in outcomes([replace(recorded, felt=(OUTER, OUTER_OUT))], one)] == [
        ("during", BEGINS),
        ("after", ENDS),
    ]


def test_the_whole_has_the_path_of_the_time_when_most_was_broken() -> None:
    moved = (path(DIRECT, 0, 910), path(ROUND, 920, 1190), path(DIRECT, 1210, 1990))
    whole, *events = outcomes([flow(paths=moved)], convergence_events(told(nested())))
    assert [each.path for each in (whole, *events)] == [ROUND, DIRECT, ROUND, DIRECT, DIRECT]
    whole, *_ = outcomes([flow(CUT_OFF)], convergence_events(told(nested())))
    assert (whole.reachable, whole.path) == (False, ())


def test_the_outage_promised_during_the_faults_is_that_of_their_whole_time() -> None:
    losses = (lost(OUTER, 30), lost(INNER, 30))
    assert _judged(_during(Promise(outage_at_most=0.6)), flow(*losses)) == []
    assert _judged(_during(Promise(outage_at_most=0.59)), flow(*losses)) == ["dc1-app → during: out for 0.600 s, promised at most 0.59 s"]


def test_a_path_promised_during_the_faults_is_asked_when_most_is_broken() -> None:
    moved = (path(DIRECT, 0, 910), path(ROUND, 920, 1190), path(DIRECT, 1210, 1990))
    assert _judged(_during(Promise(via=("dci",))), flow(paths=moved)) == []
    words = f"dc1-app → {INNER_BEGINS}: went {' > '.join(ROUND)}, promised via vpn1"
    assert _judged(_during(Promise(via=("vpn1",))), flow(paths=moved)) == [words]
    assert _judged(_during(Promise(reachable=False)), flow(CUT_OFF)) == []


def test_an_expectation_that_names_an_event_asks_of_that_one_alone() -> None:
    losses = (lost(OUTER, 30), lost(INNER, 60))
    kept = _when("outer", "begins", Promise(outage_at_most=0.3, via=("dci",)))
    assert _judged(kept, flow(*losses)) == []
    broken = _when("isp-a--internet", "begins", Promise(outage_at_most=0.3))
    assert _judged(broken, flow(*losses)) == [f"dc1-app → {INNER_BEGINS}: out for 0.600 s, promised at most 0.3 s"]
    ended = _when("isp-a--internet", "ends", Promise(via=("vpn1",)))
    assert _judged(ended, flow(*losses)) == [f"dc1-app → {INNER_ENDS}: went {' > '.join(ROUND)}, promised via vpn1"]


def test_a_promise_for_the_event_that_ends_the_check_says_where_the_flow_goes_afterwards() -> None:
    stayed = (path(DIRECT, 0, 590), path(ROUND, 700, 1990))
    assert _judged(_when("outer", "ends", Promise(via=("dci",))), flow(paths=stayed)) == []
    assert [line.partition(":")[0] for line in _judged(_during(Promise()), flow(paths=stayed))] == ["dc1-app → after"]


def _shown(check: Check, *flows: FlowRecorded) -> list[FlowOutcome]:
    events = told(check, *flows)
    return list(verdict_of([*events, judge(check, shipped_plan(), events)], "j").flows)


def test_a_report_shows_each_promise_at_the_outcome_it_is_asked_of() -> None:
    check = _when("outer", "begins", Promise(outage_at_most=0.6), during=Promise(outage_at_most=2.0, via=("vpn1",)))
    whole, first, second, third, after = _shown(check, flow(lost(OUTER, 30)))
    assert [each.promised for each in (whole, first, second, third, after)] == [
        Promise(outage_at_most=2.0, via=("vpn1",)),
        Promise(outage_at_most=0.6),
        None,
        None,
        None,
    ]
    assert (whole.share, first.share, second.share) == (pytest.approx(0.15), pytest.approx(0.5), None)
    assert [[breach.what for breach in each.breaches] for each in (whole, first, second)] == [["path"], [], ["path"]]


def test_every_name_of_an_event_may_have_a_promise_and_all_are_asked() -> None:
    """Both faults begin at one instant. This is one event with two names."""
    check = nested(
        Expectation(flow="dc1-app", directions=("forward",), when=When(step="outer", turn="begins"), then=Promise(outage_at_most=5.0)),
        Expectation(
            flow="dc1-app",
            directions=("forward",),
            when=When(step="isp-a--internet", turn="begins"),
            then=Promise(outage_at_most=0.1, via=("vpn1",)),
        ),
    )
    recorded = replace(flow(lost(OUTER, 30)), felt=(OUTER, INNER_OUT, OUTER_OUT))
    turns = [each for each in told(check, recorded) if not (isinstance(each, FaultStarted) and each.event == 1)]
    together = [replace(each, event=each.event - 1) if isinstance(each, FaultEnded) else each for each in turns]
    first = next(each for each in turns if isinstance(each, FaultStarted))
    second = replace(first, step=1, target="isp-a--internet", name="")
    events = [*together[:2], second, *together[2:]]
    judged = judge(check, shipped_plan(), events)
    assert [(each.what, each.by_name) for each in judged.breaches] == [("path", True), ("outage", True)]
    whole, begun, *_ = verdict_of([*events, judged], "j").flows
    assert (whole.promised, begun.promised) == (None, Promise(outage_at_most=0.1, via=("vpn1",)))


def test_a_path_promised_for_a_phase_is_shown_with_the_phase_even_if_its_peak_has_its_own_promise() -> None:
    check = _when("isp-a--internet", "begins", Promise(outage_at_most=1.0), during=Promise(via=("vpn1",)))
    whole, _, peak, *_ = _shown(check, flow())
    assert [[breach.what for breach in each.breaches] for each in (whole, peak)] == [["path"], ["path"]]
    named = _when("isp-a--internet", "begins", Promise(via=("vpn1",)), during=Promise(via=("dci",)))
    whole, _, peak, *_ = _shown(named, flow())
    assert [[breach.what for breach in each.breaches] for each in (whole, peak)] == [[], ["path"]]


def test_the_end_is_shown_with_the_path_promised_after_even_if_its_event_has_its_own_promise() -> None:
    check = nested(
        Expectation(
            flow="dc1-app",
            directions=("forward",),
            after=Promise(via=("dci",), outage_at_most=2.0),
            when=When(step="outer", turn="ends"),
            then=Promise(outage_at_most=1.0),
        )
    )
    *_, after = _shown(check, flow(paths=(path(DIRECT, 0, 590), path(ROUND, 700, 1990))))
    assert after.promised == Promise(outage_at_most=1.0, via=("dci",))


@pytest.mark.parametrize("begun", [INNER_OUT - 1, INNER_OUT])
def test_a_flow_that_lost_nothing_was_not_cut_off_in_an_event_too_short_for_a_packet(begun: int) -> None:
    recorded = replace(flow(), felt=(OUTER, begun, INNER_OUT, OUTER_OUT))
    assert _judged(_during(Promise(outage_at_most=0.0)), recorded) == []


def test_no_event_of_a_run_that_broke_off_with_a_fault_in_force_is_after_the_faults() -> None:
    begun = [_turn(0, begins=True), _turn(1, begins=True, step=1)]
    assert [event.phase for event in convergence_events(begun)] == ["during", "during"]
    assert [event.phase for event in convergence_events([*begun, _turn(2, begins=False)])] == ["during"] * 3
