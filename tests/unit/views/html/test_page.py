"""The parsed page: every part of a report is in its place, links lead to their targets, and empty parts are left out."""

from dataclasses import replace
from ipaddress import IPv4Network
from urllib.parse import unquote

import pytest

from lab.model.broken import Broken
from lab.model.check import Expectation
from lab.model.outcome import Breach, Report, Status, Verdict
from lab.model.run import Limit
from lab.views.html import page
from tests.reports import REASON, full_report
from tests.shipped import TOPOLOGIES
from tests.unit.views.html.sections import section
from tests.unit.views.parsed import Branch, parsed

FLOWS = 3


@pytest.fixture(scope="module")
def shown() -> Branch:
    """A failure, an error and a pass on one topology."""
    return parsed(page(full_report("redundant-dx", checks=3)))


def titles(branch: Branch) -> list[str]:
    return [each.text for each in branch.all("h4")]


def test_it_says_the_verdict_first_and_counts() -> None:
    shown = parsed(page(full_report("redundant-dx", "sitelink", checks=4)))
    assert shown.one("h1").text == "2 checks broke a promise, 2 could not be judged."
    assert [each.text for each in shown.one("ul", "counts").all("li")] == ["4pass", "2fail", "2error", "6promises not tested"]
    tested = tuple(replace(verdict, untested=()) for verdict in full_report("sitelink", checks=3).verdicts)
    shown = parsed(page(replace(full_report("sitelink", checks=3), verdicts=tested)))
    assert [each.text for each in shown.one("ul", "counts").all("li")] == ["1pass", "1fail", "1error"]


@pytest.mark.parametrize(
    ("statuses", "words", "kind"),
    [
        ([Status.PASS, Status.PASS], "Every promise that was tested was kept.", "pass"),
        ([Status.PASS, Status.FAIL], "1 check broke a promise.", "fail"),
        ([Status.ERROR, Status.FAIL], "1 check broke a promise, 1 could not be judged.", "error"),
        ([Status.ERROR, Status.ERROR], "2 checks could not be judged.", "error"),
        ([], "No check was run.", "error"),
    ],
)
def test_the_verdict_on_a_run_is_that_of_its_exit_code(statuses: list[Status], words: str, kind: str) -> None:
    report = full_report("redundant-dx", checks=2)
    verdicts = tuple(replace(report.verdicts[0], check=f"c{number}", status=status) for number, status in enumerate(statuses))
    shown = parsed(page(replace(report, verdicts=verdicts)))
    assert shown.one("h1").text == words
    assert kind in shown.one("body").all("header")[0].kinds


def test_the_matrix_has_a_row_a_check_and_leads_to_its_section(shown: Branch) -> None:
    rows = shown.one("table", "matrix").one("tbody").all("tr")
    assert [row.one("a").text for row in rows] == ["check-0", "check-1", "check-2"]
    targets = [unquote(row.one("a").at["href"]) for row in rows]
    assert targets == [f"#{each.one('div', 'body').at['id']}" for each in shown.all("article")]
    assert [row.one("span", "badge").text for row in rows] == ["fail", "error", "pass"]


def test_a_check_without_measurements_says_why_in_the_matrix(shown: Branch) -> None:
    assert shown.one("td", "why").text == "not steady before the fault"


def test_where_flows_were_to_begin_and_which_were_to_be_symmetric_is_told() -> None:
    report = full_report("redundant-dx", checks=3)
    asked = (Expectation(flow="dc1-app", directions=("forward",), before=("dx1", "dx2")), Expectation(flow="dc1-dc2", symmetric=True))
    broken = Breach(what="symmetric", words="", flow="dc1-dc2", direction="forward")
    verdict = replace(report.verdicts[0], expectations=asked, breaches=(broken,))
    shown = parsed(page(replace(report, verdicts=(verdict,))))
    assert [each.text for each in shown.one("ul", "premises").all("li")] == ["dc1-app → begins via dx1 or dx2 ✓", "dc1-dc2 symmetric ✗"]


def test_what_the_lab_cannot_show_is_told_with_its_topology_and_with_no_other() -> None:
    limits = (Limit(topology="sitelink", words="No state."), Limit(topology="sitelink", words="No restart."))
    shown = parsed(page(replace(full_report("redundant-dx", "sitelink", checks=3), limits=limits)))
    (told,) = shown.all("details", "limits")
    assert told.one("summary").text == "2 things that this lab cannot show and no verdict covers"
    assert [each.text for each in told.all("li")] == ["No state.", "No restart."]


def test_what_needs_a_look_is_told_on_top_with_its_reasons(shown: Branch) -> None:
    items = shown.one("section", "attention").all("li")
    assert [item.one("a").text for item in items] == ["redundant-dx / check-0", "redundant-dx / check-1"]
    assert [each.text for each in items[0].all("p")] == [line.replace("\x1b", r"\x1b") for line in REASON.splitlines()]
    assert parsed(page(passing(full_report("redundant-dx")))).all("section", "attention") == []


def passing(report: Report) -> Report:
    """The same report, but every check passes."""
    return replace(report, verdicts=tuple(replace(verdict, status=Status.PASS, reason="") for verdict in report.verdicts))


def test_a_section_brackets_every_fault_and_says_what_its_target_is(shown: Branch) -> None:
    cells = [cell.text for cell in section(shown, 0).one("table", "steps").one("tbody").all("td")]
    assert cells[0] == "link-down"
    assert cells[1].endswith(" link")
    assert cells[2:] == ["2.0000 and 2.0035 s", "14.0000 and 14.0020 s", "12.0 s"]


def test_whatever_may_be_wider_than_the_window_scrolls_by_keyboard_and_has_a_name(shown: Branch) -> None:
    scrolled = shown.all("div", "scroll")
    assert len(scrolled) > 10
    assert {(each.at["role"], each.at["tabindex"]) for each in scrolled} == {("group", "0")}
    assert all(each.at["aria-label"] for each in scrolled)


def test_the_plot_has_a_row_a_source_and_a_row_a_direction(shown: Branch) -> None:
    plot = section(shown, 0).one("svg", "timeline")
    assert [each.text for each in plot.all("text", "row")] == [
        *("Fault", "Link", "BFD", "BGP", "IKE", "Routes"),
        *("dc1-app →", "dc1-app ←", "dc2-app →", "dc2-app ←", "dc1-dc2 →", "dc1-dc2 ←"),
    ]
    assert len(plot.all("path", "route")) == 12
    assert len(plot.all("path", "turn")) == 2


def test_losses_that_would_touch_are_one_bar_and_it_says_how_many(shown: Branch) -> None:
    bars = section(shown, 0).one("svg", "timeline").all("rect", "lost")
    words = [bar.one("title").text for bar in bars]
    assert words[0] == "2.0010 s to 2.9050 s: 904 packets lost in a row, 904 ms"
    assert words[2].startswith("2.0010 s to 5.0070 s: 3006 packets lost in a row, 3.01 s; a promise was broken")
    assert [bar.kinds for bar in bars[:3]] == [["lost"], ["lost"], ["lost", "over"]]
    assert words[1] == "14.1000 s to 14.4970 s: 100 packets lost in 100 runs, 100 ms in all"
    assert bars[0].at["fill-opacity"] == "1.00"
    assert float(bars[1].at["fill-opacity"]) < 0.5


def test_the_phases_of_convergence_lie_under_the_loss_one_behind_the_other(shown: Branch) -> None:
    plot = section(shown, 0).one("svg", "timeline")
    first = [plot.all("rect", kind)[0] for kind in ("detection", "control", "fib", "data")]
    ends = [float(each.at["x"]) + float(each.at["width"]) for each in first]
    assert [float(each.at["x"]) for each in first[1:]] == pytest.approx(ends[:-1], abs=0.2)
    assert first[0].one("title").text == "detection: 310 ms"


def test_a_picture_has_the_path_before_and_during_of_both_directions_and_what_was_hit(shown: Branch) -> None:
    picture = section(shown, 0).all("svg", "network")[0]
    bands, lines = picture.all("g", "band"), picture.all("g", "line")
    assert [each.kinds[1] for each in bands] == ["forward", "reverse"]
    assert [each.kinds[1] for each in lines] == ["forward"]  # no packet got through in the other direction
    assert {use.at["href"] for use in bands[0].all("use")} == {use.at["href"] for use in bands[1].all("use")}
    assert {use.at["class"] for use in bands[0].all("use")} == {"on"}
    assert {use.at["class"] for use in bands[1].all("use")} == {"back"}
    assert len(picture.all("path", "cross")) == 1


@pytest.mark.parametrize(
    ("broken", "crosses"),
    [
        (Broken(links=("dc1-r1--dx1",), hops=(("dc1-r1", "dx1"),)), 1),  # the other half of the circuit is whole
        (Broken(nodes=("loc-a-1", "loc-b-1")), 2),
        (Broken(hops=(("dx1", "loc-a-1"), ("loc-a-1", "dx1"))), 0),  # only a BGP session
        (Broken(prefixes=(IPv4Network("10.1.0.0/16"),)), 0),
    ],
)
def test_a_cross_stands_on_what_a_fault_really_broke(broken: Broken, crosses: int) -> None:
    report = full_report("redundant-dx", checks=1)
    failed = report.verdicts[0]
    steps = tuple(replace(step, breaks=broken) for step in failed.steps)
    shown = parsed(page(replace(report, verdicts=(replace(failed, steps=steps),))))
    assert len(section(shown, 0).all("svg", "network")[0].all("path", "cross")) == crosses


def test_flows_that_nothing_happened_to_are_folded(shown: Branch) -> None:
    folded = section(shown, 0).one("div", "paths").one("details")
    assert folded.one("summary").text == "Paths of unaffected flows (2)"
    assert [figure.one("b").text for figure in folded.all("figure", "course")] == ["dc2-app", "dc1-dc2"]


def test_a_flow_that_lost_something_only_afterwards_is_not_folded() -> None:
    report = full_report("redundant-dx", checks=1)
    flows = tuple(
        replace(flow, lost=7, outage_seconds=0.007) if (flow.flow, flow.phase) == ("dc2-app", "after") else flow
        for flow in report.verdicts[0].flows
    )
    shown = parsed(page(replace(report, verdicts=(replace(report.verdicts[0], flows=flows),))))
    assert [figure.one("b").text for figure in shown.one("div", "paths").one("details").all("figure")] == ["dc1-dc2"]


def test_statistics_name_the_events_of_a_phase_that_has_several() -> None:
    report = full_report("redundant-dx", checks=1)
    (verdict,) = report.verdicts
    first = verdict.spreads[0]
    spreads = (first, *(replace(first, event=f"flap dx1 begins ({number})") for number in (1, 2)))
    shown = parsed(page(replace(report, verdicts=(replace(verdict, spreads=spreads),))))
    cells = [row.all("td")[0].text for row in shown.all("tr") if row.all("svg", "trials")]
    assert cells == [f"{first.flow} → {when}" for when in ("during the fault", "flap dx1 begins (1)", "flap dx1 begins (2)")]


def test_evidence_is_shown_where_there_is_any(shown: Branch) -> None:
    assert titles(section(shown, 0)) == [
        *("Timeline", "Paths", "Convergence (RFC 6412)", "Three readings of the longest loss"),
        *("Outage over all trials", "Trials that do not count (1)"),
    ]
    assert titles(section(shown, 1)) == []


def test_a_fault_that_was_never_taken_out_says_so() -> None:
    report = full_report("redundant-dx", checks=1)
    (verdict,) = report.verdicts
    left = replace(verdict, steps=tuple(replace(step, undone=None) for step in verdict.steps))
    shown = page(replace(report, verdicts=(left,)))
    assert "<td>never</td>" in shown
    assert ", never ended</title>" in shown


def test_each_trial_is_a_dot(shown: Branch) -> None:
    plots = section(shown, 0).all("svg", "trials")
    assert [len(plot.all("circle", "trial")) for plot in plots] == [3, 3]


def test_readings_that_disagree_say_so() -> None:
    report = full_report("redundant-dx", checks=1)
    verdict = report.verdicts[0]
    assert verdict.flows[0].readings
    odd = replace(verdict.flows[0], readings=replace(verdict.flows[0].readings, event_seconds=9.0))
    shown = parsed(page(replace(report, verdicts=(replace(verdict, flows=(odd, *verdict.flows[1:])),))))
    assert [each.text for each in shown.all("b", "bad")] == ["disagree"]


def test_a_run_without_a_fault_has_one_phase() -> None:
    report = full_report("redundant-dx", checks=1)
    control = replace(
        report.verdicts[0], status=Status.PASS, steps=(), flows=tuple(f for f in report.verdicts[0].flows if f.phase == "during")
    )
    table = parsed(page(replace(report, verdicts=(control,)))).one("table", "flows")
    assert [each.text for each in table.all("th", "part")] == ["nothing broken"]
    assert len(table.all("tbody")) == 1


def test_the_plot_of_a_run_without_a_fault_is_whole() -> None:
    report = full_report("redundant-dx", checks=1)
    still = tuple(replace(track, losses=(), paths=track.paths[:1]) for track in report.verdicts[0].tracks)
    control = replace(report.verdicts[0], status=Status.PASS, steps=(), timeline=(), tracks=still)
    plot = parsed(page(replace(report, verdicts=(control,)))).one("svg", "timeline")
    assert len(plot.all("rect", "panel")) == 1
    assert [each.text for each in plot.all("text", "tick")][-1] == "20"


def test_a_report_from_before_networks_were_drawn_has_paths_in_words_alone() -> None:
    shown = parsed(page(replace(full_report("redundant-dx", checks=1), sketches=())))
    assert shown.all("svg", "network") == []
    assert len(shown.all("figure", "course")) == FLOWS


def many_events(verdict: Verdict) -> Verdict:
    return replace(verdict, timeline=verdict.timeline * 100)


def test_too_many_events_are_left_to_the_json() -> None:
    report = full_report("redundant-dx", checks=1)
    shown = parsed(page(replace(report, verdicts=tuple(map(many_events, report.verdicts)))))
    events = shown.one("details", "events")
    assert len(events.all("tr")) == 300
    assert events.one("p", "more").text == "1500 more are in report.json."


def test_every_id_is_there_once_and_every_reference_leads_to_one() -> None:
    shown = parsed(page(full_report(checks=2)))
    ids = [each.at["id"] for each in shown.below() if "id" in each.at]
    assert len(set(ids)) == len(ids)
    local = {unquote(each.at["href"][1:]) for each in shown.below() if each.at.get("href", "").startswith("#")}
    assert local <= set(ids)
    assert {f"{name}/check-0" for name in TOPOLOGIES} <= local


def test_nothing_is_fetched_and_nothing_runs(shown: Branch) -> None:
    outside = [each.at[name] for each in shown.below() for name in ("src", "href", "xlink:href") if "//" in each.at.get(name, "")]
    assert outside == []
    assert shown.all("script") == []
    assert not [name for each in shown.below() for name in each.at if name.startswith("on")]
    style = shown.one("style").text
    assert "@import" not in style
    assert [part for part in style.split("url(")[1:] if not part.startswith("#")] == []


def test_sixty_four_checks_of_eight_topologies_stay_light() -> None:
    assert len(page(full_report(checks=8)).encode()) < 3_000_000


def test_the_same_report_gives_the_same_page() -> None:
    assert page(full_report("sitelink")) == page(full_report("sitelink"))
