"""Trials that began on the same paths as JSON: one form for reports and baselines, since either is read as a baseline."""

from lab.model.evidence import Start
from lab.views.json_text import Json


def start_json(start: Start) -> Json:
    """Outages in seconds, rounded to microseconds; paths as lists of nodes."""
    return {
        "path_before": start.path_before,
        "path_begun": start.path_begun,
        "outages": [round(outage, 6) for outage in start.outages],
        "paths": start.paths,
    }
