"""`lab-test` on an empty host, as in the README. Afterwards the host is empty again."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lab.runtime.docker.engine import ready_engine
from tests.live.commands import differences, inv, leftovers, network_of_host
from tests.live.conftest import LONE, SOME_CHECKS


@pytest.fixture(scope="module")
def run(lone_topology: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one whole lab-test. The host must be as before."""
    folder = tmp_path_factory.mktemp("run")
    ready_engine(print)
    before = network_of_host()
    result = inv("lab-test", "-t", str(lone_topology), "--json", "out.json", "--junit", "out.xml", "--report", "report", cwd=folder)
    (folder / "terminal").write_text(result.stdout + result.stderr)
    (folder / "code").write_text(str(result.returncode))
    assert leftovers(LONE) == []
    assert differences(before, network_of_host()) == {}
    return folder


def test_every_promise_of_the_shipped_topology_is_kept(run: Path) -> None:
    assert (run / "code").read_text() == "0", (run / "terminal").read_text()


def test_the_json_report_has_every_check_with_its_measurements(run: Path) -> None:
    report = json.loads((run / "out.json").read_text())
    names = {*SOME_CHECKS, "control"}
    assert {check["check"] for check in report["checks"]} == names
    assert report["summary"]["pass"] == len(names)
    for check in report["checks"]:
        flows = [flow for flow in check["flows"] if flow["phase"] == "during"]
        assert {(flow["flow"], flow["direction"]) for flow in flows} == {
            (flow, direction) for flow in ("dc1-app", "dc2-app", "dc1-dc2") for direction in ("forward", "reverse")
        }
        assert all(flow["sent"] > 1000 and flow["path_before"] for flow in flows)


def test_the_control_run_loses_nothing(run: Path) -> None:
    report = json.loads((run / "out.json").read_text())
    control = next(check for check in report["checks"] if check["check"] == "control")
    assert sum(flow["lost"] for flow in control["flows"]) == 0


def test_an_outage_lasts_for_the_hold_time_but_not_after_a_deleted_tunnel(run: Path) -> None:
    """With a BGP hold of 3 s and keepalives 1 s apart, silence is noticed after 2 to 3 s. Both ends notice a deleted IKE SA at once."""
    outage = {
        (check["check"], flow["direction"]): flow["outage_seconds"]
        for check in json.loads((run / "out.json").read_text())["checks"]
        for flow in check["flows"]
        if flow["flow"] == "dc1-app" and flow["phase"] == "during"
    }
    assert outage["internet", "forward"] > 1.9
    assert outage["one-tunnel", "forward"] < outage["internet", "forward"]
    assert outage["one-appliance", "forward"] < outage["one-appliance", "reverse"]


def test_the_junit_report_has_a_case_a_check(run: Path) -> None:
    cases = ET.parse(run / "out.xml").getroot().iter("testcase")  # noqa: S314 - the file is our own
    assert len(list(cases)) == len(SOME_CHECKS) + 1


def test_the_page_draws_the_lab_and_the_paths_its_packets_took(run: Path) -> None:
    page = (run / "report" / "index.html").read_text()
    checks = len(SOME_CHECKS) + 1
    assert page.count("<article") == page.count('<svg class="timeline"') == checks
    assert page.count('<svg class="network"') == 3 * checks
    assert page.count('class="now"') > checks
    assert (run / "report" / "junit.xml").read_text() == (run / "out.xml").read_text()


def test_the_page_can_be_made_again_from_the_journal_beside_it(run: Path) -> None:
    assert inv("lab-report", "report/journal.jsonl", "--report", "again", cwd=run).returncode == 0
    first, again = ((run / folder / "index.html").read_text() for folder in ("report", "again"))
    assert first == again


def test_the_report_can_be_made_again_from_the_journal(run: Path) -> None:
    journal = next(run.glob("runs/*/journal.jsonl"))
    assert inv("lab-report", str(journal.relative_to(run)), "--json", "again.json", cwd=run).returncode == 0
    first, again = (json.loads((run / name).read_text()) for name in ("out.json", "again.json"))
    assert first == again
