"""Acceptance: which findings a comment in the topology's file accepts."""

from collections.abc import Callable, Sequence

from lab.model.audit import Acceptance, Finding, Placed
from lab.model.where import Where
from lab.predict.audit.file_itself import ACCEPTS_NOTHING
from lab.predict.audit.rule import Hit


def placed(findings: Sequence[Finding], acceptances: Sequence[Acceptance], line_of: Callable[[Where], int]) -> tuple[Placed, ...]:
    """Each finding with its line in the file. If a comment accepts it, also with the reason in that comment.

    A comment that accepts no finding becomes a finding, too.
    """
    found: list[Placed] = []
    used: set[tuple[Acceptance, str]] = set()
    for finding in findings:
        line = line_of(finding.where)
        comments = [each for each in acceptances if each.accepts(finding.code, line)]
        used.update((each, finding.code) for each in comments)
        found.append(Placed(finding=finding, line=line, accepted=comments[0].reason if comments else None))
    for comment in acceptances:
        found += [_unused(comment, code) for code in comment.codes if (comment, code) not in used]
    return tuple(found)


def _unused(comment: Acceptance, code: str) -> Placed:
    where = "in this file" if comment.covers is None else "on its line"
    hit = Hit(where=(), subject=code, message=f"a comment accepts {code}, but there is no such finding {where}")
    return Placed(finding=ACCEPTS_NOTHING.finding(hit), line=comment.line)
