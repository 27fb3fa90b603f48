"""Describe a difference from the baseline in words: where it is, the value now, the value in the baseline, and how certain it is."""

from lab.model.contrast import Change, Contrast, NewPath, Told
from lab.views.counted import counted
from lab.views.report.flow_lines import arrowed
from lab.views.report.words import ARROWS

_MOST_CHECKS = 3


def change_words(change: Change) -> str:
    """One line: `topology/check: flow → during: out 2.312 s, baseline 0.982 s (medians of 5 and 5 trials, p = 0.004)`."""
    return f"{_where(change)}: {_what(change)}"


def new_path_words(new: NewPath) -> str:
    """One line: `topology: dc1-app → began on a > x > b (cut, dark)`."""
    checks = ", ".join(new.checks) if len(new.checks) <= _MOST_CHECKS else counted(len(new.checks), "check")
    return f"{new.topology}: {new.flow} {ARROWS[new.direction]} began on {_told(new.path)} ({checks})"


def new_paths_words(contrast: Contrast) -> str:
    """How many paths are not in the baseline, and what that means. "" if there is none."""
    return f"{counted(len(contrast.new_paths), 'new path')}: not compared with the baseline" if contrast.new_paths else ""


def _where(change: Change) -> str:
    check = f"{change.topology}/{change.check}"
    if change.flow is None or change.direction is None:
        return f"{check}: {change.event}" if change.event else check
    return f"{check}: {change.flow} {ARROWS[change.direction]} {change.event or change.phase or ''}".rstrip()


def _what(change: Change) -> str:
    match change.what:
        case "status":
            return f"{_told(change.now)}, baseline {_told(change.baseline)}"
        case "missing":
            return (
                "not measured in this run, only in the baseline"
                if change.flow or change.event
                else "not run this time, only in the baseline"
            )
        case "path":
            return f"went {_told(change.now)}, baseline {_told(change.baseline)}"
        case "outage":
            return f"out {_told(change.now)}, baseline {_told(change.baseline)} ({_sure(change)})"


def _sure(change: Change) -> str:
    before, now = change.trials or (0, 0)
    if change.probability is None:
        trials = "one trial each" if before == now == 1 else f"medians of {now} and {before} trials"
        return f"{trials}; longer than timers or a busy host can explain"
    return f"medians of {now} and {before} trials, p = {change.probability:.2g}"


def _told(value: Told) -> str:
    match value:
        case None:
            return "nothing"
        case float() | int():
            return f"{value:.3f} s"
        case str():
            return value
    return arrowed(value) or "nowhere"
