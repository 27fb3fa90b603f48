"""Rules of the audit. A rule has a code with its texts, and a function that searches a design."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.model.audit import Code, Finding, Severity
from lab.model.where import Where
from lab.predict.audit.design import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a design breaks a rule: the place in the file, the name of the subject, and what is wrong.

    - `message`: one sentence without a full stop
    - `severity`, `revealed_by`: if given, they replace those of the rule's code
    """

    where: Where
    subject: str
    message: str
    severity: Severity | None = None
    revealed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the audit. The function `look` searches a design for the mistake that `code` describes.

    A code keeps its meaning forever. If a rule is removed, no other rule gets its code.
    """

    code: Code
    look: Callable[[Design], Iterator[Hit]]

    def findings(self, design: Design) -> Iterator[Finding]:
        """Search a design. Return a finding for each place where the design breaks this rule."""
        return map(self.finding, self.look(design))

    def finding(self, hit: Hit) -> Finding:
        """Make a finding. Its place and message come from `hit`. Its other texts come from the rule's code."""
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
