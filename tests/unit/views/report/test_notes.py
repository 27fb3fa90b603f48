"""Notes of a verdict: every report shows them, even for a check that passed."""

import json
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from io import StringIO

import pytest

from lab.model.outcome import Report, Verdict
from lab.views.console import console_on
from lab.views.html import page
from lab.views.report.as_json import report_json
from lab.views.report.junit import report_junit
from lab.views.report.markdown import report_markdown
from lab.views.report.text import print_verdict

NOTE = "press-ads →: 1480 octets do not fit tunnel backup-1 at press-fw (MTU 1438)"


def _text(report: Report) -> str:
    console = console_on(StringIO())
    for verdict in report.verdicts:
        print_verdict(console, verdict)
    return str(console.file.getvalue())


@pytest.mark.parametrize("view", [_text, report_junit, page])
def test_a_check_that_passed_has_its_notes(view: Callable[[Report], str], report: Report, passed: Verdict) -> None:
    assert NOTE in unescape(view(replace(report, verdicts=(replace(passed, notes=(NOTE,)),))))


def test_a_program_reads_notes_as_a_list(report: Report, passed: Verdict) -> None:
    said = json.loads(report_json(replace(report, verdicts=(replace(passed, notes=(NOTE,)), passed))))
    assert [check["notes"] for check in said["checks"]] == [[NOTE], []]


def test_a_summary_has_the_notes_of_what_needs_a_look_below_its_reasons(report: Report, failed: Verdict, passed: Verdict) -> None:
    noted = tuple(replace(verdict, notes=(NOTE,)) for verdict in (failed, passed))
    lines = report_markdown(replace(report, verdicts=noted)).splitlines()
    (number,) = (number for number, line in enumerate(lines) if NOTE in line)
    assert (lines[number], lines[number - 1].startswith("  - dc1-app")) == (f"  - {NOTE}", True)
