"""Who noticed a fault, in every form of a report."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from lab.model.check import AlarmPromise
from lab.model.noticed import EventNotice, Noticer, Ring
from lab.model.outcome import Breach, Status, Verdict
from lab.views.console import console_on
from lab.views.html.noticed import noticed_table
from lab.views.report.markdown import report_markdown
from lab.views.report.notice_table import print_notices
from lab.views.report.notice_words import noticed_line, unnoticed_words
from tests.reports import full_report

REPORT = full_report("hybrid-backup", checks=4)
SEEN, NOBODY = REPORT.verdicts[0], REPORT.verdicts[2]
NOTICE = SEEN.notices[0]
OLD = Ring(rule="FlowDown", source="prometheus", at=(-3.0, -3.0), after=(-5.0, -5.0), computed=False, is_certain=False)


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (NOTICE, "noticed by dc1-r1 after 1.0 ms; alarm dx1-connection-down after 0 to 90 s (computed)"),
        (replace(NOTICE, router=None), "noticed by no router; alarm dx1-connection-down after 0 to 90 s (computed)"),
        (replace(NOTICE, rings=()), "noticed by dc1-r1 after 1.0 ms; no alarm"),
        (replace(NOTICE, rings=(OLD,)), "noticed by dc1-r1 after 1.0 ms; alarm FlowDown since before the check"),
        (EventNotice(event="x", is_harmed=True), "nobody would have noticed: no router and no alarm"),
        (EventNotice(event="x"), ""),
    ],
)
def test_a_check_says_in_one_line_who_noticed(notice: EventNotice, words: str) -> None:
    assert noticed_line(replace(SEEN, notices=(notice,))) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"alarms": (AlarmPromise(rule="a", within=120.0), AlarmPromise(rule="b"))}, "; promised a within 120 s, b ✓"),
        ({"alarms": (AlarmPromise(rule="a"),), "breaches": (Breach(what="alarm", words="x"),)}, "; promised a ✗"),
        ({"alarms": (AlarmPromise(rule="a", source="prometheus"),)}, "; promised a ?"),
        ({"alarms": (AlarmPromise(rule="a", source="prometheus"),), "is_monitored": True}, "; promised a ✓"),
        ({"alarms": (AlarmPromise(rule="a"),), "status": Status.ERROR}, "; promised a ?"),
        ({"is_silent": True}, "; promised no alarm ✓"),
    ],
)
def test_a_promised_alarm_is_told_with_its_mark(changed: dict[str, Any], words: str) -> None:
    assert noticed_line(replace(SEEN, **{"breaches": (), **changed})).endswith(words)


def test_with_several_events_the_worst_one_is_told_with_its_name() -> None:
    both = replace(SEEN, notices=(NOTICE, EventNotice(event="delay dx1 begins", is_harmed=True)))
    assert noticed_line(both) == "nobody would have noticed: no router and no alarm (delay dx1 begins)"
    assert both.noticed == "nobody"


@pytest.mark.parametrize(("verdict", "noticed"), [(SEEN, "router"), (NOBODY, "nobody"), (REPORT.verdicts[1], None)])
def test_a_verdict_has_who_noticed(verdict: Verdict, noticed: Noticer | None) -> None:
    assert verdict.noticed == noticed


def test_a_report_counts_what_nobody_would_have_noticed() -> None:
    assert REPORT.unnoticed == 3  # the last check has two such events
    assert unnoticed_words(REPORT.unnoticed) == "3 faults unnoticed"
    assert unnoticed_words(0) == ""


def test_the_page_has_a_row_for_each_event_and_is_open_if_nobody_noticed_one() -> None:
    table = noticed_table("hybrid-backup", REPORT.verdicts).text
    assert table.count('<td class="nobody" colspan="2">nobody would have noticed</td>') == 3
    assert "dx1-connection-down after 0 to 90 s (computed), and 1 more" in table
    assert "open" in table.partition(">")[0]
    assert "open" not in noticed_table("hybrid-backup", [SEEN]).text.partition(">")[0]
    assert noticed_table("hybrid-backup", [REPORT.verdicts[1]]).text == ""


def test_markdown_has_the_same_table() -> None:
    told = report_markdown(REPORT)
    assert told.count("**nobody would have noticed**") == 3
    assert "| hybrid-backup / check-0 | link-down " in told


WHY = "The time of an alarm of CloudWatch is computed by its rules, from the event on, if the fault stays.</p></details>"
RANG = Ring(rule="FlowLossHigh", source="prometheus", at=(8.5, 8.5), after=(3.5, 3.5), computed=False)


WATCHED = replace(SEEN, is_monitored=True, notices=(replace(NOTICE, rings=(*NOTICE.rings, RANG)),))


def test_prometheus_has_a_column_if_it_watched_a_check() -> None:
    table = noticed_table("hybrid-backup", [WATCHED, NOBODY]).text
    assert "first alarm of Prometheus" in table
    assert "FlowLossHigh after 3.50 s" in table
    assert '<td class="nobody" colspan="3">' in table
    assert "Prometheus" not in noticed_table("hybrid-backup", [SEEN, NOBODY]).text
    told = report_markdown(replace(REPORT, verdicts=(WATCHED, NOBODY)))
    assert "| first alarm of Prometheus |" in told
    assert "| FlowLossHigh after 3.50 s |" in told
    assert "Prometheus" not in report_markdown(REPORT)


def test_prometheus_that_watched_and_rang_no_alarm_has_its_column_too() -> None:
    silent = replace(SEEN, is_monitored=True)
    assert noticed_table("hybrid-backup", [silent]).text.endswith('<td>–</td></tr></tbody></table></div><p class="more">' + WHY)
    assert "and 1 more | – |" in report_markdown(replace(REPORT, verdicts=(silent,)))
    assert "and 1 more | not there |" in report_markdown(replace(REPORT, verdicts=(SEEN, WATCHED)))


def lines(*verdicts: Verdict) -> list[str]:
    """The table in a log."""
    stream = StringIO()
    print_notices(console_on(stream), replace(REPORT, verdicts=verdicts))
    return stream.getvalue().splitlines()


def test_the_end_of_a_run_has_the_table_with_what_nobody_noticed_first() -> None:
    assert lines(SEEN, NOBODY) == [
        "who noticed each fault",
        "  check    first router   CloudWatch (computed)",
        "  check-2  nobody would have noticed",
        "  check-0  dc1-r1 1.0 ms  dx1-connection-down 0 to 90 s",
        "",
    ]
    assert lines(WATCHED, replace(SEEN, check="other"))[1:4] == [
        "  check    first router   CloudWatch (computed)          Prometheus",
        "  check-0  dc1-r1 1.0 ms  dx1-connection-down 0 to 90 s  FlowLossHigh 3.50 s",
        "  other    dc1-r1 1.0 ms  dx1-connection-down 0 to 90 s  not there",
    ]


def test_a_check_with_several_events_has_a_row_for_each_with_its_name() -> None:
    both = replace(SEEN, notices=(NOTICE, replace(NOTICE, event="delay dx1 begins")))
    assert [line.split("  ")[1] for line in lines(both)[2:4]] == [f"check-0: {NOTICE.event.removesuffix(' begins')}", "check-0: delay dx1"]
    assert lines(SEEN, replace(SEEN, topology="other"))[3].startswith("  other/check-0  ")


def test_a_single_fault_has_no_table_and_many_faults_are_not_all_shown() -> None:
    assert lines(SEEN) == []
    many = lines(*(replace(SEEN, check=f"c{number}") for number in range(25)))
    assert many[-2:] == ["  and 5 more (--json and --report have all)", ""]
    assert len(many) == 24


def test_an_alarm_that_really_rang_is_not_computed() -> None:
    assert noticed_line(replace(SEEN, notices=(replace(NOTICE, router=None, rings=(RANG,)),))) == (
        "noticed by no router; alarm FlowLossHigh after 3.50 s"
    )
