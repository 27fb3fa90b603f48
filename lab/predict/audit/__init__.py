"""AUDIT: what is wrong with a design, said before it is built. Law: a rule reads the topology and its prediction, and nothing else.

One file a family of rules. To add a rule: a `Rule` in its family's RULES, and an example in `tests/golden/audit/`.

- `rule`, `design`: what a rule is, and what it may ask
- `single_points` FL1, `sharing` FL2, `routing` and `asns` FL3, `detection` FL4, `limits` FL5, `levels` FL6
- `resiliency`: the level that AWS would call it · `diverse`: what each two connections share · `acceptance` FL0: findings and comments
"""

from lab.predict.audit.acceptance import placed
from lab.predict.audit.design import Design
from lab.predict.audit.findings import ALL_RULES, audited
from lab.predict.audit.resiliency import resiliency
from lab.predict.audit.rule import Rule

__all__ = ["ALL_RULES", "Design", "Rule", "audited", "placed", "resiliency"]
