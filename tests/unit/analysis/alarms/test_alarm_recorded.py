"""A journal of a real run, judged again: the control run is silent, and the cut is noticed as predicted."""

from pathlib import Path

import pytest

from lab.analysis.report import report_of
from lab.analysis.verdict import judge
from lab.api.predicted_alarms import predicted_alarms
from lab.engine import read_journal
from lab.model.check import control_check
from lab.model.event import CheckEnded, CheckStarted, Event, Judged
from lab.model.outcome import Status
from lab.model.plan import Timers
from lab.views.report.notice_words import noticed_line
from tests.shipped import ROOT, shipped_check, shipped_plan

JOURNAL = Path(__file__).parent / "recorded" / "dx-cut.jsonl"
EVENTS = read_journal(JOURNAL)


def recorded(check: str) -> list[Event]:
    """The events of one check of the run, without its verdict."""
    begin = next(place for place, event in enumerate(EVENTS) if isinstance(event, CheckStarted) and event.check == check)
    end = next(place for place in range(begin, len(EVENTS)) if isinstance(EVENTS[place], CheckEnded))
    return list(EVENTS[begin : end + 1])


def judged(check: str) -> Judged:
    """The verdict by today's rules."""
    found = control_check() if check == "control" else shipped_check("hybrid-backup", check)
    return judge(found, shipped_plan("hybrid-backup"), recorded(check))


def test_in_the_control_run_no_alarm_rings():
    assert (judged("control").status, judged("control").notices) == (Status.PASS, ())


def test_a_cut_is_noticed_by_the_router_and_the_promised_alarm_rings():
    verdict = judged("dx-cut")
    assert verdict.status is Status.PASS, verdict.reason
    report = report_of([*EVENTS[:2], *recorded("dx-cut"), verdict], "journal.jsonl")
    assert noticed_line(report.verdicts[0]) == "noticed by dc1-r1 after 1.0 ms; alarm dx1-connection-down after 0 to 90 s (computed)"
    assert report.unnoticed == 0


def test_the_lab_agrees_with_the_prediction():
    (predicted,) = predicted_alarms([str(ROOT / "topologies" / "hybrid-backup.yaml")], Timers.TUNED, 1, ("dx1",))
    foreseen = {ring.rule: ring.after for ring in predicted.sets[0][1].rings}
    (notice,) = judged("dx-cut").notices
    assert {ring.rule for ring in notice.rings} == set(foreseen)
    for ring in notice.rings:
        low, high = foreseen[ring.rule]
        assert low <= ring.after[0] <= ring.after[1] <= high, ring.rule


def test_an_old_journal_without_notices_says_nothing():
    old = report_of(EVENTS, "journal.jsonl")
    assert [verdict.notices for verdict in old.verdicts] == [(), ()]
    assert [noticed_line(verdict) for verdict in old.verdicts] == ["", ""]


@pytest.mark.parametrize("check", ["dx-cut", "backup-lost"])
def test_a_shipped_check_promises_an_alarm_under_both_profiles(check):
    for timers in Timers:
        (promise,) = shipped_check("hybrid-backup", check, timers).alarms
        assert promise.within
