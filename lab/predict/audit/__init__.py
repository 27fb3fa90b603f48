"""AUDIT: what is wrong with a design, said before it is built. Law: a rule reads the topology and its prediction, and nothing else.

One file a family of rules. To add a rule: a `Rule` in its family's RULES, and an example in `tests/golden/audit/`.

- `rule`, `design`: what a rule is, and what it may ask · `findings`: all rules
- `file_itself` FL0, `single_points` FL1, `sharing` FL2, `asns` FL3, `paths` and `preference` FL4, `detection` FL5
- `limits` and `capacity` FL6
- `acceptance`: the comments that accept findings · `resiliency`: the level that AWS would call it
- `pairs`: what each two connections share · `section_8`: the list of misconfigurations that the rules are held against
"""

from lab.predict.audit.acceptance import placed
from lab.predict.audit.capacity import capacities
from lab.predict.audit.design import Design
from lab.predict.audit.findings import ALL_RULES, audited
from lab.predict.audit.pairs import pairs
from lab.predict.audit.resiliency import resiliency
from lab.predict.audit.rule import Rule

__all__ = ["ALL_RULES", "Design", "Rule", "audited", "capacities", "pairs", "placed", "resiliency"]
