"""Control characters from a file, a name or a node never leave the program unescaped."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest

from lab.errors import InputError, NodeError, Problem
from lab.model.reviewed import Reviewed
from lab.views.before.problems import reviewed_json, reviewed_text
from lab.views.console import console_on
from lab.views.graph.dot import dot
from lab.views.graph.mermaid import mermaid
from lab.views.graph.svg import svg
from lab.views.html.page import page
from lab.views.plain_text import plain
from lab.views.problem_lines import error_text
from lab.views.report.as_json import report_json
from lab.views.report.junit import report_junit
from lab.views.report.markdown import report_markdown
from lab.views.report.text import print_summary, print_verdict
from tests.reports import full_report

NASTY = "a\x1b[31mred\x1b]0;title\x07\x9b2J\x7f\r\x00\u202eesrever\u2066 <b>&\ud800"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WRITTEN_OUT = "\\x1b"
PROBLEM = Problem(place=f"checks/{NASTY}.yaml:3", message=NASTY)


@pytest.fixture(scope="module")
def nasty():
    """A report with control characters in every text from outside: summaries, names, reasons, messages of nodes."""
    report = full_report("redundant-dx", checks=3)
    verdicts = tuple(
        replace(
            each,
            check=f"check-{NASTY[:-1]}",
            summary=NASTY,
            reason=NASTY if each.reason else "",
            notes=(NASTY,),
            file=f"checks/{NASTY}.yaml",
            journal=f"runs/{NASTY}",
            timeline=tuple(replace(event, what=NASTY) for event in each.timeline),
        )
        for each in report.verdicts
    )
    return replace(
        report,
        verdicts=verdicts,
        host=replace(report.host, kernel=NASTY),
        sketches=tuple(replace(sketch, summary=NASTY) for sketch in report.sketches),
    )


def terminal(report, *, tty):
    stream = StringIO()
    stream.isatty = lambda: tty
    console = console_on(stream)
    for verdict in report.verdicts:
        print_verdict(console, verdict, verbose=True)
    print_summary(console, report, [NASTY])
    return stream.getvalue()


def test_in_a_log(nasty):
    shown = terminal(nasty, tty=False)
    assert not RAW.search(shown)
    assert WRITTEN_OUT in shown


def test_on_a_terminal_only_our_own_colours_are_left(nasty, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = terminal(nasty, tty=True)
    ours = re.compile(r"\x1b\[[0-9;]*m")
    assert ours.search(shown)
    assert not RAW.search(ours.sub("", shown))
    assert "\x1b[31mred" not in shown


@pytest.mark.parametrize("view", [page, report_markdown, report_junit, report_json], ids=["html", "markdown", "junit", "json"])
def test_in_a_report(nasty, view):
    shown = view(nasty)
    assert not RAW.search(shown)
    assert ("\\u001b" if view is report_json else WRITTEN_OUT) in shown


@pytest.mark.parametrize("view", [dot, mermaid, svg], ids=["dot", "mermaid", "svg"])
def test_in_a_picture(nasty, view):
    assert not RAW.search(view(nasty.sketches[0]))


def test_json_says_the_same_as_before(nasty):
    assert json.loads(report_json(nasty))["checks"][0]["summary"] == NASTY


@pytest.mark.parametrize("error", [InputError([PROBLEM]), NodeError(f"dc1-gw1 said: {NASTY}")], ids=["input", "node"])
def test_in_an_error(error):
    assert not RAW.search(error_text(error))
    assert WRITTEN_OUT in error_text(error)


def test_in_what_validate_says():
    reviewed = [Reviewed(name=NASTY, file=NASTY, checks=(NASTY,), problems=(PROBLEM,), unread=(NASTY,))]
    assert not RAW.search(reviewed_text(reviewed))
    assert not RAW.search(reviewed_json(reviewed))


def test_what_can_be_seen_stays_as_it_is():
    for text in ("dc1 → app: 0.83 s ✓", "Grüße, 日本語, 👍", "two\nlines\tand a tab"):
        assert plain(text) == text
