"""A baseline as a JSON file. Each list of numbers is on one line, so that users can read the differences between two versions of the file.

Its keys are also keys of the report. `baseline` is the number of the schema.
"""

import json
from collections.abc import Iterable, Sequence

from lab.analysis.figures import figures_of
from lab.model.baseline import CheckFigures, Series
from lab.model.outcome import Report
from lab.views.baseline.start_json import start_json
from lab.views.json_text import Json
from lab.views.plain_text import in_json

SCHEMA = 2


def baseline_json(report: Report) -> str:
    """The figures of a report as the text of a baseline file. Seconds are rounded to microseconds."""
    baseline = figures_of(report)
    document: Json = {
        "baseline": SCHEMA,
        "tool": {"version": baseline.version},
        "host": {"kernel": baseline.kernel, "cpus": baseline.cpus},
        "labs": [{"topology": lab.topology, "timers": lab.timers, "ipsec": lab.ipsec} for lab in baseline.labs],
        "checks": [_check(check) for check in _each_once(baseline.checks)],
    }
    return _text(document, "") + "\n"


def _each_once(checks: Sequence[CheckFigures]) -> Iterable[CheckFigures]:
    """Each check once. Only the control check can occur several times: once for each run of its topology. The first one is kept."""
    first: dict[tuple[str, str], CheckFigures] = {}
    for check in checks:
        first.setdefault((check.topology, check.check), check)
    return first.values()


def _check(check: CheckFigures) -> Json:
    spreads = [_series(series) for series in check.series]
    return {"topology": check.topology, "check": check.check, "status": check.status.value, "spreads": spreads}


def _series(series: Series) -> Json:
    return {
        "flow": series.flow,
        "direction": series.direction,
        "phase": series.phase,
        "event": series.event,
        "starts": [start_json(start) for start in series.starts],
    }


def _text(value: Json, margin: str) -> str:
    """The value as JSON, indented by 2 spaces. A list of plain values is on one line. (`json.dumps` would use a line for each value.)"""
    inner = margin + "  "
    match value:
        case dict() if value:
            lines = [f"{inner}{json.dumps(key)}: {_text(item, inner)}" for key, item in value.items()]
            return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
        case list() | tuple() if any(isinstance(item, dict | list | tuple) for item in value):
            return "[\n" + ",\n".join(f"{inner}{_text(item, inner)}" for item in value) + f"\n{margin}]"
    return in_json(json.dumps(value, ensure_ascii=False, allow_nan=False))
