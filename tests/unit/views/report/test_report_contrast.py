"""A run compared with its baseline, in every form of a report: terminal, JSON, JUnit, and the next baseline."""

import json
from dataclasses import replace
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from lab.analysis.figures import figures_of
from lab.intent.baseline import read_baseline
from lab.model.contrast import Change, Contrast, NewPath
from lab.model.outcome import Report, Status
from lab.views.baseline.as_json import baseline_json
from lab.views.html import page
from lab.views.report.as_json import report_json
from lab.views.report.change_words import change_words, new_path_words
from lab.views.report.junit import report_junit
from lab.views.report.markdown import report_markdown
from lab.views.report.text import print_summary
from lab.views.report.words import headline, standing
from tests.unit.views.conftest import spread
from tests.unit.views.report.test_report_text import printed

LONGER = Change(
    what="outage",
    topology="net",
    check="cut",
    flow="a-b",
    direction="reverse",
    phase="during",
    baseline=0.062,
    now=0.9124,
    trials=(5, 4),
    probability=1 / 126,
)
BY_BOUND = replace(LONGER, probability=None, trials=(5, 1))
STATUS = Change(what="status", topology="net", check="cut", baseline="pass", now="fail")
GONE = Change(what="missing", topology="net", check="cut", baseline="pass")
UNMEASURED = Change(what="missing", topology="net", check="cut", flow="a-b", direction="forward")
MOVED = Change(what="path", topology="net", check="cut", flow="a-b", direction="forward", phase="during", baseline=("a", "b"), now=())
OTHER = replace(MOVED, phase="after", now=("a", "c", "b"))
EVENT = replace(LONGER, event="flap dx1 begins (2)")
UNSEEN = replace(GONE, event="flap dx1 begins (3)", baseline=None)
NEW = NewPath(topology="active-active-vpn", flow="a-b", direction="forward", path=("a", "c", "b"), checks=("cut", "dark"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (LONGER, "net/cut: a-b ← during: out 0.912 s, baseline 0.062 s (medians of 4 and 5 trials, p = 0.0079)"),
        (
            BY_BOUND,
            "net/cut: a-b ← during: out 0.912 s, baseline 0.062 s "
            "(medians of 1 and 5 trials; longer than timers or a busy host can explain)",
        ),
        (
            replace(BY_BOUND, trials=(1, 1)),
            "net/cut: a-b ← during: out 0.912 s, baseline 0.062 s (one trial each; longer than timers or a busy host can explain)",
        ),
        (STATUS, "net/cut: fail, baseline pass"),
        (GONE, "net/cut: not run this time, only in the baseline"),
        (UNMEASURED, "net/cut: a-b →: not measured in this run, only in the baseline"),
        (MOVED, "net/cut: a-b → during: went nowhere, baseline a > b"),
        (OTHER, "net/cut: a-b → after: went a > c > b, baseline a > b"),
        (EVENT, "net/cut: a-b ← flap dx1 begins (2): out 0.912 s, baseline 0.062 s (medians of 4 and 5 trials, p = 0.0079)"),
        (UNSEEN, "net/cut: flap dx1 begins (3): not measured in this run, only in the baseline"),
    ],
)
def test_a_change_is_told_in_words(change: Change, words: str) -> None:
    assert change_words(change) == words


@pytest.fixture
def contrast() -> Contrast:
    """A change of each kind. The worse ones are in the report's first topology."""
    worse = replace(STATUS, topology="active-active-vpn")
    unlike = ("kernel 5.15, now 6.1",)
    return Contrast(file="b.json", worse=(worse,), better=(LONGER,), unsure=(LONGER, OTHER), new=("net/new",), unlike=unlike)


def test_the_terminal_tells_the_worst_first_and_counts_it_in_the_last_line(console: Console, report: Report, contrast: Contrast) -> None:
    print_summary(console, replace(report, contrast=contrast, labs=()))
    lines = printed(console)
    lines = lines[lines.index("journal  runs/example/journal.jsonl") + 1 :]
    assert [line.split()[0] for line in lines] == ["WORSE", "UNSURE", "UNSURE", "BETTER", "NEW", "NOTE", "baseline", "1"]
    assert lines[0] == "WORSE  active-active-vpn/cut: fail, baseline pass"
    assert lines[1].endswith("; may be chance, because so many outages are compared (run more trials: --repeat)")
    assert lines[2].endswith("; as long as before, so perhaps only another of several equal paths (promise via if it matters)")
    assert lines[-1] == "1 pass, 1 fail, 1 error, 1 worse than the baseline in 143 s"


@pytest.mark.parametrize(
    ("checks", "words"),
    [(("a",), "a"), (("a", "b", "c"), "a, b, c"), (("a", "b", "c", "d"), "4 checks")],
)
def test_a_new_path_is_told_with_the_checks_it_was_seen_in(checks: tuple[str, ...], words: str) -> None:
    assert new_path_words(replace(NEW, checks=checks)) == f"active-active-vpn: a-b → began on a > c > b ({words})"


def test_new_paths_are_told_plainly_in_every_form(console: Console, report: Report, contrast: Contrast) -> None:
    against = replace(report, contrast=replace(contrast, worse=(), unsure=(), better=(), unlike=(), new=(), new_paths=(NEW, NEW)), labs=())
    heading, words = "2 new paths: not compared with the baseline", "active-active-vpn: a-b → began on a > c > b (cut, dark)"
    print_summary(console, against)
    assert printed(console)[-5:-2] == [f"NEW    {heading}", f"       {words}", f"       {words}"]
    assert printed(console)[-1] == "1 pass, 1 fail, 1 error, 0 worse than the baseline, 2 new paths in 143 s"
    shown = page(against)
    assert (heading in shown, f"<li>{escape(words)}</li>" in shown, "Worse than" in shown) == (True, True, False)
    lines = report_markdown(against).splitlines()
    assert lines[lines.index(f"- {heading}") + 1] == "  - active-active-vpn: a-b → began on a \\> c \\> b (cut, dark)"
    first, second = ElementTree.fromstring(report_junit(against)).findall(".//testcase[@name='baseline']")  # noqa: S314 - our own text
    assert ([each.tag for each in first], list(second)) == (["system-out"], [])
    assert words in (first.findtext("system-out") or "")
    (told, _) = json.loads(report_json(against))["baseline"]["new_paths"]
    assert told == {
        "topology": "active-active-vpn",
        "checks": ["cut", "dark"],
        "flow": "a-b",
        "direction": "forward",
        "path": ["a", "c", "b"],
        "words": words,
    }


def test_json_has_the_regressions_and_what_else_changed(report: Report, contrast: Contrast) -> None:
    told = json.loads(report_json(replace(report, contrast=contrast)))
    assert [(each["what"], each["baseline"], each["now"]) for each in told["regressions"]] == [("status", "pass", "fail")]
    (better,) = told["baseline"]["better"]
    assert list(better) == [
        *("topology", "check", "flow", "direction", "phase", "event", "what", "baseline", "now", "trials", "probability", "words"),
    ]
    assert (better["trials"], better["probability"]) == ([5, 4], 0.007937)
    assert told["baseline"]["unsure"][1]["now"] == ["a", "c", "b"]


def test_without_a_baseline_json_has_neither(report: Report) -> None:
    told = json.loads(report_json(report))
    assert (told["baseline"], told["regressions"]) == (None, None)


def test_junit_has_a_case_for_the_baseline_in_each_suite(report: Report, contrast: Contrast) -> None:
    root = ElementTree.fromstring(report_junit(replace(report, contrast=contrast)))  # noqa: S314 - our own text
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in root] == [("3", "2", "0"), ("2", "0", "1")]
    assert (root.get("tests"), root.get("failures")) == ("5", "2")
    worse, fine = root.findall(".//testcase[@name='baseline']")
    failure = worse.find("failure")
    assert failure is not None
    assert (failure.get("message"), failure.get("type")) == ("active-active-vpn/cut: fail, baseline pass", "regression")
    assert (fine.get("classname"), list(fine)) == ("failover-lab.other", [])
    assert "baseline" not in report_junit(report)


def test_the_page_and_the_summary_tell_what_got_worse_and_their_headline_does(report: Report, contrast: Contrast) -> None:
    against = replace(report, contrast=contrast, verdicts=report.verdicts[:1])
    words = "active-active-vpn/cut: fail, baseline pass"
    title = "Every promise was kept, but 1 got worse than the baseline."
    assert f"<li>{words}</li>" in page(against)
    assert f"<h1>{title}</h1>" in page(against)
    assert report_markdown(against).splitlines()[0] == f"## {title}"
    assert f"- 📉 {words}" in report_markdown(against).splitlines()
    assert headline(replace(report, contrast=contrast)).endswith(", 1 got worse than the baseline.")
    assert (standing(against), standing(replace(report, verdicts=report.verdicts[:1]))) == (Status.FAIL, Status.PASS)


def _measured(report: Report) -> Report:
    """The report with the outage of each trial of its first check."""
    first, *others = report.verdicts
    return replace(report, verdicts=(replace(first, spreads=(spread(0.832), spread(0.0, phase="after"))), *others))


@pytest.mark.parametrize("form", [baseline_json, report_json])
def test_a_baseline_and_a_report_are_read_as_the_figures_they_were_made_from(tmp_path: Path, report: Report, form) -> None:
    path = tmp_path / "b.json"
    path.write_text(form(_measured(report)), encoding="utf-8")
    assert read_baseline(path) == figures_of(_measured(report))


def test_a_baseline_has_a_line_for_the_outages_of_each_start_and_for_each_path(report: Report) -> None:
    lines = [line.strip() for line in baseline_json(_measured(report)).splitlines()]
    assert '"outages": [0.832],' in lines
    assert '"path_before": ["dc1-host", "dc1-core", "dc1-gw1", "isp-a", "internet", "vpn1-1", "vgw", "app-host"],' in lines
    assert json.loads(baseline_json(report))["baseline"] == 2
