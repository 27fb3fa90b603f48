"""A report as JUnit XML. A topology is a suite, and a check is a case. CI systems show a broken promise like a failed test.

GitLab shows only the failure of a case, so the failure has all details. Jenkins groups cases by the part of a class name before its last
dot.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lab.model.contrast import Contrast
from lab.model.outcome import Report, Status, Verdict
from lab.views.plain_text import plain
from lab.views.report.change_words import change_words, new_path_words
from lab.views.report.flow_lines import flow_lines
from lab.views.report.promise_lines import folded, promise_lines
from lab.views.report.spread_lines import rejected_lines, spread_lines
from lab.views.report.words import PHASES, runs

_PRODUCT = "failover-lab"


def report_junit(report: Report) -> str:
    """The whole report as one XML document.

    A failed check is a failure, an error is an error. The output of a case is the table of flows.
    """
    root = Element("testsuites", {"name": _PRODUCT} | _totals(report, report.verdicts, report.wall_seconds) | _begun(report))
    for topology in dict.fromkeys(verdict.topology for verdict in report.verdicts):
        verdicts = tuple(verdict for verdict in report.verdicts if verdict.topology == topology)
        totals = _totals(report, verdicts, sum(verdict.wall_seconds for verdict in verdicts))
        suite = SubElement(root, "testsuite", {"name": plain(topology)} | totals | {"skipped": "0"} | _begun(report))
        _add_properties(suite, _facts(report, topology))
        for verdict in verdicts:
            _add_case(suite, verdict)
        if report.contrast:
            _add_contrast(suite, report.contrast, topology)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(report: Report, verdicts: Sequence[Verdict], seconds: float) -> dict[str, str]:
    """The numbers of cases for the XML: one case for each verdict. With a baseline, one more case for each topology."""
    statuses = [verdict.status for verdict in verdicts]
    topologies = {verdict.topology for verdict in verdicts} if report.contrast else set()
    worse = {change.topology for change in report.contrast.worse} & topologies if report.contrast else set()
    tests, failures = len(statuses) + len(topologies), statuses.count(Status.FAIL) + len(worse)
    counts = {"tests": tests, "failures": failures, "errors": statuses.count(Status.ERROR)}
    return {name: str(count) for name, count in counts.items()} | {"time": f"{seconds:.3f}"}


def _begun(report: Report) -> dict[str, str]:
    """When the run began. The JUnit schema requires UTC, written without a time zone."""
    try:
        return {"timestamp": f"{datetime.fromisoformat(report.begun).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"}
    except ValueError:
        return {}


def _facts(report: Report, topology: str) -> Iterator[tuple[str, str]]:
    """Facts that help to compare two runs: the tool, the kernel, the timer profile, and where ESP packets are encrypted."""
    yield "version", report.version
    for kernel in dict.fromkeys([report.host.kernel, *(run.host.kernel for run in report.runs)]):
        yield "kernel", kernel
    for number, words in enumerate(runs(report), start=1):
        yield "run", f"{number}: {words}, {report.runs[number - 1].journal}"
    for lab in report.labs:
        if lab.topology == topology:
            yield "timers", lab.timers
            yield "ipsec", lab.ipsec
            yield "circuits", lab.circuits


def _measured(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The faults of a check, and each measured outage in seconds, with its share of the promised limit."""
    for step in verdict.steps:
        yield "fault", f"{step.kind} {step.target}"
    if verdict.repeats > 1:
        yield "repeats", str(verdict.repeats)
    for promise in verdict.not_tested:
        yield "untested", promise
    for flow in verdict.flows:
        several = sum((other.flow, other.direction) == (flow.flow, flow.direction) for other in verdict.flows) > len(PHASES)
        where = f"{flow.flow}.{flow.direction}.{flow.event if several and flow.event else flow.phase}"
        yield f"outage.{where}", f"{flow.outage_seconds:.6f}"
        if flow.promised and flow.promised.outage_at_most is not None:
            yield f"promised.{where}", f"{flow.promised.outage_at_most:.6f}"
        if flow.share is not None:
            yield f"share.{where}", f"{flow.share:.6f}"
        if flow.untouched:
            yield f"untouched.{where}", "true"


def _add_properties(parent: Element, facts: Iterator[tuple[str, str]]) -> None:
    named = [{"name": plain(name), "value": plain(value)} for name, value in facts]
    if named:
        properties = SubElement(parent, "properties")
        for each in named:
            SubElement(properties, "property", each)


def _add_case(suite: Element, verdict: Verdict) -> None:
    names = {"classname": f"{_PRODUCT}.{plain(verdict.topology)}", "name": plain(verdict.title)}
    where = {"file": plain(verdict.file)} if verdict.file else {}
    case = SubElement(suite, "testcase", names | where | {"time": f"{verdict.wall_seconds:.3f}"})
    _add_properties(case, _measured(verdict))
    table = "\n".join([verdict.summary, *_table(verdict), f"journal  {verdict.journal}"])
    if verdict.status is not Status.PASS:
        kind = "failure" if verdict.status is Status.FAIL else "error"
        first, *more = plain(verdict.reason).splitlines() or [verdict.status.value]
        message = f"{first} (and {len(more)} more)" if more else first
        SubElement(case, kind, {"message": message, "type": kind}).text = plain("\n".join([first, *more, "", table]) + "\n")
    SubElement(case, "system-out").text = plain(table + "\n")


def _table(verdict: Verdict) -> Iterator[str]:
    yield from verdict.notes
    yield from rejected_lines(verdict.rejected)
    for line in promise_lines(verdict):
        yield " ".join(filter(None, (line.name, line.event and f"{line.event}:", line.words.plain)))
    if rest := folded(verdict):
        yield rest
    for text in (*spread_lines(verdict.spreads), *flow_lines(verdict.flows)):
        yield text.plain.rstrip()


def _add_contrast(suite: Element, contrast: Contrast, topology: str) -> None:
    """Add a JUnit case for everything that is worse than in the baseline. CI shows it even if every promise was kept."""
    case = SubElement(suite, "testcase", {"classname": f"{_PRODUCT}.{plain(topology)}", "name": "baseline", "time": "0.000"})
    if worse := [change_words(change) for change in contrast.worse if change.topology == topology]:
        message = f"{worse[0]} (and {len(worse) - 1} more)" if worse[1:] else worse[0]
        SubElement(case, "failure", {"message": plain(message), "type": "regression"}).text = plain("\n".join(worse) + "\n")
    if new := [new_path_words(path) for path in contrast.new_paths if path.topology == topology]:
        SubElement(case, "system-out").text = plain("\n".join(["new paths, not compared with the baseline:", *new]) + "\n")
