"""Rule: a code, what it means for people, and how to look for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.model.audit import Code, Finding, Severity
from lab.model.where import Where
from lab.predict.audit.design import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a rule found something. `message` is one sentence without a full stop.

    `severity` and `revealed_by` are for this hit alone. Without them the rule's own count.
    """

    where: Where
    subject: str
    message: str
    severity: Severity | None = None
    revealed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A code, and how to look for it. A code never changes its meaning and is never used again."""

    code: Code
    look: Callable[[Design], Iterator[Hit]]

    def findings(self, design: Design) -> Iterator[Finding]:
        """What it finds in a design."""
        return map(self.finding, self.look(design))

    def finding(self, hit: Hit) -> Finding:
        """The finding of one hit."""
        return Finding(
            code=self.code.code,
            severity=hit.severity or self.code.severity,
            where=hit.where,
            subject=hit.subject,
            message=hit.message,
            symptom=self.code.symptom,
            revealed_by=hit.revealed_by or self.code.revealed_by,
            remedy=self.code.remedy,
        )
