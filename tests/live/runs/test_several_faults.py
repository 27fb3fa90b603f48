"""Several faults in one check on a real lab: each event has its own outage, path and promises in the report."""

import json
import shutil
from typing import Any

import pytest

from tests.live.commands import ROOT, inv, leftovers

NAME = "live-events"
CHECKS = ("as-drawn", "circuit-flaps", "fault-inside-another", "faults-end-apart", "faults-overlap")
WHOLE = None

Report = dict[str, Any]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The JSON report of the shipped checks with several faults. All their promises were kept."""
    folder = tmp_path_factory.mktemp("events")
    checks = folder / "checks" / NAME
    checks.mkdir(parents=True)
    for check in CHECKS:
        shutil.copy(ROOT / "checks" / "redundant-dx" / f"{check}.yaml", checks)
    text = (ROOT / "topologies" / "redundant-dx.yaml").read_text()
    (folder / f"{NAME}.yaml").write_text(text.replace("name: redundant-dx", f"name: {NAME}"))
    result = inv("lab-test", "-t", f"{NAME}.yaml", "--json", "out.json", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert leftovers(NAME) == []
    return json.loads((folder / "out.json").read_text())


def _check(report: Report, name: str) -> Report:
    return next(check for check in report["checks"] if check["check"] == name)


def _by_event(report: Report, name: str, flow: str) -> dict[str | None, Report]:
    """The report entries of a flow's forward direction, by the event's name."""
    flows = _check(report, name)["flows"]
    return {each["event"]: each for each in flows if (each["flow"], each["direction"]) == (flow, "forward")}


EXPECTED = {
    "faults-overlap": {
        "link-down dx1 begins": "dc2-r1",
        "link-down dci begins": "",
        "link-down dx1 ends": "dc1-r1",
        "link-down dci ends": "dc1-r1",
    },
    "fault-inside-another": {
        "interconnect begins": "dc1-r1",
        "circuit begins": "",
        "circuit ends": "dc1-r1",
        "interconnect ends": "dc1-r1",
    },
    "faults-end-apart": {
        "link-down dx1 + link-down dci begin": "",
        "link-down dx1 ends": "dc1-r1",
        "link-down dci ends": "dc1-r1",
    },
}
"""The edge by which dc1-app leaves at the end of each event. "" if it is cut off."""


@pytest.mark.parametrize("name", EXPECTED)
def test_each_event_leaves_the_flow_on_the_expected_path(report: Report, name: str) -> None:
    measured = _by_event(report, name, "dc1-app")
    assert [event["event"] for event in _check(report, name)["events"]] == list(EXPECTED[name])
    for event, edge in EXPECTED[name].items():
        assert measured[event]["reachable"] == bool(edge), event
        assert [node for node in measured[event]["path"] if node.endswith("-r1")] == ([edge] if edge else []), event


@pytest.mark.parametrize("name", EXPECTED)
def test_the_outages_of_the_events_add_up_to_the_outage_of_the_whole_time(report: Report, name: str) -> None:
    measured = _by_event(report, name, "dc1-app")
    whole = measured.pop(WHOLE)
    events = [each for each in measured.values() if each["phase"] == "during"]
    assert whole["lost"] == sum(each["lost"] for each in events)
    assert whole["sent"] == sum(each["sent"] for each in events)


def test_a_cut_off_flow_is_out_during_that_whole_event_only(report: Report) -> None:
    """From 5 s to 8 s both the circuit and the interconnect are lost. Before that nothing on the flow's path is broken."""
    measured = _by_event(report, "fault-inside-another", "dc1-app")
    assert measured["interconnect begins"]["lost"] == 0
    assert measured["circuit begins"]["outage_seconds"] == pytest.approx(3.0, abs=0.3)
    assert measured["interconnect ends"]["lost"] == 0


def test_each_time_a_flap_is_an_event_and_is_noticed(report: Report) -> None:
    events = _check(report, "circuit-flaps")["events"]
    assert [event["event"] for event in events] == [f"flap dx1 {turn} ({number})" for number in (1, 2, 3) for turn in ("begins", "ends")]
    assert [event["phase"] for event in events] == ["during"] * 5 + ["after"]
    first = _by_event(report, "circuit-flaps", "dc1-app")["flap dx1 begins (1)"]
    assert 0 < first["outage_seconds"] < 1
    assert first["convergence"]["detected_by"]["source"] == "link"
    assert first["promised"]["outage_at_most"] == 1.0
    assert first["share"] == pytest.approx(first["outage_seconds"])


def test_a_site_whose_paths_no_fault_touched_has_proven_nothing(report: Report) -> None:
    of_events = {
        "fault-inside-another": ["dc1-app when interconnect begins", "dc1-app when interconnect ends"],
        "faults-end-apart": ["dc1-app when dci ends"],
    }
    for name in EXPECTED:
        assert {each["untouched"] for each in _by_event(report, name, "dc2-app").values()} == {True}, name
        assert _check(report, name)["untested"] == [*of_events.get(name, []), "dc2-app"], name


def test_the_network_keeps_its_promises_without_a_fault(report: Report) -> None:
    check = _check(report, "as-drawn")
    assert (check["status"], check["steps"], check["events"], check["untested"]) == ("pass", [], [], [])
