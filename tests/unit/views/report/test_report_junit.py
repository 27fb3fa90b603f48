"""The JUnit report: a topology is a suite, a check is a case, and every XML parser can read it."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lab.model.check import Promise
from lab.model.outcome import Report
from lab.views.report.junit import report_junit
from tests.reports import full_report


@pytest.fixture
def root(report: Report) -> ElementTree.Element:
    """The report, parsed."""
    return ElementTree.fromstring(report_junit(report))  # noqa: S314 - our own text


def case(root: ElementTree.Element, name: str) -> ElementTree.Element:
    """The test case of that name."""
    found = root.find(f".//testcase[@name='{name}']")
    assert found is not None
    return found


def test_a_topology_is_a_suite_and_counts_its_checks(root: ElementTree.Element) -> None:
    assert [suite.get("name") for suite in root] == ["active-active-vpn", "other"]
    assert [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in root] == [("2", "1", "0"), ("1", "0", "1")]
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("time")) == ("3", "1", "1", "143.200")
    assert root[0].get("time") == "73.340"


def test_a_check_is_a_case_of_its_topology(root: ElementTree.Element) -> None:
    found = case(root, "dc1-vpn-cut")
    assert (found.get("classname"), found.get("time")) == ("failover-lab.active-active-vpn", "42.340")
    assert [child.tag for child in found] == ["properties", "system-out"]


def test_a_broken_promise_is_a_failure_with_its_first_line_as_message(root: ElementTree.Element) -> None:
    failure = case(root, "one-tunnel").find("failure")
    assert failure is not None
    assert failure.get("message") == "dc1-app →: outage 20.0 s during the fault, at most 1.5 s was promised (and 1 more)"


def test_reasons_are_escaped_and_what_xml_forbids_is_written_out(root: ElementTree.Element) -> None:
    failure = case(root, "one-tunnel").findtext("failure", "")
    assert failure.splitlines()[1] == r"dc1-app →: [bold]not back[/] & <cut>\x1b"


def test_what_could_not_be_told_is_an_error(root: ElementTree.Element) -> None:
    found = case(root, "dx-cut")
    assert found.find("failure") is None
    assert found.findtext("error", "").startswith("dc2-app: not steady")


def test_the_output_is_the_flow_table_and_where_the_journal_lies(root: ElementTree.Element) -> None:
    lines = case(root, "dc1-vpn-cut").findtext("system-out", "").splitlines()
    assert any(line.split()[:3] == ["→", "832", "ms"] for line in lines)
    assert lines[-1] == "journal  runs/example/journal.jsonl"


def test_a_suite_names_the_timers_and_the_data_plane(root: ElementTree.Element) -> None:
    values = {item.get("name"): item.get("value") for item in root[0].iterfind("properties/property")}
    assert values == {"version": "0.1.0", "kernel": "6.1.0", "timers": "tuned", "ipsec": "userspace", "circuits": "a cable each"}


def test_a_failure_holds_all_there_is_to_say_since_some_show_nothing_else(root: ElementTree.Element) -> None:
    lines = case(root, "one-tunnel").findtext("failure", "").splitlines()
    assert lines[0] == "dc1-app →: outage 20.0 s during the fault, at most 1.5 s was promised"
    assert "The egress tunnel's IKE SA is deleted." in lines
    assert any(line.split()[:3] == ["→", "20000", "ms"] for line in lines)


def test_a_case_names_its_faults_and_its_outages_in_seconds(root: ElementTree.Element) -> None:
    values = [(item.get("name"), item.get("value")) for item in case(root, "dc1-vpn-cut").iterfind("properties/property")]
    assert ("fault", "tunnel-down vpn1") in values
    assert ("outage.dc1-app.forward.during", "0.832000") in values
    assert len(values) == 5


def test_a_case_tells_promises_shares_and_what_was_not_put_to_the_test(report: Report) -> None:
    passed = report.verdicts[0]
    first = replace(passed.flows[0], promised=Promise(outage_at_most=1.664), event="cut begins", untouched=True)
    told = replace(passed, flows=(first, *passed.flows[1:]), untested=("dc1-app →",))
    root = ElementTree.fromstring(report_junit(replace(report, verdicts=(told,))))  # noqa: S314 - our own text
    values = {item.get("name"): item.get("value") for item in case(root, "dc1-vpn-cut").iterfind("properties/property")}
    where = "dc1-app.forward.during"
    assert values["untested"] == "dc1-app →"
    assert (values[f"promised.{where}"], values[f"share.{where}"], values[f"untouched.{where}"]) == ("1.664000", "0.500000", "true")


def test_with_several_events_each_has_its_own_properties(report: Report) -> None:
    passed = report.verdicts[0]
    whole = passed.flows[0]
    flows = (whole, *(replace(whole, event=f"dx{number} begins") for number in (1, 2)), replace(passed.flows[1], event="both end"))
    root = ElementTree.fromstring(report_junit(replace(report, verdicts=(replace(passed, flows=flows),))))  # noqa: S314 - our own text
    names = [item.get("name", "") for item in case(root, "dc1-vpn-cut").iterfind("properties/property")]
    assert [name.removeprefix("outage.dc1-app.forward.") for name in names if name.startswith("outage")] == [
        "during",
        "dx1 begins",
        "dx2 begins",
        "both end",
    ]


def test_a_case_leads_to_the_file_of_its_check_and_a_suite_to_its_time() -> None:
    report = full_report("redundant-dx", checks=3)
    verdicts = (replace(report.verdicts[0], file="checks/redundant-dx/check-0.yaml"), *report.verdicts[1:])
    root = ElementTree.fromstring(report_junit(replace(report, verdicts=verdicts)))  # noqa: S314 - our own text
    assert [found.get("file") for found in root.iter("testcase")] == ["checks/redundant-dx/check-0.yaml", None, None]
    assert {suite.get("timestamp") for suite in root.iter("testsuite")} == {"2026-01-02T03:04:05"}
    assert case(root, "check-2").find("properties/property[@name='repeats']") is not None
