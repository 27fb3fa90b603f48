"""Apply all rules of the audit to a design."""

from lab.model.audit import Finding
from lab.predict.audit import (
    asns,
    capacity,
    detection,
    file_itself,
    limits,
    masking,
    packet_sizes,
    paths,
    preference,
    restart,
    sharing,
    single_points,
    state,
    tunnels,
)
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Rule

ALL_RULES: tuple[Rule, ...] = (
    *file_itself.RULES,
    *single_points.RULES,
    *sharing.RULES,
    *asns.RULES,
    *paths.RULES,
    *preference.RULES,
    *state.RULES,
    *masking.RULES,
    *detection.RULES,
    *tunnels.RULES,
    *restart.RULES,
    *limits.RULES,
    *capacity.RULES,
    *packet_sizes.RULES,
)


def audited(design: Design) -> tuple[Finding, ...]:
    """Every finding of every rule about a design, in the order of the rules."""
    return tuple(finding for rule in ALL_RULES for finding in rule.findings(design))
