"""Who noticed a fault, in every form of a report."""

from dataclasses import replace
from typing import Any

import pytest

from lab.model.check import AlarmPromise
from lab.model.noticed import EventNotice, Noticer, Ring
from lab.model.outcome import Breach, Status, Verdict
from lab.views.html.noticed import noticed_table
from lab.views.report.markdown import report_markdown
from lab.views.report.notice_words import noticed_line, unnoticed_words
from tests.reports import full_report

REPORT = full_report("hybrid-backup", checks=4)
SEEN, NOBODY = REPORT.verdicts[0], REPORT.verdicts[2]
NOTICE = SEEN.notices[0]


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (NOTICE, "noticed by dc1-r1 after 1.0 ms; alarm dx1-connection-down after 0 to 90 s (computed)"),
        (replace(NOTICE, router=None), "noticed by no router; alarm dx1-connection-down after 0 to 90 s (computed)"),
        (replace(NOTICE, rings=()), "noticed by dc1-r1 after 1.0 ms; no alarm"),
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
        ({"is_silent": True}, "; no alarm promised ✓"),
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


RANG = Ring(rule="FlowLossHigh", source="prometheus", at=(8.5, 8.5), after=(3.5, 3.5), computed=False)


def test_an_alarm_of_prometheus_has_a_column_of_its_own_only_if_one_rang() -> None:
    seen = replace(SEEN, notices=(replace(NOTICE, rings=(*NOTICE.rings, RANG)),))
    table = noticed_table("hybrid-backup", [seen, NOBODY]).text
    assert "first alarm of Prometheus" in table
    assert "FlowLossHigh after 3.50 s" in table
    assert '<td class="nobody" colspan="3">' in table
    assert "first alarm of Prometheus" not in noticed_table("hybrid-backup", [SEEN, NOBODY]).text
    told = report_markdown(replace(REPORT, verdicts=(seen, NOBODY)))
    assert "| first alarm of Prometheus |" in told
    assert "| FlowLossHigh after 3.50 s |" in told
    assert "Prometheus" not in report_markdown(REPORT)


def test_an_alarm_that_really_rang_is_not_computed() -> None:
    assert noticed_line(replace(SEEN, notices=(replace(NOTICE, router=None, rings=(RANG,)),))) == (
        "noticed by no router; alarm FlowLossHigh after 3.50 s"
    )
