"""All rules, and what they find in a design."""

from lab.model.audit import Finding
from lab.predict.audit import acceptance, single_points
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Rule

ALL_RULES: tuple[Rule, ...] = (*acceptance.RULES, *single_points.RULES)


def audited(design: Design) -> tuple[Finding, ...]:
    """Every finding, in the order of the rules."""
    return tuple(finding for rule in ALL_RULES for finding in rule.findings(design))
