"""The trials of a check that began on the same paths, as JSON.

Reports and baselines both contain this, because both can be read as a baseline.
"""

from lab.model.evidence import Start
from lab.views.json_text import Json


def start_json(start: Start) -> Json:
    """The trials as JSON. Outages are seconds, rounded to microseconds. Paths are lists of nodes."""
    return {
        "path_before": start.path_before,
        "path_begun": start.path_begun,
        "outages": [round(outage, 6) for outage in start.outages],
        "paths": start.paths,
    }
