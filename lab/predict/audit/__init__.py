"""AUDIT: find what is wrong with a design before it is built. Law: a rule reads the topology and its prediction, and nothing else.

Each family of rules has one file. To add a rule, add a `Rule` to RULES of its family and an example to `tests/golden/audit/`.

- `rule`: what a rule is · `design`: what a rule can ask about a design · `findings`: apply all rules
- `file_itself` FL0, `single_points` FL1, `sharing` FL2, `asns` FL3, `paths`, `preference`, `masking` and `state` FL4
- `detection` and `tunnels` FL5, `limits`, `capacity` and `packet_sizes` FL6
- `acceptance`: the comments that accept findings · `resiliency`: AWS's resiliency level that a design reaches
- `hollow`: announcements that outlive what is behind them
- `bearers`: the circuits under private-IP VPNs
- `pairs`: what each two connections share · `section_8`: the list of misconfigurations that the rules should find
"""

from lab.predict.audit.acceptance import placed
from lab.predict.audit.capacity import capacities
from lab.predict.audit.design import Design
from lab.predict.audit.findings import ALL_RULES, audited
from lab.predict.audit.pairs import pairs
from lab.predict.audit.resiliency import resiliency
from lab.predict.audit.rule import Rule

__all__ = ["ALL_RULES", "Design", "Rule", "audited", "capacities", "pairs", "placed", "resiliency"]
