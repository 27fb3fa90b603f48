"""A report as JUnit XML: a suite a topology, a case a check, so CI systems show a broken promise where they show a broken test.

GitLab shows a case's failure alone, so that holds all there is to say; Jenkins groups by what stands before the last dot of a classname.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lab.model.outcome import Report, Status, Verdict
from lab.views.flow_lines import flow_lines
from lab.views.plain_text import plain

_PRODUCT = "failover-lab"


def report_junit(report: Report) -> str:
    """The whole report as one XML document; fail is a failure, error an error, and the flow table the case's output."""
    root = Element("testsuites", {"name": _PRODUCT} | _totals(report.verdicts, report.wall_seconds) | _begun(report))
    for topology in dict.fromkeys(verdict.topology for verdict in report.verdicts):
        verdicts = tuple(verdict for verdict in report.verdicts if verdict.topology == topology)
        totals = _totals(verdicts, sum(verdict.wall_seconds for verdict in verdicts))
        suite = SubElement(root, "testsuite", {"name": plain(topology)} | totals | {"skipped": "0"} | _begun(report))
        _add_properties(suite, _facts(report, topology))
        for verdict in verdicts:
            _add_case(suite, verdict)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(verdicts: Sequence[Verdict], seconds: float) -> dict[str, str]:
    statuses = [verdict.status for verdict in verdicts]
    counts = {"tests": len(statuses), "failures": statuses.count(Status.FAIL), "errors": statuses.count(Status.ERROR)}
    return {name: str(count) for name, count in counts.items()} | {"time": f"{seconds:.3f}"}


def _begun(report: Report) -> dict[str, str]:
    """When the run began, as the schema of JUnit's XML wants it: UTC without saying so."""
    try:
        return {"timestamp": f"{datetime.fromisoformat(report.begun).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"}
    except ValueError:
        return {}


def _facts(report: Report, topology: str) -> Iterator[tuple[str, str]]:
    """What a reader must know to compare two runs: the tool, the kernel, the timer profile and the data plane."""
    yield "version", report.version
    yield "kernel", report.host.kernel
    for lab in report.labs:
        if lab.topology == topology:
            yield "timers", lab.timers
            yield "ipsec", lab.ipsec
            yield "circuits", lab.circuits


def _measured(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What was done and what was measured, outages in seconds."""
    for step in verdict.steps:
        yield "fault", f"{step.kind} {step.target}"
    if verdict.repeats > 1:
        yield "repeats", str(verdict.repeats)
    for flow in verdict.flows:
        yield f"outage.{flow.flow}.{flow.direction}.{flow.phase}", f"{flow.outage_seconds:.6f}"


def _add_properties(parent: Element, facts: Iterator[tuple[str, str]]) -> None:
    named = [{"name": plain(name), "value": plain(value)} for name, value in facts]
    if named:
        properties = SubElement(parent, "properties")
        for each in named:
            SubElement(properties, "property", each)


def _add_case(suite: Element, verdict: Verdict) -> None:
    names = {"classname": f"{_PRODUCT}.{plain(verdict.topology)}", "name": plain(verdict.check)}
    where = {"file": plain(verdict.file)} if verdict.file else {}
    case = SubElement(suite, "testcase", names | where | {"time": f"{verdict.wall_seconds:.3f}"})
    _add_properties(case, _measured(verdict))
    table = "\n".join([verdict.summary, *(line.plain.rstrip() for line in flow_lines(verdict.flows)), f"journal  {verdict.journal}"])
    if verdict.status is not Status.PASS:
        kind = "failure" if verdict.status is Status.FAIL else "error"
        first, *more = plain(verdict.reason).splitlines() or [verdict.status.value]
        message = f"{first} (and {len(more)} more)" if more else first
        SubElement(case, kind, {"message": message, "type": kind}).text = plain("\n".join([first, *more, "", table]) + "\n")
    SubElement(case, "system-out").text = plain(table + "\n")
