"""Combine all trials of one check into one verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lab.analysis.spread import spreads
from lab.model.outcome import Status, Verdict

_BADNESS = (Status.PASS, Status.FAIL, Status.ERROR)


def combined(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict from all trials of a check: error if a trial is an error, else fail if a trial failed, else pass.

    Reasons, notes and untested promises come from all trials. Steps, flows and timeline come from the worst trial: the one with the worst
    status, and of several such trials the one with the longest outage. The other trials are in the journal. The spreads have their outages.
    """
    if len(verdicts) == 1:
        return replace(verdicts[0], spreads=spreads(verdicts))
    return replace(
        max(verdicts, key=_badness),
        reason="\n".join(_reasons(verdicts)),
        repeats=len(verdicts),
        wall_seconds=sum(verdict.wall_seconds for verdict in verdicts),
        spreads=spreads(verdicts),
        notes=tuple(dict.fromkeys(note for verdict in verdicts for note in verdict.notes)),
        untested=tuple(dict.fromkeys(promise for verdict in verdicts for promise in verdict.untested)),
    )


def _badness(verdict: Verdict) -> tuple[int, float]:
    return _BADNESS.index(verdict.status), max((flow.outage_seconds for flow in verdict.flows), default=0.0)


def _reasons(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for number, verdict in enumerate(verdicts, start=1):
        for line in verdict.reason.splitlines():
            yield f"{number} of {len(verdicts)}: {line}"
