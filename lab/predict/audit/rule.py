"""Rules of the audit: each has a code with its texts, and a function that searches a design."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.model.audit import Code, Finding, Severity
from lab.model.where import Where
from lab.predict.audit.design import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a design breaks a rule: its place in the file, the name of the subject, and what is wrong there.

    - `message`: one sentence without a full stop
    - `severity`, `revealed_by`: used for this place instead of those of the rule's code
    """

    where: Where
    subject: str
    message: str
    severity: Severity | None = None
    revealed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the audit. `look` searches a design for what `code` describes.

    A code keeps its meaning forever. A code that is no longer needed is not given to another rule.
    """

    code: Code
    look: Callable[[Design], Iterator[Hit]]

    def findings(self, design: Design) -> Iterator[Finding]:
        """Apply the rule to a design. Return a finding for each place where the design breaks the rule."""
        return map(self.finding, self.look(design))

    def finding(self, hit: Hit) -> Finding:
        """Make a finding: the place and the message are those of `hit`, the remaining texts are those of the rule's code."""
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
