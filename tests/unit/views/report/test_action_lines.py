"""What automations did, in a report: a line with an instant for each action, and nothing else of the timeline."""

from dataclasses import replace

from lab.model.evidence import TimelineEvent
from lab.views.report.action_lines import action_lines
from tests.reports import full_report

VERDICT = full_report("hybrid-backup", checks=4).verdicts[0]


def test_each_action_has_a_line() -> None:
    acts = TimelineEvent(at=10.13, node="dc1-r1", source="automation", what="brown-out: shuts BGP of vif1, because FlowLossHigh rings")
    told = replace(VERDICT, timeline=(*VERDICT.timeline, acts))
    assert list(action_lines(told)) == ["10.1300 s  brown-out: shuts BGP of vif1, because FlowLossHigh rings"]
    assert list(action_lines(VERDICT)) == []
