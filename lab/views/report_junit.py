"""A report as JUnit XML: a suite a topology, a case a check, so CI systems show a broken promise where they show a broken test."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lab.model.contrast import Contrast
from lab.model.outcome import Report, Status, Verdict
from lab.views.change_words import change_words
from lab.views.flow_lines import flow_lines
from lab.views.spread_lines import rejected_lines, spread_lines

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, Char) does not allow, not even escaped."""


def report_junit(report: Report) -> str:
    """The whole report as one XML document; fail is a failure, error an error, and the flow table the case's output."""
    root = Element("testsuites", _totals(report, report.verdicts) | {"name": "failover-lab", "time": f"{report.wall_seconds:.3f}"})
    for topology in dict.fromkeys(verdict.topology for verdict in report.verdicts):
        verdicts = tuple(verdict for verdict in report.verdicts if verdict.topology == topology)
        seconds = sum(verdict.wall_seconds for verdict in verdicts)
        suite = SubElement(
            root, "testsuite", {"name": _clean(topology)} | _totals(report, verdicts) | {"skipped": "0", "time": f"{seconds:.3f}"}
        )
        _add_properties(suite, report, topology)
        for verdict in verdicts:
            _add_case(suite, verdict)
        if report.contrast:
            _add_contrast(suite, report.contrast, topology)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(report: Report, verdicts: tuple[Verdict, ...]) -> dict[str, str]:
    """How many cases there are: one a verdict, and one a topology where there was a baseline."""
    statuses = [verdict.status for verdict in verdicts]
    against = {verdict.topology for verdict in verdicts} if report.contrast else set()
    worse = {change.topology for change in report.contrast.worse} & against if report.contrast else set()
    return {
        "tests": str(len(statuses) + len(against)),
        "failures": str(statuses.count(Status.FAIL) + len(worse)),
        "errors": str(statuses.count(Status.ERROR)),
    }


def _add_properties(suite: Element, report: Report, topology: str) -> None:
    """What a reader must know to compare two runs: the tool, the kernel, the timer profile and the data plane."""
    facts = [("version", report.version), ("kernel", report.host.kernel)]
    for lab in report.labs:
        if lab.topology == topology:
            facts += [("timers", lab.timers), ("ipsec", lab.ipsec)]
    properties = SubElement(suite, "properties")
    for name, value in facts:
        SubElement(properties, "property", {"name": name, "value": _clean(value)})


def _add_case(suite: Element, verdict: Verdict) -> None:
    names = {"classname": _clean(verdict.topology), "name": _clean(verdict.check)}
    case = SubElement(suite, "testcase", names | {"time": f"{verdict.wall_seconds:.3f}"})
    if verdict.status is not Status.PASS:
        reason = _clean(verdict.reason)
        kind = "failure" if verdict.status is Status.FAIL else "error"
        message = next(iter(reason.splitlines()), verdict.status.value)
        SubElement(case, kind, {"message": message, "type": kind}).text = reason
    lines = [verdict.summary, *rejected_lines(verdict.rejected)]
    lines += [
        *(line.plain.rstrip() for line in spread_lines(verdict.spreads)),
        *(line.plain.rstrip() for line in flow_lines(verdict.flows)),
        f"journal  {verdict.journal}",
    ]
    SubElement(case, "system-out").text = _clean("\n".join(lines) + "\n")


def _add_contrast(suite: Element, contrast: Contrast, topology: str) -> None:
    """A case of its own, so that CI shows a regression although every promise was kept."""
    case = SubElement(suite, "testcase", {"classname": _clean(topology), "name": "baseline", "time": "0.000"})
    if worse := [change_words(change) for change in contrast.worse if change.topology == topology]:
        text = _clean("\n".join(worse))
        SubElement(case, "failure", {"message": text.splitlines()[0], "type": "regression"}).text = text


def _clean(text: str) -> str:
    """The text without the characters no XML parser accepts (a control character in a router's log, say)."""
    return _FORBIDDEN.sub("", text)
