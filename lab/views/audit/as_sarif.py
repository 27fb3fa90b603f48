"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning.

Each code of the audit becomes a SARIF rule. Each finding becomes a SARIF result. An accepted finding has a suppression with its reason.
"""

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from lab.model.audit import Audit, Code, Placed
from lab.views.json_text import Json, json_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def audits_sarif(audits: Sequence[Audit], codes: Sequence[Code], version: str) -> str:
    """One SARIF log with one run. The run has all rules, and a result for each finding of every topology."""
    index = {each.code: number for number, each in enumerate(codes)}
    results: list[Json] = [_result(audit.file, each, index) for audit in audits for each in audit.findings]
    driver: dict[str, Json] = {
        "name": "failover-lab",
        "version": version,
        "rules": [_rule(each) for each in codes],
    }
    run: dict[str, Json] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(described: Code) -> dict[str, Json]:
    return {
        "id": described.code,
        "shortDescription": {"text": described.title},
        "fullDescription": {"text": described.symptom},
        "help": {"text": described.remedy},
        "defaultConfiguration": {"level": described.severity.value},
    }


def _result(file: str, each: Placed, index: Mapping[str, int]) -> dict[str, Json]:
    finding = each.finding
    said = f"{finding.message}. {finding.symptom} Revealed by: {finding.revealed_by}. {finding.remedy}"
    place: dict[str, Json] = {"artifactLocation": {"uri": quote(file)}, "region": {"startLine": each.line}}
    found: dict[str, Json] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": finding.severity.value,
        "message": {"text": said[:1].upper() + said[1:]},
        "locations": [{"physicalLocation": place, "logicalLocations": [{"name": finding.subject}]}],
        "partialFingerprints": {"finding/v1": _fingerprint(file, each)},
    }
    if each.accepted is not None:
        found["suppressions"] = [{"kind": "inSource", "justification": each.accepted}]
    return found


def _fingerprint(file: str, each: Placed) -> str:
    """A text that identifies a finding. It is the same in a later run, even if the line of the finding has moved."""
    return hashlib.sha256(f"{file}\0{each.finding.code}\0{each.finding.subject}".encode()).hexdigest()[:32]
