"""A report as JUnit XML: a suite a topology, a case a check, so CI systems show a broken promise where they show a broken test."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lab.model.outcome import Report, Status, Verdict
from lab.views.flow_lines import flow_lines
from lab.views.plain_text import plain


def report_junit(report: Report) -> str:
    """The whole report as one XML document; fail is a failure, error an error, and the flow table the case's output."""
    root = Element("testsuites", _totals(report.verdicts) | {"name": "failover-lab", "time": f"{report.wall_seconds:.3f}"})
    for topology in dict.fromkeys(verdict.topology for verdict in report.verdicts):
        verdicts = tuple(verdict for verdict in report.verdicts if verdict.topology == topology)
        seconds = sum(verdict.wall_seconds for verdict in verdicts)
        suite = SubElement(root, "testsuite", {"name": plain(topology)} | _totals(verdicts) | {"skipped": "0", "time": f"{seconds:.3f}"})
        _add_properties(suite, report, topology)
        for verdict in verdicts:
            _add_case(suite, verdict)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(verdicts: tuple[Verdict, ...]) -> dict[str, str]:
    statuses = [verdict.status for verdict in verdicts]
    return {"tests": str(len(statuses)), "failures": str(statuses.count(Status.FAIL)), "errors": str(statuses.count(Status.ERROR))}


def _add_properties(suite: Element, report: Report, topology: str) -> None:
    """What a reader must know to compare two runs: the tool, the kernel, the timer profile and the data plane."""
    facts = [("version", report.version), ("kernel", report.host.kernel)]
    for lab in report.labs:
        if lab.topology == topology:
            facts += [("timers", lab.timers), ("ipsec", lab.ipsec)]
    properties = SubElement(suite, "properties")
    for name, value in facts:
        SubElement(properties, "property", {"name": name, "value": plain(value)})


def _add_case(suite: Element, verdict: Verdict) -> None:
    names = {"classname": plain(verdict.topology), "name": plain(verdict.check)}
    case = SubElement(suite, "testcase", names | {"time": f"{verdict.wall_seconds:.3f}"})
    if verdict.status is not Status.PASS:
        reason = plain(verdict.reason)
        kind = "failure" if verdict.status is Status.FAIL else "error"
        message = next(iter(reason.splitlines()), verdict.status.value)
        SubElement(case, kind, {"message": message, "type": kind}).text = reason
    lines = [verdict.summary, *(line.plain.rstrip() for line in flow_lines(verdict.flows)), f"journal  {verdict.journal}"]
    SubElement(case, "system-out").text = plain("\n".join(lines) + "\n")
