"""Messages for a run that is to be saved as a baseline, although some of its checks did not pass."""

from collections.abc import Sequence

from lab.model.check import CONTROL
from lab.model.outcome import Report, Status
from lab.views.counted import counted

_MOST_NAMES = 6


def why_not_saved(report: Report) -> str | None:
    """Why the figures of a run cannot be saved as a baseline. None if they can be saved."""
    if not report.verdicts:
        return "not saved: no check was run. A baseline needs a verdict on every check (run again)"
    if errors := report.count(Status.ERROR):
        named = f"{counted(errors, 'check')} could not be judged ({_names(report, Status.ERROR)})"
        return f"not saved: {named}. A baseline needs a verdict on every check (run again)"
    if twice := sorted({f"{verdict.topology}/{verdict.check}" for verdict in report.verdicts if verdict.run and verdict.check != CONTROL}):
        return f"not saved: {_listed(twice)} ran in several of these runs. A baseline has each check once (save one of the runs)"
    return None


def why_doubtful(report: Report) -> str | None:
    """Why the figures of a saved baseline are doubtful. None if every check passed."""
    fails = report.count(Status.FAIL)
    if not fails:
        return None
    named = f"{fails} of {counted(len(report.verdicts), 'check')} FAILED ({_names(report, Status.FAIL)})"
    return f"WARNING: saved, although {named}. Later runs are compared with these figures: save again when all checks pass"


def _names(report: Report, status: Status) -> str:
    return _listed([f"{verdict.topology}/{verdict.title}" for verdict in report.verdicts if verdict.status is status])


def _listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
