"""The audit's files for programs: SARIF 2.1.0 and JSON.

OASIS's schema (errata 01) is not in this project. Its requirements for the parts that we write are tested here one by one.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lab.api.audit import audits, codes
from lab.model.audit import Audit, Severity
from lab.model.plan import Timers
from lab.views.audit.as_json import audits_json
from lab.views.audit.as_sarif import audits_sarif
from tests.shipped import ROOT

FLAWED = ROOT / "tests" / "golden" / "audit"


@cache
def audited() -> tuple[Audit, ...]:
    """An error, a warning, notes, a comment that accepts nothing, and a network whose findings are all accepted."""
    files = [FLAWED / f"{name}.yaml" for name in ("FL101", "FL204", "FL603", "FL001")]
    return audits([str(path) for path in (*files, ROOT / "topologies" / "hybrid-backup.yaml")], Timers.TUNED, "5s")


@cache
def sarif() -> Any:
    return json.loads(audits_sarif(audited(), codes(), "1.0"))


def results() -> list[Any]:
    return list(sarif()["runs"][0]["results"])


def test_a_log_has_one_run_with_every_code_as_a_rule() -> None:
    assert (sarif()["version"], len(sarif()["runs"])) == ("2.1.0", 1)
    driver = sarif()["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [each.code for each in codes()]
    for rule in driver["rules"]:
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))


def test_a_result_names_its_rule_its_level_and_its_place() -> None:
    rules = sarif()["runs"][0]["tool"]["driver"]["rules"]
    assert {each["level"] for each in results()} == {"error", "warning", "note"}
    for each in results():
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        place = each["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert " " not in place["artifactLocation"]["uri"]
        assert Path(place["artifactLocation"]["uri"]).name in {Path(audit.file).name for audit in audited()}


def test_a_result_has_a_fingerprint_of_its_own() -> None:
    prints = [each["partialFingerprints"]["finding/v1"] for each in results()]
    assert len(set(prints)) == len(prints)


def test_only_an_accepted_finding_is_suppressed_and_says_why() -> None:
    accepted = [each.accepted for audit in audited() for each in audit.findings]
    assert any(accepted)
    assert not all(accepted)
    for reason, each in zip(accepted, results(), strict=True):
        wanted = [{"kind": "inSource", "justification": reason}] if reason else None
        assert each.get("suppressions") == wanted


def test_json_has_the_findings_and_what_each_two_connections_share() -> None:
    told = json.loads(audits_json(audited()))
    assert [each["topology"] for each in told["audits"]] == [audit.topology for audit in audited()]
    for audit in told["audits"]:
        for finding in audit["findings"]:
            file, line = finding["place"].rsplit(":", 1)
            assert (file, line.isdigit()) == (audit["file"], True)
            assert finding["severity"] in {"error", "warning", "note"}
    shared = {"what": "provider", "name": "carrier-a"}
    assert shared in told["audits"][1]["pairs"][0]["shared"]
    assert told["audits"][1]["pairs"][0]["connections"] == ["dx1", "dx2"]


def test_what_is_accepted_fails_nothing_and_a_warning_fails_only_who_asks() -> None:
    error, warning, note, _, accepted = audited()
    for audit, failing in ((error, 3), (warning, 2), (note, 1), (accepted, 0)):
        assert [audit.fails(each) for each in Severity] == [number >= 4 - failing for number in (1, 2, 3)], audit.topology
    nobody = replace(accepted, findings=tuple(replace(each, accepted=None) for each in accepted.findings))
    assert nobody.fails(Severity.ERROR)
