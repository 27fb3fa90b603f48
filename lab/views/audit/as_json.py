"""Findings as JSON. The keys do not change, because other programs rely on them."""

from collections.abc import Sequence

from lab.model.audit import Audit, Capacity, Placed
from lab.views.audit.advice_json import advice_json, left_out_json
from lab.views.json_text import Json, json_text
from lab.views.predict.availability_json import flow_json


def audits_json(audits: Sequence[Audit]) -> str:
    """The audits as JSON: an object for one topology. For several topologies: an object with a list under `audits`."""
    made: list[dict[str, Json]] = [_audit(each) for each in audits]
    told: dict[str, Json] = made[0] if len(made) == 1 else {"audits": [*made]}
    return json_text({"schema": 1, **told})


def _audit(audit: Audit) -> dict[str, Json]:
    level = audit.resiliency
    return {
        "topology": audit.topology,
        "file": audit.file,
        "timers": audit.timers.value,
        "budget_seconds": audit.budget_seconds,
        "findings": [_finding(audit.file, each) for each in audit.findings],
        "resiliency": {"level": level.level, "sla": level.sla, "limited_by": level.limited_by or None, "missing": list(level.missing)},
        "pairs": [
            {"connections": list(each.connections), "shared": [{"what": what, "name": name} for what, name in each.shared]}
            for each in audit.pairs
        ],
        "capacity": [{"flow": each.flow, "bits_per_second": each.as_drawn, "after": _after(each)} for each in audit.capacities],
        "availability": None if audit.availability is None else [flow_json(each) for each in audit.availability],
        "advice": None if audit.advised is None else advice_json(audit.advised),
        "left_out": None if audit.advised is None else left_out_json(audit.advised),
    }


def _finding(file: str, each: Placed) -> dict[str, Json]:
    finding = each.finding
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": f"{file}:{each.line}",
        "subject": finding.subject,
        "message": finding.message,
        "symptom": finding.symptom,
        "revealed_by": finding.revealed_by,
        "remedy": finding.remedy,
        "accepted": each.accepted,
    }


def _after(each: Capacity) -> Json:
    return [{"failed": name, "bits_per_second": bits} for name, bits in each.after]
