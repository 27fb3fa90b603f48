"""Promises beside measured values: the line of a flow, and the flows that share one line."""

from dataclasses import replace

import pytest

from lab.model.check import Expectation, Promise
from lab.model.direction import DIRECTIONS
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome, Status, Verdict
from lab.views.report.promise_lines import folded, promise_lines
from lab.views.report.promise_words import measured_words, seconds, untested_words
from tests.unit.views.conftest import OUTWARD, ROUND, outcome

DURING = replace(outcome("during", "forward", lost=405, path=ROUND), promised=Promise(outage_at_most=2.0, via=("vpn2",)))
AFTER = outcome("after", "forward", path=OUTWARD)
CUT = outcome("during", "forward", lost=10000, path=())


def _lines(verdict: Verdict, *flows: FlowOutcome) -> list[tuple[str, str, str]]:
    return [(line.name, line.event, line.words.plain) for line in promise_lines(replace(verdict, flows=flows))]


def _broken(outcome: FlowOutcome, *what: str) -> FlowOutcome:
    return replace(outcome, breaches=tuple(Breach(what=each, words="") for each in what))


def test_a_promise_stands_beside_what_was_measured(passed: Verdict) -> None:
    assert _lines(passed, DURING, AFTER) == [("dc1-app →", "", "0.81 of 2 s  via vpn2 ✓  returned ✓")]


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (_broken(DURING, "outage", "path"), "0.81 of 2 s ✗  via vpn2 ✗"),
        (replace(DURING, promised=Promise(outage_at_least=0.5)), "0.81 s (at least 0.5 s)"),
        (replace(DURING, promised=None), "out 0.81 s"),
        (_broken(replace(DURING, promised=None), "loss"), "out 0.81 s ✗"),
        (replace(CUT, promised=Promise(reachable=False)), "cut off as promised ✓"),
        (_broken(replace(CUT, promised=Promise()), "reachable"), "cut off ✗"),
        (_broken(replace(DURING, promised=Promise(reachable=False)), "reachable"), "not cut off ✗  out 0.81 s"),
        (CUT, "cut off"),
        (AFTER, "returned ✓"),
        (_broken(AFTER, "return"), "returned ✗"),
        (_broken(outcome("after", "forward", lost=5000, path=()), "return"), "cut off ✗"),
        (replace(AFTER, promised=Promise(outage_at_most=0.5, via=("dx1",))), "0 of 0.5 s  via dx1 ✓"),
    ],
)
def test_each_part_says_whether_its_promise_was_kept(measured: FlowOutcome, words: str) -> None:
    assert "  ".join(measured_words(measured)) == words


def test_directions_that_say_the_same_share_a_line_and_what_was_out_after_says_when(passed: Verdict) -> None:
    late = replace(AFTER, lost=50, outage_seconds=0.1)
    there = (DURING, late)
    back = tuple(replace(each, direction="reverse", path_before=each.path_before) for each in there)
    assert _lines(passed, *there, *back) == [("dc1-app ↔", "", "0.81 of 2 s  via vpn2 ✓  after: out 0.10 s  returned ✓")]


def test_with_several_events_each_that_has_something_to_say_has_a_line(passed: Verdict) -> None:
    begins, ends = (
        ConvergenceEvent(number=number, name=name, phase="during", at=(2.0, 2.0), begins=("dx1",), ends=(), begun=(0,), ended=())
        for number, name in enumerate(("cut dx1 begins", "cut dx1 ends"))
    )
    first = replace(DURING, event=begins.name, promised=None)
    quiet = replace(outcome("during", "forward", path=OUTWARD), event=ends.name)
    last = replace(AFTER, event="loss dx2 ends")
    verdict = replace(passed, events=(begins, ends))
    assert _lines(verdict, replace(DURING, event=None), first, quiet, last) == [
        ("dc1-app →", "", "0.81 of 2 s  via vpn2 ✓  returned ✓"),
        ("", "cut dx1 begins", "out 0.81 s"),
    ]


def test_what_there_is_nothing_to_say_of_is_folded_into_one_line(passed: Verdict) -> None:
    still = [replace(outcome(phase, "forward", path=OUTWARD), flow=flow) for flow in ("a", "b", "c") for phase in ("during", "after")]
    flows = tuple(
        replace(each, untouched=each.flow == "a", promised=Promise(outage_at_most=0.0) if each.flow == "a" else None) for each in still
    )
    verdict = replace(passed, status=Status.PASS, flows=flows, untested=("a",))
    assert list(promise_lines(verdict)) == []
    assert folded(verdict) == "untouched by the faults, so nothing was proven: a; lost nothing, promised nothing: b, c"
    assert folded(replace(verdict, flows=())) == ""
    assert folded(replace(verdict, untested=())).startswith("untouched by the faults: a; ")


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0"), (0.004, "0.004"), (0.0996, "0.10"), (0.814, "0.81"), (9.951, "10.0"), (20.14, "20.1")]
)
def test_seconds_are_said_in_three_digits_that_matter(value: float, words: str) -> None:
    assert seconds(value) == words


def test_one_promise_is_one() -> None:
    assert [untested_words(number) for number in range(3)] == [
        "",
        "1 promise not tested",
        "2 promises not tested",
    ]


def test_where_a_flow_begins_and_whether_its_ways_are_symmetric_is_told_first(passed: Verdict) -> None:
    asked = (Expectation(flow="dc1-app", directions=("forward",), before=("vpn1",)), Expectation(flow="dc1-app", symmetric=True))
    ways = tuple(outcome("during", direction, path=OUTWARD if direction == "forward" else OUTWARD[::-1]) for direction in DIRECTIONS)
    verdict = replace(passed, events=(), expectations=asked, flows=ways)
    assert _lines(verdict, *ways) == [
        ("dc1-app →", "", "begins via vpn1 ✓  symmetric ✓"),
        ("dc1-app ←", "", "symmetric ✓"),
    ]
    broken = replace(verdict, breaches=(Breach(what="before", words="", flow="dc1-app", direction="forward"),))
    assert _lines(broken, *ways)[0][2] == "begins via vpn1 ✗  symmetric ✓"
    unjudged = replace(broken, status=Status.ERROR)
    assert [line[2] for line in _lines(unjudged, *ways)] == ["begins via vpn1 ✗  symmetric ?", "symmetric ?"]


def test_an_untouched_flow_with_a_line_of_its_own_kept_nothing(passed: Verdict) -> None:
    asked = (Expectation(flow="dc1-app", directions=("forward",), before=("dx1",)),)
    still = tuple(
        replace(outcome(phase, "forward", path=OUTWARD), promised=Promise(via=("dx1",)), untouched=True) for phase in ("during", "after")
    )
    verdict = replace(passed, expectations=asked)
    assert _lines(verdict, *still) == [("dc1-app →", "", "begins via dx1 ✓  untouched: proves nothing")]
    assert _lines(verdict, replace(still[0], untouched=False), still[1])[0][2] == "begins via dx1 ✓  via dx1 ✓  via dx1 ✓"
    moved = tuple(replace(each, path=ROUND) for each in still)  # by an earlier event
    assert _lines(verdict, *moved)[0][2] == "begins via dx1 ✓  untouched: proves nothing"
    assert _lines(verdict, _broken(still[0], "path"), still[1])[0][2] == "begins via dx1 ✓  via dx1 ✗  via dx1 ✓"


def test_no_promise_of_a_check_that_is_an_error_is_called_kept(passed: Verdict) -> None:
    untold = replace(passed, status=Status.ERROR, expectations=(Expectation(flow="dc1-app", before=("dx1",), symmetric=True),))
    flows = [replace(each, is_judged=False) for each in (DURING, AFTER)]
    assert _lines(untold, *flows) == [("dc1-app →", "", "begins via dx1 ?  symmetric ?  0.81 of 2 s  via vpn2 ?  returned ?")]
    assert [*measured_words(replace(CUT, promised=Promise(reachable=False), is_judged=False))] == ["cut off"]
