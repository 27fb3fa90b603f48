"""The comparison of a run with a baseline, as JSON. Each difference is given in numbers and in words."""

from lab.model.contrast import Change, Contrast, NewPath
from lab.views.json_text import Json
from lab.views.report.change_words import change_words, new_path_words


def contrast_json(contrast: Contrast) -> Json:
    """The comparison as JSON, without the differences that are worse. These have a key of their own in the report (`regressions`)."""
    return {
        "file": contrast.file,
        "better": [change_json(change) for change in contrast.better],
        "unsure": [change_json(change) for change in contrast.unsure],
        "new": contrast.new,
        "new_paths": [_new_path(new) for new in contrast.new_paths],
        "unlike": contrast.unlike,
    }


def _new_path(new: NewPath) -> Json:
    return {
        "topology": new.topology,
        "checks": new.checks,
        "flow": new.flow,
        "direction": new.direction,
        "path": new.path,
        "words": new_path_words(new),
    }


def change_json(change: Change) -> Json:
    """One difference as JSON.

    Outages are medians in seconds, and paths are lists of nodes. `trials`: how many in the baseline, and how many now.
    """
    return {
        "topology": change.topology,
        "check": change.check,
        "flow": change.flow,
        "direction": change.direction,
        "phase": change.phase,
        "event": change.event,
        "what": change.what,
        "baseline": change.baseline,
        "now": change.now,
        "trials": change.trials,
        "probability": change.probability,
        "words": change_words(change),
    }
