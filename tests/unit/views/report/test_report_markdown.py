"""The Markdown summary: the verdict first, reasons before tables, and no word from the network is read as Markdown."""

import re
from dataclasses import replace

from lab.model.check import Promise
from lab.model.outcome import Breach, Report, Status
from lab.views.report.markdown import report_markdown
from tests.reports import full_report


def rows(text: str) -> list[list[str]]:
    """The cells of every line of a table of outages except its rule."""
    outages, _, _ = text.partition("<details><summary>Who noticed")
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in outages.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in cells if set(row[0].strip()) != {"-"}]


def test_the_heading_is_the_verdict_and_the_line_below_counts() -> None:
    lines = report_markdown(full_report("redundant-dx", checks=3)).splitlines()
    assert lines[0] == "## 1 check broke a promise, 1 could not be judged."
    assert lines[2] == "1 pass, 1 fail, 1 error; 2 promises not tested · 1 topology · tuned timers · took 22 min 10 s"


def test_a_table_has_a_row_a_check_with_the_outages_of_every_flow_both_ways() -> None:
    head, failed, untold, passed = rows(report_markdown(full_report("redundant-dx", checks=3)))
    assert head == ["", "check", "fault", "dc1-app", "dc2-app", "dc1-dc2"]
    assert failed[:2] == ["❌", "check-0"]
    assert failed[3:] == ["→ 904 ms of 2.26 s ✓, ← 3.01 s **cut off** ✗", "0", "untouched"]
    assert untold[3:] == ["→ –, ← –"] * 3
    assert passed[0] == "✅"


def test_what_was_lost_after_the_fault_is_told_beside_what_was_lost_during_it() -> None:
    report = full_report("redundant-dx", checks=1)
    (verdict,) = report.verdicts
    flows = tuple(replace(flow, lost=5, outage_seconds=0.005, promised=None) if flow.phase == "after" else flow for flow in verdict.flows)
    _, row = rows(report_markdown(replace(report, verdicts=(replace(verdict, flows=flows),))))
    assert row[4] == "0; *after* → 5.0 ms, ← 5.0 ms"


def test_a_cell_tells_the_outage_beside_its_promise_and_what_was_untouched() -> None:
    report = full_report("redundant-dx", checks=1)
    (verdict,) = report.verdicts
    promise = Promise(outage_at_most=2.0)
    flows = tuple(replace(flow, promised=promise, untouched=not flow.lost, reachable=True, breaches=()) for flow in verdict.flows)
    told = replace(report, verdicts=(replace(verdict, flows=flows, untested=("dc2-app",)),))
    assert "; 1 promise not tested" in report_markdown(told)
    _, row = rows(report_markdown(told))
    assert row[3:] == ["→ 904 ms of 2 s ✓, ← 3.01 s of 2 s ✓", "untouched", "untouched"]


def test_reasons_come_before_tables_and_are_escaped() -> None:
    text = report_markdown(full_report("redundant-dx", checks=1))
    reason = r"  - it holds \<b\>markup\</b\> & \\x1b\[31mcolours"
    assert text.index(reason) < text.index("\n| ")


def test_a_reason_cannot_break_out_of_its_line_nor_its_cell() -> None:
    report = full_report("redundant-dx", checks=1)
    nasty = "a | b `c` *d* _e_ ![f](http://g) <img> # h @everyone"
    step = replace(report.verdicts[0].steps[0], target=nasty)
    text = report_markdown(replace(report, verdicts=(replace(report.verdicts[0], reason=nasty, steps=(step,)),)))
    assert rows(text)[1][2].count("\\|") == 1
    assert not re.findall(r"(?<!\\)[`<\[@]", "".join(line for line in text.splitlines() if "everyone" in line))


def test_several_topologies_are_folded_each_under_its_own_verdict() -> None:
    text = report_markdown(full_report("redundant-dx", "sitelink", checks=3))
    told = ["⚠️ <b>redundant-dx</b>: 1 of 3 pass", "⚠️ <b>sitelink</b>: 1 of 3 pass", "Who noticed each fault"]
    assert re.findall(r"<summary>(.*)</summary>", text) == told
    assert text.count("<details>") == text.count("</details>") == 3


def test_a_run_that_kept_every_promise_has_no_list_of_reasons() -> None:
    report = full_report("redundant-dx", checks=3)
    kept = replace(report, verdicts=tuple(replace(verdict, status=Status.PASS, reason="") for verdict in report.verdicts))
    assert report_markdown(kept).startswith("## Every promise that was tested was kept.\n\n3 pass")
    assert "\n- " not in report_markdown(kept)


def test_a_long_run_fits_into_a_comment(report: Report) -> None:
    """A comment on GitHub has at most 65,536 characters."""
    assert len(report_markdown(full_report(checks=8))) < 65_536
    assert len(report_markdown(report)) < 4_000


def test_a_promise_broken_in_one_event_or_after_the_faults_is_marked_though_nothing_was_lost() -> None:
    report = full_report("redundant-dx", checks=4)
    breach = Breach(what="path", words="went by dx1, promised via dx2")
    verdict = report.verdicts[3]
    for broken, cell in (("link-down dci begins", "→ 0 ✗, ← 0"), (None, "0; *after* → 0 ✗, ← 0")):
        flows = tuple(
            replace(
                flow,
                lost=0,
                outage_seconds=0.0,
                promised=None,
                reachable=True,
                breaches=(breach,) if flow.direction == "forward" and (flow.event == broken if broken else flow.phase == "after") else (),
            )
            for flow in verdict.flows
        )
        _, row = rows(report_markdown(replace(report, verdicts=(replace(verdict, flows=flows),))))
        assert row[3] == cell
