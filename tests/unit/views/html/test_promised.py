"""Promises on the page: each beside its measured value, in words, marks and colours, for every event and for the whole."""

from dataclasses import replace

import pytest

from lab.model.check import AlarmPromise, Promise
from lab.model.outcome import Breach, FlowOutcome, Status
from lab.views.html import page
from lab.views.html.promised import level, meter, path_cell, promise_cell
from tests.reports import full_report
from tests.unit.views.html.sections import section
from tests.unit.views.parsed import Branch, parsed

FLOWS = 3
ENDING = "link-down dc2-core--dc2-r1 + link-down dci end"
BREACH = Breach(what="outage", words="out for 0.600 s, promised at most 0.5 s")


@pytest.fixture(scope="module")
def shown() -> Branch:
    """A failure, an error and a pass on one topology."""
    return parsed(page(full_report("redundant-dx", checks=3)))


def is_second(flow: FlowOutcome) -> bool:
    """Whether an outcome is that of the first flow in the second of three events."""
    return (flow.flow, flow.event) == ("dc1-app", "link-down dci begins")


def cells(row: Branch) -> list[str]:
    return [cell.text for cell in row.all("td")]


def test_a_cell_has_both_directions_beside_what_was_promised_by_colour_by_length_and_in_words(shown: Branch) -> None:
    rows = shown.one("table", "matrix").one("tbody").all("tr")
    assert [len(row.all("td")) for row in rows] == [2 * FLOWS, 1, 2 * FLOWS]
    there, back = rows[0].all("td")[0].all("span", "way")
    assert (there.text, there.kinds, there.at["style"]) == ("→904 ms of 2.26 s✓", ["way", "share1"], "--share: 40%")
    assert (back.text, back.kinds, back.at["style"]) == ("←3.01 s of 1.5 scut off✗", ["way", "over"], "--share: 100%")
    assert [way.text for way in rows[0].all("td")[1].all("span", "way")] == ["→0 of 0.5 s✓", "←0 of 0.5 s✓"]
    assert [cell.text for cell in rows[0].all("td")[4:]] == ["untouched", "untouched"]


def test_a_check_with_several_events_has_its_whole_in_the_matrix_and_a_broken_promise_of_any_event() -> None:
    report = full_report("redundant-dx", checks=4)
    verdict = report.verdicts[3]
    assert [event.name for event in verdict.events] == ["link-down dc2-core--dc2-r1 begins", "link-down dci begins", ENDING]
    late = tuple(replace(flow, breaches=(BREACH,)) if is_second(flow) and flow.direction == "forward" else flow for flow in verdict.flows)
    row = parsed(page(replace(report, verdicts=(replace(verdict, flows=late),)))).one("table", "matrix").one("tbody")
    assert row.one("small", "faults").text == "link-down dc2-core--dc2-r1, dci; 3 events"
    assert [(way.text, way.kinds[1]) for way in row.all("td")[0].all("span", "way")] == [
        ("→1.50 s of 2.26 smoved✗", "over"),
        ("←1.20 s of 1.5 smoved✓", "share2"),
    ]


def test_the_table_of_flows_has_a_row_a_direction_in_each_phase_beside_what_was_promised(shown: Branch) -> None:
    during, after = section(shown, 0).one("table", "flows").all("tbody")
    assert [row.one("th").text for row in during.all("tr")] == [
        *("while the fault was in force", "dc1-app →", "dc1-app ←", "dc2-app →", "dc2-app ←", "dc1-dc2 ↔"),
    ]
    assert [cells(row) for row in during.all("tr")[1:4]] == [
        ["904 ms", "at most 2.26 s ✓", "40 %", "via dx1 ✓", "12\u202f000", "904", "904 ms", "1.0 ms"],
        ["3.01 s", "at most 1.5 s ✗", "2.0 ×", "cut off ✗", "12\u202f000", "3\u202f006", "3.01 s", "1.0 ms"],
        ["0", "at most 0 s ✓", "0 %", "same path", "12\u202f000", "0", "0", "1.0 ms"],
    ]
    assert after.all("tr")[0].text == "after it ended"
    assert cells(after.all("tr")[1])[:4] == ["0", "at most 0.5 s ✓", "0 %", "returned ✓"]


def test_an_untouched_flow_has_one_row_that_says_that_it_proves_nothing(shown: Branch) -> None:
    row = section(shown, 0).one("table", "flows").all("tbody")[0].all("tr")[-1]
    assert (row.one("th").text, cells(row)) == ("dc1-dc2 ↔", ["0", "at most 0 s", "untouched: proves nothing"])
    words = "1 promise not tested: dc1-dc2. No fault broke anything on the way, so a kept promise proves nothing."
    assert section(shown, 0).one("p", "untested").text == words
    assert section(shown, 1).all("p", "untested") == []


def test_an_alarm_that_was_not_tested_is_counted_with_the_others() -> None:
    report = full_report("redundant-dx", checks=1)
    alarm = AlarmPromise(rule="FlowDown", source="prometheus")
    told = replace(report, verdicts=tuple(replace(verdict, untested=(), alarms=(alarm,)) for verdict in report.verdicts))
    shown = parsed(page(told))
    assert section(shown, 0).one("p", "untested").text == "1 promise not tested: alarm FlowDown."
    assert shown.one("ul", "counts").one("li", "untested").text == "1promise not tested"


def test_several_events_have_a_group_of_rows_each_after_the_whole() -> None:
    shown = parsed(page(full_report("redundant-dx", checks=4)))
    groups = section(shown, 3).one("table", "flows").all("tbody")
    assert [group.one("th", "part").text for group in groups] == [
        "the whole time of the faults",
        "2.0000 s: link-down dc2-core--dc2-r1 begins",
        "8.0000 s: link-down dci begins",
        f"14.0000 s: {ENDING}, no fault is left in force",
    ]
    assert [cells(group.all("tr")[1])[:4] for group in groups] == [
        ["1.50 s", "at most 2.26 s ✓", "67 %", "via dx2 ✓"],
        ["904 ms", "–", "", "other path"],
        ["600 ms", "at most 1.5 s ✓", "40 %", "other path"],
        ["0", "at most 0.5 s ✓", "0 %", "returned ✓"],
    ]
    first = [row.all("td")[0].text for row in section(shown, 3).all("table", "evidence")[0].one("tbody").all("tr")]
    assert first[:2] == ["dc1-app → link-down dc2-core--dc2-r1 begins", "dc1-app → link-down dci begins"]


def test_several_events_are_one_picture_and_each_is_told_in_words() -> None:
    figure = section(parsed(page(full_report("redundant-dx", checks=4))), 3).all("figure", "course")[0]
    assert len(figure.all("g", "band")) == len(figure.all("g", "line")) == 2
    told = [each.text for each in figure.all("span", "event")]
    assert told == ["link-down dc2-core--dc2-r1 begins:", "link-down dci begins:"] * 2


def test_a_check_that_passed_is_folded_and_its_line_tells_the_gist(shown: Branch) -> None:
    folds = [section(shown, number).one("details", "check") for number in range(3)]
    assert ["open" in fold.at for fold in folds] == [True, True, False]
    assert [[part.text for part in fold.one("span", "gist").all("span") if "chip" not in part.kinds] for fold in folds] == [
        ["link-down dc1-host--dc1-core", "dc1-app ← 3.01 s of 1.5 s 2.0 ×", "1 promise not tested"],
        ["no fault"],
        ["link-down dc2-host--dc2-core", "dc1-app → 904 ms of 2.26 s 40 %", "1 promise not tested"],
    ]


MOVED = full_report("redundant-dx", checks=3).verdicts[2].flows[0]
"""904 ms of 2.26 s, by a new path."""
CUT = replace(MOVED, reachable=False, path=())
BACK = replace(MOVED, phase="after", path=MOVED.path_before)


def broken(outcome: FlowOutcome, what: str) -> FlowOutcome:
    """The same outcome with a broken promise."""
    return replace(outcome, breaches=(replace(BREACH, what=what),))  # type: ignore[arg-type]  # one of the allowed words


@pytest.mark.parametrize(
    ("outcome", "kind", "promised", "share", "path"),
    [
        (MOVED, "share1", "at most 2.26 s ✓", "40 %", "via dx2 ✓"),
        (replace(MOVED, promised=Promise(outage_at_most=1.5)), "share2", "at most 1.5 s ✓", "60 %", "other path"),
        (replace(MOVED, promised=Promise(outage_at_most=1.0)), "share3", "at most 1 s ✓", "90 %", "other path"),
        (broken(replace(MOVED, promised=Promise(outage_at_most=0.5)), "outage"), "over", "at most 0.5 s ✗", "1.8 ×", "other path"),
        (broken(replace(MOVED, promised=Promise(outage_at_most=0.0)), "outage"), "over", "at most 0 s ✗", "none allowed", "other path"),
        (broken(replace(MOVED, promised=Promise(outage_at_least=1.0)), "outage"), "over", "at least 1 s ✗", "", "other path"),
        (broken(MOVED, "path"), "over", "at most 2.26 s ✓", "40 %", "via dx2 ✗"),
        (broken(replace(MOVED, promised=None), "loss"), "over", "no loss ✗", "", "other path"),
        (replace(MOVED, promised=None), "open", "", "", "other path"),
        (replace(CUT, promised=Promise(reachable=False)), "open", "", "", "cut off as promised ✓"),
        (broken(replace(CUT, promised=Promise()), "reachable"), "over", "", "", "cut off ✗"),
        (replace(CUT, promised=None), "open", "", "", "cut off"),
        (broken(replace(MOVED, promised=Promise(reachable=False)), "reachable"), "over", "", "", "not cut off ✗, other path"),
        (replace(BACK, lost=0, outage_seconds=0.0), "share0", "at most 2.26 s ✓", "0 %", "via dx2 ✓"),
        (replace(BACK, promised=None), "open", "", "", "returned ✓"),
        (broken(replace(MOVED, phase="after", promised=None), "return"), "over", "", "", "did not return ✗"),
        (
            replace(BACK, lost=0, outage_seconds=0.0, untouched=True, promised=Promise(outage_at_most=1.0)),
            "untouched",
            "at most 1 s",
            "0 %",
            "returned ✓",
        ),
    ],
)
def test_every_promise_has_a_mark_and_its_colour_says_nothing_alone(
    outcome: FlowOutcome, kind: str, promised: str, share: str, path: str
) -> None:
    said = promise_cell(outcome)
    told = (parsed(meter(outcome).text).text, parsed(path_cell(outcome).text).text)
    assert (level([outcome]), said if isinstance(said, str) else parsed(said.text).text, *told) == (kind, promised, share, path)


def test_a_meter_goes_on_beyond_the_promise_as_a_block() -> None:
    kept = parsed(meter(MOVED).text)
    assert (float(kept.one("rect", "spent").at["width"]), kept.all("rect", "excess")) == (pytest.approx(0.4 * 64, abs=0.1), [])
    late = parsed(meter(replace(MOVED, promised=Promise(outage_at_most=0.8))).text)
    assert float(late.one("rect", "spent").at["width"]) == 64
    assert float(late.one("rect", "excess").at["width"]) == pytest.approx(0.13 * 64, abs=0.1)


def test_what_is_lost_in_an_event_whose_promise_was_kept_is_no_broken_promise_in_the_plot() -> None:
    report = full_report("redundant-dx", checks=4)
    verdict = report.verdicts[3]
    late = tuple(replace(flow, breaches=(BREACH,)) if is_second(flow) and flow.direction == "forward" else flow for flow in verdict.flows)
    shown = parsed(page(replace(report, verdicts=(replace(verdict, flows=late),))))
    bars = [bar for bar in shown.one("svg", "timeline").all("rect", "lost") if float(bar.at["width"]) > 40]
    assert [bar.one("title").text.split(" s to")[0] for bar in bars if "over" in bar.kinds] == ["8.0010"]
    assert len(bars) >= 4


def test_no_promise_of_a_check_that_is_an_error_is_called_kept() -> None:
    report = full_report("redundant-dx", checks=4)
    verdict = report.verdicts[3]
    untold = replace(verdict, status=Status.ERROR, flows=tuple(replace(flow, is_judged=False, breaches=()) for flow in verdict.flows))
    shown = parsed(page(replace(report, verdicts=(untold,))))
    assert not [mark for table in ("matrix", "flows") for mark in shown.one("table", table).all("b", "kept")]
    assert level([replace(verdict.flows[0], is_judged=False)]) == "open"
