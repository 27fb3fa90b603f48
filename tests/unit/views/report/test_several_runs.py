"""A report of several runs: each view shows the host and duration of every run, and distinguishes checks with the same name."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from lab.analysis.merge import merged
from lab.door.files import write_folder
from lab.model.outcome import Report
from lab.model.run import HostFacts, Run
from lab.views.console import LOG_WIDTH, console_on
from lab.views.html import page
from lab.views.report.junit import report_junit
from lab.views.report.markdown import report_markdown
from lab.views.report.text import print_summary, print_verdict
from lab.views.report.words import journals, runs
from tests.reports import full_report
from tests.unit.views.parsed import parsed

FIRST = "2026-01-02 03:04 UTC, took 22 min 10 s, Linux 6.12.0, 2 processors, failover-lab 0.1.0"
SECOND = "2026-01-03 04:05 UTC, took 90 s, Linux 6.8, 1 processor, failover-lab 0.1.0"


def _run(name: str, host: HostFacts, begun: str, seconds: float) -> Report:
    report = full_report("redundant-dx", checks=3)
    run = Run(version="0.1.0", host=host, begun=begun, wall_seconds=seconds, journal=name)
    verdicts = tuple(replace(verdict, journal=name) for verdict in report.verdicts)
    return replace(report, host=host, begun=begun, wall_seconds=seconds, journal=name, verdicts=verdicts, runs=(run,))


@pytest.fixture
def one() -> Report:
    return _run("one.jsonl", full_report("redundant-dx").host, "2026-01-02T03:04:05.678+00:00", 1330.4)


@pytest.fixture
def both(one: Report) -> Report:
    """The same checks on two hosts."""
    other = _run("two.jsonl", HostFacts(kernel="6.8", cpus=1, capabilities=(("netem", True),)), "2026-01-03T04:05:06+00:00", 90.0)
    return merged([one, other])


def _text(report: Report) -> list[str]:
    console = console_on(StringIO())
    for verdict in report.verdicts:
        print_verdict(console, verdict)
    print_summary(console, report)
    return console.file.getvalue().splitlines()


def test_the_terminal_tells_each_run_beside_its_journal_and_which_check_is_whose(both: Report) -> None:
    lines = _text(both)
    assert max(map(len, lines[:-1])) <= LOG_WIDTH  # the last one is never split, because programs search for it
    told = " ".join(" ".join(lines[lines.index("journal  one.jsonl") :]).split())
    assert told.startswith(f"journal one.jsonl run 1: {FIRST} journal two.jsonl run 2: {SECOND} ")
    name = both.verdicts[2].check
    assert [sum(line.startswith(f"PASS   {name} (run {number}) ") for line in lines) for number in (1, 2)] == [1, 1]


def test_the_summary_tells_each_run_and_which_check_is_whose(both: Report) -> None:
    text = report_markdown(both).replace("\\", "")
    assert f"- run 1: {FIRST}, one.jsonl\n- run 2: {SECOND}, two.jsonl\n" in text
    name = both.verdicts[2].check
    assert all(f"| {name} (run {number}) |" in text for number in (1, 2))


def test_no_two_cases_of_junit_have_one_name_and_each_run_is_a_property(both: Report) -> None:
    root = fromstring(report_junit(both))  # noqa: S314 - our own text
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names) == 6
    told = {
        kind: [each.get("value") for each in root.findall(f"testsuite/properties/property[@name='{kind}']")] for kind in ("run", "kernel")
    }
    assert told == {"run": [f"1: {FIRST}, one.jsonl", f"2: {SECOND}, two.jsonl"], "kernel": ["6.12.0", "6.8"]}


def test_the_page_tells_each_run_and_its_host_and_links_every_check_and_journal(both: Report) -> None:
    shown = parsed(page(both))
    facts = {row.one("dt").text: row.one("dd").text for row in shown.one("section", "host").all("div")}
    assert (facts["run 1"], facts["run 2"]) == (FIRST, SECOND)
    assert (facts["kernel (run 1)"], facts["kernel (run 2)"], facts["kernel can (run 2)"]) == ("6.12.0", "6.8", "netem")
    identifiers = [each.at["id"] for each in shown.below() if "id" in each.at]
    assert len(set(identifiers)) == len(identifiers)
    closing = shown.one("footer")
    assert [link.text for link in closing.all("a")][-2:] == ["journal-1.jsonl", "journal-2.jsonl"]
    assert closing.one("code").text == "./inv lab-report journal-1.jsonl journal-2.jsonl --report DIR"


def test_the_folder_holds_the_journal_of_each_run(both: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        Path(f"{name}.jsonl").write_text(name)
    write_folder("out", both)
    assert {path.name: path.read_text() for path in Path("out").glob("*.jsonl")} == {"journal-1.jsonl": "one", "journal-2.jsonl": "two"}


def test_of_a_run_that_broke_off_that_is_said_in_place_of_its_duration(both: Report) -> None:
    broken = replace(both, runs=(both.runs[0], replace(both.runs[1], wall_seconds=0.0)))
    assert runs(broken) == (FIRST, SECOND.replace("took 90 s", "broke off"))


def test_the_report_of_one_run_speaks_of_no_runs(one: Report) -> None:
    assert journals(one) == (("one.jsonl", "journal.jsonl"),)
    for told in ("\n".join(_text(one)), report_markdown(one), report_junit(one), page(one)):
        assert "run 1" not in told
