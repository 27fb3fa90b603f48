"""The JSON report keeps its contract: keys, words, microseconds."""

import dataclasses
import json
from typing import Any

import pytest

from lab.model.check import AlarmPromise, Expectation, Promise
from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import Breach, ConvergenceEvent, Report
from lab.model.prediction import AlarmPrediction
from lab.model.run import HostFacts, Run
from lab.views.report.as_json import report_json
from tests.reports import full_report

KEYS = {
    (): ["schema", "tool", "begun", "host", "images", "runs", "labs", "limits", "checks", "baseline", "regressions", "summary"],
    ("tool",): ["version"],
    ("host",): ["kernel", "cpus", "capabilities"],
    ("labs", 0): ["topology", "timers", "ipsec", "circuits", "nodes", "links", "up_seconds", "down_seconds"],
    ("checks", 0): [
        *("topology", "check", "run", "summary", "origin", "stands_for", "status", "reason", "repeats", "wall_seconds", "steps"),
        *("events", "expectations", "promises", "untested", "breaches", "flows", "timeline"),
        *("spreads", "rejected", "notes", "alarms", "promised_alarms", "promised_silence", "predicted_alarms", "alarm_surprises"),
        *("monitored", "noticed", "notices", "load", "journal"),
    ],
    ("checks", 0, "steps", 0): ["fault", "target", "applied", "undone"],
    ("checks", 0, "flows", 0): [
        *(
            "flow",
            "direction",
            "phase",
            "event",
            "rate_pps",
            "sent",
            "lost",
            "outage_seconds",
            "longest_loss_seconds",
            "resolution_seconds",
        ),
        *("reachable", "path_before", "path", "readings", "convergence", "promised", "share", "untouched"),
        *("predicted", "surprise"),
    ],
    ("checks", 0, "timeline", 0): ["at", "node", "source", "what"],
    ("summary",): ["pass", "fail", "error", "surprises", "wall_seconds", "untested_promises", "unnoticed"],
}


def read(report: Report, *path: str | int) -> Any:
    """The value at a path of the report's JSON."""
    value = json.loads(report_json(report))
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("path", KEYS, ids=lambda path: ".".join(map(str, path)) or "report")
def test_every_object_has_exactly_its_keys_in_their_order(report: Report, path: tuple[str | int, ...]) -> None:
    assert list(read(report, *path)) == KEYS[path]


def test_who_noticed_is_there_with_the_first_alarm_of_each_source() -> None:
    verdict = full_report("hybrid-backup", checks=1).verdicts[0]
    (notice,) = verdict.notices
    rang = Ring(rule="FlowDown", source="prometheus", at=(8.5, 8.5), after=(3.5, 3.5), computed=False)
    told = dataclasses.replace(verdict, is_monitored=True, notices=(dataclasses.replace(notice, rings=(rang, *notice.rings)),))
    report = dataclasses.replace(full_report("hybrid-backup"), verdicts=(told,))
    assert (read(report, "checks", 0, "monitored"), read(report, "checks", 0, "noticed")) == (True, "router")
    row = read(report, "checks", 0, "notices", 0)
    assert (row["alarm"], row["cloudwatch"], row["prometheus"]) == ("FlowDown", "dx1-connection-down", "FlowDown")
    alarms = [(alarm["rule"], alarm["source"], alarm["computed"]) for alarm in read(report, "checks", 0, "alarms")]
    assert alarms[:2] == [("FlowDown", "prometheus", False), ("dx1-connection-down", "cloudwatch", True)]
    without = dataclasses.replace(report, verdicts=(dataclasses.replace(verdict, notices=(EventNotice(event="x", is_harmed=True),)),))
    row = read(without, "checks", 0, "notices", 0)
    assert (row["noticed"], row["cloudwatch"], row["prometheus"], read(without, "summary", "unnoticed")) == ("nobody", None, None, 1)


def test_a_promised_alarm_is_counted_like_any_promise_and_untested_without_a_monitor(report: Report) -> None:
    promised = (AlarmPromise(rule="dark"), AlarmPromise(rule="FlowDown", source="prometheus"))
    verdict = dataclasses.replace(report.verdicts[0], alarms=promised, untested=("dc1-app →",))
    number = len(verdict.expectations) + 2
    for is_monitored, untested in ((False, ["dc1-app →", "alarm FlowDown"]), (True, ["dc1-app →"])):
        told = dataclasses.replace(report, verdicts=(dataclasses.replace(verdict, is_monitored=is_monitored),))
        assert (read(told, "checks", 0, "promises"), read(told, "checks", 0, "untested")) == (number, untested)
        assert read(told, "summary", "untested_promises") == len(untested)
    silent = dataclasses.replace(report, verdicts=(dataclasses.replace(verdict, alarms=(), is_silent=True),))
    assert (read(silent, "checks", 0, "promises"), read(silent, "checks", 0, "untested")) == (number - 1, ["dc1-app →"])


def test_predicted_alarms_and_surprises_are_there(report: Report) -> None:
    assert (read(report, "checks", 0, "predicted_alarms"), read(report, "checks", 0, "alarm_surprises")) == (None, [])
    foreseen = AlarmPrediction(rule="dark", after=(0.0, 90.0), tolerated=(0.0, 90.2), is_certain=True)
    wrong = Breach(what="surprise", words="alarm dark does not ring, predicted after 0 to 90 s")
    verdict = dataclasses.replace(report.verdicts[0], foreseen_alarms=(foreseen,), breaches=(wrong,))
    told = dataclasses.replace(report, verdicts=(verdict,))
    assert read(told, "checks", 0, "predicted_alarms") == [{"rule": "dark", "after_seconds": [0.0, 90.0], "certain": True}]
    assert read(told, "checks", 0, "alarm_surprises") == [wrong.words]
    assert read(told, "summary", "surprises") == 1


def test_facts_by_name_are_objects(report: Report) -> None:
    assert read(report, "host", "capabilities") == {"docker": True, "xfrm-interface": False}
    assert read(report, "images") == {"node": "abc123", "frr": "10.3"}


def test_instants_and_seconds_are_rounded_to_microseconds(report: Report) -> None:
    assert read(report, "checks", 0, "steps", 0, "applied") == [5.0, 5.001234]
    assert read(report, "checks", 0, "timeline", 0, "at") == 5.001235


def test_a_check_tells_its_status_its_reason_and_its_paths(report: Report) -> None:
    check = read(report, "checks", 1)
    assert (check["status"], check["repeats"]) == ("fail", 1)
    assert check["reason"].startswith("dc1-app →: outage 20.0 s")
    assert check["flows"][0]["path"] == []
    assert check["flows"][0]["path_before"][0] == "dc1-host"


def test_a_lab_that_was_found_running_took_no_time_to_come_up(report: Report) -> None:
    assert read(report, "labs", 1, "up_seconds") is None


def test_the_summary_counts_every_status(report: Report) -> None:
    counted = {"pass": 1, "fail": 1, "error": 1, "surprises": 0, "wall_seconds": 143.2, "untested_promises": 0, "unnoticed": 0}
    assert read(report, "summary") == counted


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert report_json(report) == report_json(dataclasses.replace(report))
    assert report_json(report).startswith('{\n  "schema": 1,\n')


def test_a_flow_tells_what_it_was_promised_and_how_much_of_that_it_took(report: Report) -> None:
    passed = report.verdicts[0]
    promise = Promise(outage_at_most=1.664, via=("vpn3",))
    first = dataclasses.replace(passed.flows[0], promised=promise, event="cut begins", untouched=True)
    event = ConvergenceEvent(number=0, name="cut begins", phase="during", at=(5.0, 5.001), begins=("vpn1",), ends=(), begun=(0,), ended=())
    breach = Breach(what="path", words="went nowhere", flow="dc1-app", direction="forward", phase="during", event="cut begins")
    told = dataclasses.replace(
        passed,
        flows=(first, *passed.flows[1:]),
        events=(event,),
        breaches=(breach,),
        expectations=(Expectation(flow="dc1-app"),) * 2,
        untested=("dc1-app →",),
    )
    report = dataclasses.replace(report, verdicts=(told,))
    flow = read(report, "checks", 0, "flows", 0)
    assert flow["promised"] == {"outage_at_most": 1.664, "outage_at_least": None, "via": ["vpn3"], "reachable": True}
    assert (flow["event"], flow["share"], flow["untouched"]) == ("cut begins", 0.5, True)
    check = read(report, "checks", 0)
    assert check["events"] == [{"event": "cut begins", "phase": "during", "at": [5.0, 5.001], "begins": ["vpn1"], "ends": []}]
    assert list(check["expectations"][0]) == ["flow", "directions", "before", "during", "after", "when", "then", "symmetric"]
    assert (check["promises"], check["untested"], read(report, "summary", "untested_promises")) == (2, ["dc1-app →"], 1)
    assert list(check["breaches"][0]) == ["what", "flow", "direction", "phase", "event", "words"]


def test_a_number_json_cannot_say_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        report_json(dataclasses.replace(report, wall_seconds=float("inf")))


EVIDENCE = {
    ("flows", 0, "readings"): ["loss_seconds", "gap_seconds", "event_seconds", "tolerance_seconds", "agree"],
    ("flows", 0, "convergence"): [
        *("event_at", "detected_by", "detection_seconds", "control_plane_seconds", "fib_seconds", "data_plane_seconds"),
        *("frr_control_plane_seconds", "frr_fib_seconds"),
    ],
    ("flows", 0, "convergence", "detected_by"): ["at", "node", "source", "what"],
    ("spreads", 0): [
        "flow",
        "direction",
        "phase",
        "event",
        "outages",
        "median",
        "p1",
        "p99",
        "deviation",
        "paths_before",
        "paths",
        "starts",
    ],
    ("spreads", 0, "starts", 0): ["path_before", "path_begun", "outages", "paths"],
    ("load",): ["busy", "stalled", "latest_probe_seconds"],
}


@pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: ".".join(map(str, path)))
def test_evidence_has_its_keys_too(path: tuple[str | int, ...]) -> None:
    assert list(read(full_report("redundant-dx"), "checks", 0, *path)) == EVIDENCE[path]


def test_evidence_that_there_is_not_is_null_or_empty(report: Report) -> None:
    check = read(report, "checks", 0)
    assert (check["spreads"], check["rejected"], check["load"]) == ([], [], None)
    assert {(flow["readings"], flow["convergence"]) for flow in check["flows"]} == {(None, None)}


def test_readings_say_whether_they_agree_and_a_change_nobody_noticed_was_detected_by_nobody() -> None:
    report = full_report("redundant-dx", checks=1)
    verdict = report.verdicts[0]
    first = verdict.flows[0]
    assert first.readings
    assert first.convergence
    odd = dataclasses.replace(
        first,
        readings=dataclasses.replace(first.readings, event_seconds=9.0),
        convergence=dataclasses.replace(first.convergence, noticed=None),
    )
    report = dataclasses.replace(report, verdicts=(dataclasses.replace(verdict, flows=(first, odd)),))
    assert [flow["readings"]["agree"] for flow in read(report, "checks", 0, "flows")] == [True, False]
    assert read(report, "checks", 0, "flows", 1, "convergence", "detected_by") is None


def test_every_run_of_a_report_has_its_host_and_how_long_it_took(report: Report) -> None:
    host = HostFacts(kernel="6.8", cpus=4, capabilities=(("docker", True),))
    first = Run(version="0.1.0", host=report.host, begun="", wall_seconds=120.0, journal="one.jsonl")
    second = Run(version="0.2.0", host=host, begun="2026-01-02T03:04:05Z", wall_seconds=23.2, journal="two.jsonl", only="cut")
    of_two = dataclasses.replace(
        report, runs=(first, second), verdicts=(dataclasses.replace(report.verdicts[0], run=2), *report.verdicts[1:])
    )
    assert read(of_two, "runs", 0, "begun") is None
    assert read(of_two, "runs", 1) == {
        "host": {"kernel": "6.8", "cpus": 4, "capabilities": {"docker": True}},
        "begun": "2026-01-02T03:04:05Z",
        "wall_seconds": 23.2,
        "journal": "two.jsonl",
        "version": "0.2.0",
        "only": "cut",
    }
    assert [read(of_two, "checks", number, "run") for number in (0, 1)] == [2, None]
