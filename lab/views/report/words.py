"""Numbers, instants and states in words. All forms of a report use them. Numbers have three significant digits."""

from datetime import UTC, datetime
from urllib.parse import quote

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.evidence import Source
from lab.model.outcome import FlowOutcome, Report, Status, StepOutcome, Verdict
from lab.model.run import Run
from lab.views.counted import counted

ARROWS: dict[Direction, str] = {"forward": "→", "reverse": "←"}
PHASES: dict[Phase, str] = {"during": "during the fault", "after": "after it"}
STATUSES: dict[Status, str] = {Status.PASS: "pass", Status.FAIL: "fail", Status.ERROR: "error"}
SOURCES: dict[Source, str] = {
    "fault": "Fault",
    "link": "Link",
    "bfd": "BFD",
    "bgp": "BGP",
    "ike": "IKE",
    "route": "Routes",
    "probe": "Probes",
    "alarm": "Alarms",
    "automation": "Automation",
}
NOTHING_SAID = "–"
JOURNAL = "journal.jsonl"
"""The name of the journal's copy in the folder of the report."""


def span(seconds: float | None) -> str:
    """A duration in words: 0, 0.4 ms, 901 ms, 3.01 s, 84.0 s. For None: –."""
    if seconds is None:
        return NOTHING_SAID
    if seconds == 0:
        return "0"
    size = abs(seconds)
    if size < 0.01:
        return f"{seconds * 1000:.1f} ms"
    if size < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if size < 9.995 else f"{seconds:.1f} s"


def clock(seconds: float) -> str:
    """An instant on the check's clock in words, with a resolution of 0.1 ms."""
    return f"{seconds:.4f} s"


def lasting(seconds: float) -> str:
    """How long a run took, in words: 90 s, 22 min 10 s, 2 h 02 min."""
    whole = round(seconds)
    if whole < 120:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def day(begun: str) -> str:
    """The date and the time at which a run began, from ISO 8601. A text in another format is returned unchanged."""
    try:
        return f"{datetime.fromisoformat(begun).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return begun


def faults(steps: tuple[StepOutcome, ...]) -> str:
    """The faults of a check on one line: each kind of fault once, with its targets."""
    kinds = dict.fromkeys(step.kind for step in steps)
    each = (f"{kind} {', '.join(dict.fromkeys(step.target for step in steps if step.kind == kind))}" for kind in kinds)
    return " + ".join(each) or "no fault"


def state(outcome: FlowOutcome) -> str:
    """The state of a flow at the end of a phase."""
    if not outcome.reachable:
        return "cut off"
    if outcome.path != outcome.path_before:
        return "other path"
    return "same path" if outcome.phase == "during" else "first path"


def headline(report: Report) -> str:
    """The verdict of a whole run in one sentence."""
    broken, untold = report.count(Status.FAIL), report.count(Status.ERROR)
    worse = report.contrast.worse if report.contrast else ()
    if not report.verdicts:
        return "No check was run."
    if not broken and not untold:
        kept = "Every promise that was tested was kept" if report.untested_promises else "Every promise was kept"
        return f"{kept}, but {len(worse)} got worse than the baseline." if worse else f"{kept}."
    parts = [f"{counted(broken, 'check')} broke a promise"] if broken else []
    parts += [f"{untold if broken else counted(untold, 'check')} could not be judged"] if untold else []
    parts += [f"{len(worse)} got worse than the baseline"] if worse else []
    return ", ".join(parts) + "."


def standing(report: Report) -> Status:
    """The status of the whole run.

    Error: a check is an error, or there is no check. Fail: a check failed, or something is worse than in the baseline. Otherwise pass.
    """
    if report.count(Status.ERROR) or not report.verdicts:
        return Status.ERROR
    return Status.FAIL if report.count(Status.FAIL) or report.is_worse else Status.PASS


def runs(report: Report) -> tuple[str, ...]:
    """A line for each run of a report: when it began, how long it took, its host and its version. () if the report has only one run."""
    return tuple(map(_run, report.runs)) if len(report.runs) > 1 else ()


def _run(run: Run) -> str:
    took = f"took {lasting(run.wall_seconds)}" if run.wall_seconds else "broke off"
    host = [f"Linux {run.host.kernel or 'unknown'}", counted(run.host.cpus, "processor"), f"failover-lab {run.version or 'unknown'}"]
    return ", ".join([*([day(run.begun)] if run.begun else []), took, *host])


def journals(report: Report) -> tuple[tuple[str, str], ...]:
    """The path of each journal of a report, and the name of its copy in the folder of the report. () if there is none."""
    if len(report.runs) > 1:
        return tuple((run.journal, f"journal-{number}.jsonl") for number, run in enumerate(report.runs, start=1))
    return ((report.journal, JOURNAL),) if report.journal else ()


def anchor(verdict: Verdict) -> str:
    """The HTML id of a check's section."""
    return f"{verdict.topology}/{verdict.title}".replace(" ", "_")


def link_to(identifier: str) -> str:
    """A link to an element of the same page."""
    return f"#{quote(identifier)}"
